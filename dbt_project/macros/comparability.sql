{# Small pieces of the comparison models. #}

{# The code under which offences of the Home Office sexual offences group stand together. #}
{% macro sexual_offences_group() -%}
    group:sexual-offences
{%- endmacro %}

{# A victim group as a code: female|12|15, male||, |0|12; empty where nothing is known of it. #}
{% macro victim_code(sex, age_low, age_high) -%}
    nullif(
        coalesce({{ sex }}, '') || '|' || coalesce(cast({{ age_low }} as varchar), '')
        || '|' || coalesce(cast({{ age_high }} as varchar), ''), '||'
    )
{%- endmacro %}

{# The grain of a victim group. #}
{% macro victim_grain(sex, age_low, age_high) -%}
    case
        when coalesce({{ age_low }}, {{ age_high }}) is null then 'sex'
        when {{ sex }} is null then 'age'
        else 'sex and age'
    end
{%- endmacro %}

{# A police force's law of recording: Home Office counting rules hold in England and Wales. #}
{% macro jurisdiction_of(nation) -%}
    case when {{ nation }} in ('England', 'Wales') then 'England and Wales' else {{ nation }} end
{%- endmacro %}

{# The words, or the codes, of the cases whose condition holds, as an array. A case is [code, condition, words]. #}
{% macro reasons_where(cases) -%}
    {%- set found = [] -%}
    {%- for code, condition, words in cases -%}
        {%- set _ = found.append("case when " ~ condition ~ " then " ~ words ~ " end") -%}
    {%- endfor -%}
    {{ without_nulls(found) }}
{%- endmacro %}

{% macro reason_codes_where(cases) -%}
    {%- set found = [] -%}
    {%- for code, condition, words in cases -%}
        {%- set _ = found.append("case when " ~ condition ~ " then '" ~ code ~ "' end") -%}
    {%- endfor -%}
    {{ without_nulls(found) }}
{%- endmacro %}
