{# Small pieces of the period rules, each used in int_period_texts. #}

{# Four digits of a year printed with two or four; two-digit years are those of this century. #}
{% macro full_year(year) -%}
    case when length({{ year }}) = 2 then '20' || {{ year }} else {{ year }} end
{%- endmacro %}

{# Whether the second of two printed years follows the first, however many of its digits are printed. #}
{% macro years_follow(first_year, second_year) -%}
    (
        {{ second_year }} is not null
        and right(
            cast({{ to_integer(full_year(first_year)) }} + 1 as varchar), length({{ second_year }})
        ) = {{ second_year }}
    )
{%- endmacro %}

{# 1 to 12 from the first three letters of a month in English. #}
{% macro month_number(letters) -%}
    case {{ letters }}
        {%- for month in ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] %}
        when '{{ month }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}

{# A day written out ('1 Apr 2024', '1st April 2024', '01/04/2024') between what stands before and after it. #}
{% macro written_date(text, before, after) -%}
    {%- set day = "(\\d{1,2})(?:st|nd|rd|th)? [a-z]{3,9} \\d{4}" -%}
    {%- set month = "\\d{1,2}(?:st|nd|rd|th)? ([a-z]{3})[a-z]* \\d{4}" -%}
    {%- set year = "\\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} (\\d{4})" -%}
    coalesce(
        {{ date_of(
            re_extract(text, before ~ year ~ after),
            month_number(re_extract(text, before ~ month ~ after)),
            re_extract(text, before ~ day ~ after)
        ) }},
        {{ date_of(
            re_extract(text, before ~ "\\d{1,2}/\\d{1,2}/(\\d{4})" ~ after),
            re_extract(text, before ~ "\\d{1,2}/(\\d{1,2})/\\d{4}" ~ after),
            re_extract(text, before ~ "(\\d{1,2})/\\d{1,2}/\\d{4}" ~ after)
        ) }}
    )
{%- endmacro %}

{# A list stands for one stretch of time when nothing is missing between its first and last day, or it says 'to'. #}
{% macro gapless(list, clean_text) -%}
    (
        {{ re_matches(clean_text, ' to ') }}
        or {{ list }}.days_named = {{ days_between(list ~ '.list_start_on', list ~ '.list_end_on') }} + 1
    )
{%- endmacro %}

{% macro basis_fits() -%}
    (declared_period_basis is null or read_basis is null or not (
        (declared_period_basis in ('financial', 'tax') and read_basis = 'calendar')
        or (declared_period_basis = 'calendar' and read_basis = 'financial')
        or (declared_period_basis in ('month', 'half') and read_basis in ('calendar', 'financial'))
    ))
{%- endmacro %}

{# The basis a stretch of days has by itself. #}
{% macro basis_of_days(start_on, end_on) -%}
    case
        when extract(month from {{ start_on }}) = 4 and extract(day from {{ start_on }}) = 1
            and {{ end_on }} = {{ add_days(add_months(start_on, 12), -1) }} then 'financial'
        when extract(month from {{ start_on }}) = 4 and extract(day from {{ start_on }}) = 6
            and {{ end_on }} = {{ add_days(add_months(start_on, 12), -1) }} then 'tax'
        when extract(month from {{ start_on }}) = 1 and extract(day from {{ start_on }}) = 1
            and {{ end_on }} = {{ add_days(add_months(start_on, 12), -1) }} then 'calendar'
        else 'rolling'
    end
{%- endmacro %}

{# The label of a stretch of time: 2014, 2014/15, 2014-04-01 to 2017-03-31. #}
{% macro period_label(start_on, end_on) -%}
    case {{ basis_of_days(start_on, end_on) }}
        when 'calendar' then cast({{ year_of(start_on) }} as varchar)
        when 'financial' then cast({{ year_of(start_on) }} as varchar) || '/' || right(cast({{ year_of(end_on) }} as varchar), 2)
        else coalesce(
            cast({{ start_on }} as varchar) || ' to ' || cast({{ end_on }} as varchar),
            'from ' || cast({{ start_on }} as varchar)
        )
    end
{%- endmacro %}

{# First and last day of a range written as ISO dates. #}
{% macro iso_range() -%}
    {{ return("(\\d{4}-\\d{2}-\\d{2}) ?(?:/|to|-) ?(\\d{4}-\\d{2}-\\d{2})") }}
{%- endmacro %}

{# Financial years start on 1 April, tax years on 6 April. #}
{% macro first_day_of_april_year(basis) -%}
    case when {{ basis }} = 'tax' then 6 else 1 end
{%- endmacro %}

{# A period text in one way of writing: 'January 1 2017' day first, '1 Jan-31 Dec 2015' with both years, 'between' two
   months or a hyphen between them as 'to'. #}
{% macro plain_period(text) -%}
    {%- set day_first = re_replace(
        normalised_label(text), "\\b([a-z]{3,9}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b", "\\2 \\1 \\3"
    ) -%}
    {%- set both_years = re_replace(
        day_first,
        "^((?:from |between )?\\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}) ?(-|to|and) ?(\\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} (\\d{4}))$",
        "\\1 \\4 \\2 \\3"
    ) -%}
    {{ re_replace(
        both_years, "^(?:from |between )?([a-z]{3,9} \\d{4}) ?(?:-|to|and) ?([a-z]{3,9} \\d{4})$", "\\1 to \\2"
    ) }}
{%- endmacro %}

{# The basis of a stretch of days that is no whole number of years, whatever basis the table declares for its years. #}
{% macro basis_of_part(start_on, end_on) -%}
    case
        when {{ end_on }} is null then 'part_year'
        when coalesce(declared_period_basis, '') not in ('calendar', 'financial', 'tax') then null
        when strftime({{ add_days(end_on, 1) }}, '%m-%d') = strftime({{ start_on }}, '%m-%d') then null
        when {{ end_on }} < {{ add_months(start_on, 12) }} then 'part_year'
        else 'rolling'
    end
{%- endmacro %}

{# A month by its name or first three letters, then a year: 'Jan-24', 'September 2023'. 'Marathon 2014' is none. #}
{% macro month_and_year() -%}
    {{ return(
        "^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        ~ "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?[ -](?:\\d{4}|\\d{2})$"
    ) }}
{%- endmacro %}
