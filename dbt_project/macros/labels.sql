{# A label as it is compared: lower case, white space collapsed, every dash a hyphen, quotes straight, no full stop
   at the end. Printed labels keep their own spelling beside it. #}
{% macro normalised_label(text) -%}
    trim({{ re_replace(
        re_replace(
            re_replace(
                re_replace("lower(" ~ text ~ ")", "[‐‑‒–—−]", "-"),
                "[‘’‚′`]", "''"
            ),
            "[“”„]", '"'
        ),
        "\\s+", " "
    ) }}, ' .')
{%- endmacro %}

{# A text with white space collapsed, in lower case; every sign in it stays. #}
{% macro squeezed(text) -%}
    trim({{ re_replace("lower(" ~ text ~ ")", "\\s+", " ") }})
{%- endmacro %}

{# An offence sub-code or class as printed, in the spelling of the vocabulary: 86/2, 86 / 02 and 8602 are 086/02. #}
{% macro offence_code_of(text) -%}
    case
        when {{ re_matches(text, "^\\d{1,3} ?/ ?\\d{1,2}$") }}
            then lpad({{ re_extract(text, "^(\\d{1,3})") }}, 3, '0')
                || '/' || lpad({{ re_extract(text, "(\\d{1,2})$") }}, 2, '0')
        when {{ re_matches(text, "^\\d{5}$") }}
            then substr({{ text }}, 1, 3) || '/' || substr({{ text }}, 4, 2)
        when {{ re_matches(text, "^0*\\d{1,3}[a-zA-Z]?$") }}
            then upper({{ re_extract(text, "^0*(\\d{1,3}[a-zA-Z]?)$") }})
    end
{%- endmacro %}

{# Where an offence code stands in a label: at its start, or after 'Home Office code' and the like. #}
{% macro printed_offence_code() -%}
    {{ return(
        "(?:^|\\(?(?:(?:home office|ho) )?(?:offence )?code:? ?|\\(?ho )"
        ~ "(\\d{1,3} ?/ ?\\d{1,2}|\\d{5}|\\d{1,3}[a-z]?)(?:\\)|[. -]|$)"
    ) }}
{%- endmacro %}

{# The roles whose printed text is a label to be coded. #}
{% macro label_roles() -%}
    {{ return(['force', 'period', 'platform', 'offence', 'outcome', 'victim', 'victim_sex', 'victim_age', 'measure']) }}
{%- endmacro %}

{# A victim group in words: female, 12 to 15. #}
{% macro victim_label(sex, age_low, age_high) -%}
    coalesce({{ sex }}, 'any sex') || ', ' || case
        when {{ age_low }} is null and {{ age_high }} is null then 'age not stated'
        when {{ age_low }} = {{ age_high }} then cast({{ age_low }} as varchar)
        when {{ age_low }} is null then cast({{ age_high }} as varchar) || ' and under'
        when {{ age_high }} is null then cast({{ age_low }} as varchar) || ' and over'
        else cast({{ age_low }} as varchar) || ' to ' || cast({{ age_high }} as varchar)
    end
{%- endmacro %}

{# What a number may count: the units of disclosure.yml, each a measure of its own. #}
{% macro measure_list() -%}
    'offences', 'crime_reports', 'incidents', 'people_charged', 'people_arrested', 'arrests', 'victims', 'suspects',
    'search_hits', 'outcomes', 'other'
{%- endmacro %}

{# An upper limit on an age: 'under 16', 'under the age of 16', 'below 13'. #}
{% macro under_age() -%}
    {{ return("(?:under|below|younger than|less than)(?: the)?(?: age)?(?: of)?[ -](\\d{1,3})") }}
{%- endmacro %}

{# One age, with nothing beside it but the sex and words for age: any further word could change what it means. #}
{% macro only_age() -%}
    {{ return(
        "^(?:(?:females?|males?|girl|boy|aged?) ?)*"
        ~ "(\\d{1,3})(?: ?(?:years?|yrs))?(?: old| of age)?$"
    ) }}
{%- endmacro %}

{# A text on one line: white space collapsed, every other sign as printed. #}
{% macro collapsed(text) -%}
    trim({{ re_replace(text, "\\s+", " ") }})
{%- endmacro %}

{# Whether a part prints the same texts as its total at every heading that the total does not add over. #}
{% macro headings_agree(total, part) -%}
    (
        true
        {%- for role in label_roles() %}
        and (
            {{ list_holds(total ~ '.totalled_roles', "'" ~ role ~ "'") }}
            or {{ total }}.{{ role }}_text is not distinct from {{ part }}.{{ role }}_text
        )
        {%- endfor %}
    )
{%- endmacro %}

{# How a label is written, apart from what it says: the generation of a record system's code list. Nothing for a dash. #}
{% macro label_style(text) -%}
    case
        when not {{ re_matches(normalised_label(text), '[a-z]') }} and not {{ re_matches(text, '\\d') }} then null
        when {{ re_matches(normalised_label(text), '^type ?\\d') }} then 'Type n'
        when {{ re_matches(normalised_label(text), '^(oc|outcome) ?\\d') }} then 'OCn'
        when {{ re_matches(normalised_label(text), '^(\\()?\\d{1,3} ?/ ?\\d{1,2}\\b') }} then 'sub-code'
        when {{ re_matches(normalised_label(text), '^0?\\d{1,3}[a-z]?(\\.\\d+)?([. :)-]|$)') }} then 'number and words'
        when {{ re_matches(normalised_label(text), '^s(ec(tion)?)?[. ]*\\d') }} then 'section of an Act'
        else 'words only'
    end
{%- endmacro %}
