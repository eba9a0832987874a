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

{# The columns every comparison has before its code: which cell. #}
{% macro cell_columns(relation) -%}
    {%- for column in [
        'comparison_id', 'request_id', 'measure', 'period_start_on', 'period_end_on', 'period_basis',
        'period_label'
    ] %}
    {{ relation }}.{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# And those it has after it: whose figure, and what may be said of it. #}
{% macro compared_columns(relation) -%}
    {%- for column in [
        'grain', 'is_common_grain', 'force_id', 'disclosure_ids', 'value_low', 'value_high', 'value_origin',
        'rate_low_per_100k', 'rate_high_per_100k', 'under_18_rate_low_per_100k', 'under_18_rate_high_per_100k',
        'is_under_18_proxy', 'rank_best', 'rank_worst', 'forces_in_group', 'comparison_group', 'comparability',
        'reasons', 'reason_codes', 'official_code', 'official_disclosure_id', 'official_value_low',
        'official_value_high', 'official_share_low', 'official_share_high'
    ] %}
    {{ relation }}.{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The code that the offence scope of a request stands for: class-88a, 071-17; a scope of child sexual offences lies in
   the group. Nothing for a scope that is no one code. #}
{% macro offence_code_of_scope(scope) -%}
    case
        when {{ scope }} like 'class-%' then upper(substr({{ scope }}, 7))
        when {{ re_matches(scope, '^\\d{3}-\\d{2}$') }} then {{ re_replace(scope, '-', '/') }}
        when {{ scope }} like '%sexual-offences%' then '{{ sexual_offences_group() }}'
    end
{%- endmacro %}

{# The oldest age in a scope of victims: under 18s, 16 and under, children; nothing where all ages are in it. #}
{% macro age_limit_of(text) -%}
    coalesce(
        {{ to_integer(re_extract("lower(" ~ text ~ ")", 'under (?:the age of )?(\\d+)')) }} - 1,
        {{ to_integer(re_extract("lower(" ~ text ~ ")", '(\\d+) (?:and|or) under')) }},
        case when {{ re_matches("lower(" ~ text ~ ")", 'child') }} then 17 end
    )
{%- endmacro %}

{# Victims in words, against the ages in scope: female aged 12 to 15; nothing where they are all there are. #}
{% macro victims_in_words(sex, from_age, to_age, scope_high) -%}
    nullif(
        concat_ws(' ', {{ sex }}, case
            when {{ from_age }} > 0 and {{ to_age }} >= {{ scope_high }} then 'aged ' || {{ from_age }} || ' and over'
            when {{ to_age }} < {{ scope_high }} then 'aged ' || {{ from_age }} || ' to ' || {{ to_age }}
        end), ''
    )
{%- endmacro %}

{# A scope of victims in one spelling: under 18s, under the age of 18, 17 and under are all under 18. #}
{% macro victim_scope_of(scope) -%}
    coalesce(
        'under ' || {{ re_extract("lower(trim(" ~ scope ~ "))", '^(?:aged )?under (?:the age of )?(\\d+)s?$') }},
        'under ' || cast({{ to_integer(re_extract(
            "lower(trim(" ~ scope ~ "))", '^(?:aged )?(?:0 ?(?:-|to) ?)?(\\d+)(?: (?:and|or) (?:under|younger))$'
        ) ) }} + 1 as varchar),
        {{ scope }}
    )
{%- endmacro %}

{# A code in words, where it is not one that is printed: female, 12 to 15; the Home Office sexual offences group. #}
{% macro code_in_words(dimension, code) -%}
    case
        when {{ code }} = '{{ sexual_offences_group() }}' then 'the Home Office sexual offences group'
        when {{ dimension }} = 'victim' and {{ re_matches(code, '[|][|]$') }}
            then coalesce({{ re_extract(code, '^([^|]+)[|]') }}, 'any sex') || ', ages in scope'
        when {{ dimension }} = 'victim'
            then {{ victim_label(
                re_extract(code, '^([^|]+)[|]'), to_integer(re_extract(code, '^[^|]*[|](\\d+)[|]')),
                to_integer(re_extract(code, '[|](\\d+)$'))
            ) }}
        else {{ code }}
    end
{%- endmacro %}
