{# Every expression that another database would write differently. Models use these, never the functions themselves. #}

{# The part of text that a pattern's group captures, or null when the pattern does not match. #}
{% macro re_extract(text, pattern, group=1) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', {{ group }}), '')
{%- endmacro %}

{% macro re_matches(text, pattern) -%}
    coalesce(regexp_matches({{ text }}, '{{ pattern }}'), false)
{%- endmacro %}

{% macro re_replace(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{# The pieces of text between matches of a pattern, as an array. #}
{% macro re_split(text, pattern) -%}
    regexp_split_to_array({{ text }}, '{{ pattern }}')
{%- endmacro %}

{# One row per element of an array column; use as a select expression. #}
{% macro explode(array) -%}
    unnest({{ array }})
{%- endmacro %}

{% macro to_integer(text) -%}
    try_cast({{ text }} as bigint)
{%- endmacro %}

{% macro to_date_or_null(text) -%}
    try_cast({{ text }} as date)
{%- endmacro %}

{# A date from whole numbers; null when any of them is null or the day does not exist. #}
{% macro date_of(year, month, day) -%}
    try_cast(
        lpad(cast({{ year }} as varchar), 4, '0') || '-' || lpad(cast({{ month }} as varchar), 2, '0')
        || '-' || lpad(cast({{ day }} as varchar), 2, '0') as date
    )
{%- endmacro %}

{% macro add_months(date, months) -%}
    cast({{ date }} + to_months({{ months }}) as date)
{%- endmacro %}

{% macro add_days(date, days) -%}
    cast({{ date }} + to_days({{ days }}) as date)
{%- endmacro %}

{% macro days_between(earlier, later) -%}
    datediff('day', {{ earlier }}, {{ later }})
{%- endmacro %}

{% macro year_of(date) -%}
    cast(extract(year from {{ date }}) as bigint)
{%- endmacro %}

{# How alike two texts are, from 0 to 1. #}
{% macro similarity(left_text, right_text) -%}
    jaro_winkler_similarity({{ left_text }}, {{ right_text }})
{%- endmacro %}

{# The distinct non-null values of a group, sorted, as an array. #}
{% macro sorted_list(expression) -%}
    coalesce(list_sort(list(distinct {{ expression }}) filter (where {{ expression }} is not null)), [])
{%- endmacro %}

{# The distinct elements of a group's arrays, sorted, as one array. #}
{% macro sorted_flat(array) -%}
    list_sort(list_distinct(flatten(list(coalesce({{ array }}, [])))))
{%- endmacro %}

{# An array without its null elements. #}
{% macro without_nulls(elements) -%}
    list_filter([{{ elements | join(', ') }}], lambda element : element is not null)
{%- endmacro %}

{% macro lists_joined(left_list, right_list) -%}
    list_concat(coalesce({{ left_list }}, []), coalesce({{ right_list }}, []))
{%- endmacro %}

{# An array with the same text for each element of another. #}
{% macro same_for_each(elements, text) -%}
    list_transform({{ elements }}, lambda element : '{{ text }}')
{%- endmacro %}

{# The distinct elements of all arrays of a group, sorted, as one array. #}
{% macro lists_merged(elements) -%}
    list_sort(list_distinct(flatten(list({{ elements }}))))
{%- endmacro %}

{% macro list_holds(elements, element) -%}
    coalesce(list_contains({{ elements }}, {{ element }}), false)
{%- endmacro %}

{% macro list_holds_all(elements, others) -%}
    coalesce(list_has_all({{ elements }}, {{ others }}), false)
{%- endmacro %}

{% macro list_text(elements) -%}
    array_to_string({{ elements }}, ', ')
{%- endmacro %}

{% macro map_value(map, key) -%}
    {{ map }}['{{ key }}']
{%- endmacro %}

{% macro map_names(map) -%}
    map_keys({{ map }})
{%- endmacro %}

{# A map as text, the same text for the same content. #}
{% macro map_text(map) -%}
    cast({{ map }} as varchar)
{%- endmacro %}

{% macro empty_map() -%}
    map([]::varchar[], []::varchar[])
{%- endmacro %}

{# A map without the keys in a list. #}
{% macro map_without(map, keys) -%}
    map_from_entries(list_filter(map_entries({{ map }}), lambda entry : not list_contains({{ keys }}, entry.key)))
{%- endmacro %}

{# Whether two maps say the same but for the keys in a list. #}
{% macro maps_agree(left_map, right_map, keys) -%}
    {{ map_text(map_without(left_map, keys)) }} = {{ map_text(map_without(right_map, keys)) }}
{%- endmacro %}

{# The names of further dimensions among roles: other:area_text -> area_text. #}
{% macro dimension_names(roles) -%}
    list_transform(
        list_filter({{ roles }}, lambda role : starts_with(role, 'other:')), lambda role : substr(role, 7)
    )
{%- endmacro %}

{# The day of the build. A run may fix it with the variable `today`, so that a build can be repeated. #}
{% macro today() -%}
    cast({{ "'" ~ var('today') ~ "'" if var('today', none) else 'current_date' }} as date)
{%- endmacro %}

{# A text as one field of a CSV line: in quotes where a comma, a quote or a line end would break it; nothing for null. #}
{% macro csv_field(text) -%}
    case
        when {{ text }} is null then ''
        when {{ re_matches(text, '[",\\n\\r]') }} then '"' || replace({{ text }}, '"', '""') || '"'
        else {{ text }}
    end
{%- endmacro %}

{# Whether two stretches of days share a day; a missing end is open. #}
{% macro stretches_meet(left_start, left_end, right_start, right_end) -%}
    (
        coalesce({{ left_start }}, date '0001-01-01') <= coalesce({{ right_end }}, date '9999-12-31')
        and coalesce({{ right_start }}, date '0001-01-01') <= coalesce({{ left_end }}, date '9999-12-31')
    )
{%- endmacro %}
