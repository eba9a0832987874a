-- Period text -> start, end, basis. One row per distinct text and declared basis, the requests' periods included.
with labels as (
    select * from {{ ref('int_labels') }}
),

request_periods as (
    select * from {{ ref('stg_request_periods') }}
),

texts as (
    select distinct
        period_label as period_text,
        declared_period_basis
    from labels
    where period_label is not null
    union
    select
        period_text,
        period_basis as declared_period_basis
    from request_periods
),

-- A text that says 'financial year' is one, declared or not. Two years with more between them are first and last;
-- 2010- 2011 is one year that spans two.
normalised as (
    select
        *,
        {{ said_basis('period_text') }} as said_basis,
        {{ re_extract('period_text', '^ *(\\d{4}) ?[-–—] ?\\d{4} *$') }} as from_year,
        {{ re_extract('period_text', '^ *\\d{4} ?[-–—] ?(\\d{4}) *$') }} as to_year,
        {{ plain_period(normalised_label('period_text'), 'days') }} as days_text
    from texts
),

spanned as (
    select
        *,
        {{ plain_period('days_text', 'spans') }} as spans_text
    from normalised
),

plain as (
    select
        *,
        {{ plain_period('spans_text', 'parts') }} as plain_text
    from spanned
),

cleaned as (
    select
        period_text,
        declared_period_basis,
        said_basis,
        coalesce(declared_period_basis, said_basis) as year_basis,
        case
            when {{ to_integer('to_year') }} > {{ to_integer('from_year') }} + 1 then from_year || ' to ' || to_year
            else plain_text
        end as clean_text
    from plain
),

-- A text that states a first and a last day is one range, and so is one that tells a year by its last day; 'from' or
-- 'since' a day alone leaves the end open; any other is a list of one or more periods.
day_ranges as (
    select
        *,
        coalesce(
            {{ written_date('clean_text', '^(?:from |between )?', ' ?(?:-|to|and) ?\\d.*$') }},
            {{ add_months(add_days(last_day_told('clean_text'), 1), -12) }}
        ) as range_start_on,
        coalesce(
            {{ written_date('clean_text', '^(?:from |between )?\\d.* ?(?:-|to|and) ?', '$') }},
            {{ last_day_told('clean_text') }}
        ) as range_end_on,
        {{ written_date('clean_text', '^(?:from|since) ', '$') }} as open_start_on
    from cleaned
),

pieces as (
    select
        period_text,
        declared_period_basis,
        year_basis,
        {{ re_replace('clean_text', '^from ', '') }} as list_text,
        {{ explode(re_split(re_replace('clean_text', '^from ', ''), ', and |, | and | to ')) }} as piece
    from day_ranges
    where range_start_on is null or range_end_on is null
),

-- 14/15, 2014/15, 2014/2015, 2010- 2011 and 2021/2 name a year that spans two; 2014 one; Jan-24 and 2017-04 a month.
parts as (
    select
        *,
        {{ re_extract('piece', '^(\\d{4}|\\d{2}) ?[/-] ?(?:\\d{4}|\\d{1,2})$') }} as first_year,
        {{ re_extract('piece', '^(?:\\d{4}|\\d{2}) ?[/-] ?(\\d{4}|\\d{1,2})$') }} as second_year,
        {{ re_extract('piece', '^(\\d{4})$') }} as single_year,
        coalesce(
            {{ month_number(re_extract('piece', month_and_year())) }},
            {{ to_integer(re_extract('piece', '^\\d{4}-(0[1-9]|1[0-2])$')) }}
        ) as month_no,
        coalesce(
            {{ full_year(re_extract('piece', '^[a-z]+[ -](\\d{4}|\\d{2})$')) }},
            {{ re_extract('piece', '^(\\d{4})-(?:0[1-9]|1[0-2])$') }}
        ) as month_year
    from pieces
),

-- 2011-12 is read as the year, unless the table declares months.
named_pieces as (
    select
        *,
        {{ years_follow('first_year', 'second_year') }}
        and not (month_no is not null and coalesce(year_basis, '') = 'month') as is_year_across_two
    from parts
),

coded_pieces as (
    select
        period_text,
        declared_period_basis,
        list_text,
        piece,
        case
            when is_year_across_two
                then {{ date_of(full_year('first_year'), 4, first_day_of_april_year('year_basis')) }}
            when single_year is not null then {{ date_of('single_year', 1, 1) }}
            when month_no is not null then {{ date_of('month_year', 'month_no', 1) }}
        end as piece_start_on,
        case
            when is_year_across_two then 12
            when single_year is not null then 12
            when month_no is not null then 1
        end as months,
        case
            when is_year_across_two then 'financial'
            when single_year is not null then 'calendar'
            when month_no is not null then 'month'
        end as piece_basis
    from named_pieces
),

bounded_pieces as (
    select
        *,
        {{ add_days(add_months('piece_start_on', 'months'), -1) }} as piece_end_on
    from coded_pieces
),

lists as (
    select
        period_text,
        declared_period_basis,
        min(piece_start_on) as list_start_on,
        min(case when substr(list_text, 1, length(piece)) = piece then piece_start_on end) as first_named_on,
        max(piece_end_on) as list_end_on,
        case when count(*) = 1 or min(piece_basis) <> 'month' then min(piece_basis) end as list_basis,
        count(*) = count(piece_start_on) and count(distinct piece_basis) = 1 as is_understood,
        count(*) as periods_named,
        sum({{ days_between('piece_start_on', 'piece_end_on') }} + 1) as days_named
    from bounded_pieces
    group by period_text, declared_period_basis
),

coded as (
    select
        day_ranges.period_text,
        day_ranges.declared_period_basis,
        day_ranges.said_basis,
        day_ranges.year_basis,
        case
            when day_ranges.range_start_on <= day_ranges.range_end_on then day_ranges.range_start_on
            when day_ranges.open_start_on is not null then day_ranges.open_start_on
            when lists.is_understood and {{ gapless('lists', 'day_ranges.clean_text') }} then lists.list_start_on
        end as period_start_on,
        case
            when day_ranges.range_start_on <= day_ranges.range_end_on then day_ranges.range_end_on
            when lists.is_understood and {{ gapless('lists', 'day_ranges.clean_text') }} then lists.list_end_on
        end as period_end_on,
        case when day_ranges.range_start_on is null then lists.list_basis end as read_basis
    from day_ranges
    left join lists
        on
            day_ranges.period_text = lists.period_text
            and day_ranges.declared_period_basis is not distinct from lists.declared_period_basis
)

-- A bare year under a financial basis does not say which of two financial years it is: left uncoded, and so is a text
-- that names another kind of year than the table declares.
select
    period_text,
    declared_period_basis,
    case when {{ basis_fits() }} then period_start_on end as period_start_on,
    case when {{ basis_fits() }} then period_end_on end as period_end_on,
    case
        when period_start_on is not null and {{ basis_fits() }}
            then coalesce(
                case when said_basis = 'half' then said_basis end,
                {{ basis_of_part('period_start_on', 'period_end_on') }}, year_basis, read_basis,
                {{ basis_of_days('period_start_on', 'period_end_on') }}
            )
    end as period_basis
from coded
