{# Small pieces of the period rules, each used in int_period_texts. #}

{# Four digits of a year printed with two or four. Of two digits, 69 to 99 are of the last century (as in POSIX). #}
{% macro full_year(year) -%}
    case
        when length({{ year }}) = 2 and {{ year }} >= '69' then '19' || {{ year }}
        when length({{ year }}) = 2 then '20' || {{ year }}
        else {{ year }}
    end
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

{# A list stands for one stretch of time when nothing is missing between its first and last day, or it is two periods
   with 'to' between them of which the first is the earlier: '2010, 2012 to 2014' leaves out 2011. #}
{% macro gapless(list, clean_text) -%}
    (
        (
            {{ list }}.periods_named = 2
            and {{ re_matches(clean_text, ' to ') }}
            and {{ list }}.first_named_on = {{ list }}.list_start_on
        )
        or {{ list }}.days_named = {{ days_between(list ~ '.list_start_on', list ~ '.list_end_on') }} + 1
    )
{%- endmacro %}

{# Whether what was read can be of the kind of year that is declared or said, and the two do not contradict. #}
{% macro basis_fits() -%}
    (
        not (
            coalesce(said_basis, '') in ('financial', 'tax', 'calendar')
            and coalesce(declared_period_basis, '') in ('financial', 'tax', 'calendar')
            and declared_period_basis <> said_basis
        )
        and (year_basis is null or read_basis is null or not (
            (year_basis in ('financial', 'tax') and read_basis = 'calendar')
            or (year_basis = 'calendar' and read_basis = 'financial')
            or (year_basis in ('month', 'half') and read_basis in ('calendar', 'financial'))
        ))
    )
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

{# Financial years start on 1 April, tax years on 6 April. #}
{% macro first_day_of_april_year(basis) -%}
    case when {{ basis }} = 'tax' then 6 else 1 end
{%- endmacro %}

{# The ways in which forces write a period, each brought into one that int_period_texts reads: day before month before
   year, 'to' between first and last. In order, in three steps; a later rule sees what the earlier ones made. #}
{% macro period_spellings(step) -%}
    {%- set month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}" -%}
    {%- set day = "\\d{1,2}(?:st|nd|rd|th)? " ~ month -%}
    {%- set date = day ~ " \\d{4}|\\d{1,2}/\\d{1,2}/\\d{4}" -%}
    {{ return({
        'days': [
            ("^(?:financial year|fiscal year|tax year|calendar year|f\\.?y\\.?) ?(.*)$", "\\1"),
            ("^(.*) \\(?(?:financial|fiscal|tax|calendar) year\\)?$", "\\1"),
            ("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b", "\\3/\\2/\\1"),
            ("^(\\d{2}/\\d{2}/\\d{4})/(\\d{2}/\\d{2}/\\d{4})$", "\\1 to \\2"),
            ("\\b(" ~ month ~ ") (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b", "\\2 \\1 \\3"),
            ("^((?:from |between )?" ~ day ~ ") ?(-|to|and) ?(" ~ day ~ " (\\d{4}))$", "\\1 \\4 \\2 \\3"),
            ("^(?:from |between )?(" ~ month ~ " \\d{4}) ?(?:-|to|and) ?(" ~ month ~ " \\d{4})$", "\\1 to \\2"),
        ],
        'spans': [
            ("^(\\d{4}) ?\\((" ~ month ~ ") ?(?:-|to) ?(" ~ month ~ ")\\)$", "\\2 \\1 to \\3 \\1"),
            ("^(" ~ month ~ ") ?(?:-|to) ?(" ~ month ~ ") (\\d{4})$", "\\1 \\3 to \\2 \\3"),
            ("^(\\d{2}|\\d{4})/(\\d{1,4}) ?- ?((?:\\d{2}|\\d{4})/\\d{1,4})$", "\\1/\\2 to \\3"),
            ("^(\\d{4}(?:/\\d{2,4})?)[ ,-]*\\(?(h[12]|first half|second half)\\)?$", "\\2 of \\1"),
            ("^(?:the )?(?:h1|first half|1st half|first six months)(?: of)?[ ,-]*(\\d{4})$", "january \\1 to june \\1"),
            ("^(?:the )?(?:h2|second half|2nd half|last six months)(?: of)?[ ,-]*(\\d{4})$", "july \\1 to december \\1"),
        ],
        'parts': [
            ("^(?:the )?(?:h1|first half|1st half)(?: of)?[ ,-]*(\\d{4})/\\d{2,4}$", "april \\1 to september \\1"),
            ("^(?:the )?(?:h2|second half|2nd half)(?: of)?[ ,-]*(\\d{4})/(?:\\d{2})?(\\d{2})$", "october \\1 to march 20\\2"),
            ("^(\\d{4}) ?\\(from (" ~ day ~ ")\\)$", "\\2 \\1 to 31 december \\1"),
            ("^(\\d{4}) ?\\((?:to|until|up to) (" ~ day ~ ")\\)$", "1 january \\1 to \\2 \\1"),
            ("^\\d{4}/(?:\\d{2})?(\\d{2}) ?\\(from (" ~ date ~ ")\\)$", "\\2 to 31 march 20\\1"),
            ("^(\\d{4})/\\d{2,4} ?\\((?:to|until|up to) (" ~ date ~ ")\\)$", "1 april \\1 to \\2"),
        ],
    }[step]) }}
{%- endmacro %}

{# A period text after one step towards one way of writing. #}
{% macro plain_period(text, step) -%}
    {%- set plain = namespace(text=text) -%}
    {%- for pattern, spelling in period_spellings(step) -%}
        {%- set plain.text = re_replace(plain.text, pattern, spelling) -%}
    {%- endfor -%}
    {{ plain.text }}
{%- endmacro %}

{# The kind of year a period text names in words; null when it names none. #}
{% macro said_basis(text) -%}
    case
        when {{ re_matches(normalised_label(text), "\\b(?:financial|fiscal) year\\b|^f\\.?y\\.?\\b") }} then 'financial'
        when {{ re_matches(normalised_label(text), "\\btax year\\b") }} then 'tax'
        when {{ re_matches(normalised_label(text), "\\bcalendar year\\b") }} then 'calendar'
        when {{ re_matches(normalised_label(text), "\\bh[12]\\b|\\bhalf\\b|\\bsix months of\\b") }} then 'half'
    end
{%- endmacro %}

{# The last day of a year told by its end: 'year ending June 2017', '12 months to 31 March 2018'. #}
{% macro last_day_told(text) -%}
    {%- set told = "^(?:the )?(?:year|12 months|twelve months) (?:up )?(?:to|ending|ended)(?: the)?(?: end of)?(?: in)? " -%}
    coalesce(
        {{ written_date(text, told, '$') }},
        {{ add_days(add_months(date_of(
            re_extract(text, told ~ "[a-z]{3,9} (\\d{4})$"),
            month_number(re_extract(text, told ~ "([a-z]{3})[a-z]* \\d{4}$")), 1
        ), 1), -1) }}
    )
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

{# A kind of period in words. #}
{% macro basis_words(basis) -%}
    case {{ basis }}
        when 'financial' then 'financial years' when 'calendar' then 'calendar years' when 'tax' then 'tax years'
        when 'month' then 'months' when 'half' then 'half years' when 'rolling' then 'other stretches of time'
        when 'part_year' then 'parts of years' else 'periods not stated'
    end
{%- endmacro %}
