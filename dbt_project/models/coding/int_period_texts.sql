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

normalised as (
    select
        *,
        {{ plain_period('period_text') }} as clean_text
    from texts
),

-- A text that states a first and a last day is one range; 'from' or 'since' a day alone leaves the end open; any other
-- is a list of one or more periods.
day_ranges as (
    select
        *,
        coalesce(
            {{ to_date_or_null(re_extract('clean_text', '^' ~ iso_range() ~ '$', 1)) }},
            {{ written_date('clean_text', '^(?:from |between )?', ' ?(?:-|to|and) ?\\d.*$') }}
        ) as range_start_on,
        coalesce(
            {{ to_date_or_null(re_extract('clean_text', '^' ~ iso_range() ~ '$', 2)) }},
            {{ written_date('clean_text', '^(?:from |between )?\\d.* ?(?:-|to|and) ?', '$') }}
        ) as range_end_on,
        coalesce(
            {{ to_date_or_null(re_extract('clean_text', '^(?:from|since) (\\d{4}-\\d{2}-\\d{2})$')) }},
            {{ written_date('clean_text', '^(?:from|since) ', '$') }}
        ) as open_start_on
    from normalised
),

pieces as (
    select
        period_text,
        declared_period_basis,
        {{ explode(re_split(re_replace('clean_text', '^from ', ''), ', and |, | and | to ')) }} as piece
    from day_ranges
    where range_start_on is null or range_end_on is null
),

-- 14/15, 2014/15, 2014/2015, 2010- 2011 and 2021/2 name a year that spans two; 2014 one; Jan-24 a month.
parts as (
    select
        *,
        {{ re_extract('piece', '^(\\d{4}|\\d{2}) ?[/-] ?(?:\\d{4}|\\d{1,2})$') }} as first_year,
        {{ re_extract('piece', '^(?:\\d{4}|\\d{2}) ?[/-] ?(\\d{4}|\\d{1,2})$') }} as second_year,
        {{ re_extract('piece', '^(\\d{4})$') }} as single_year,
        {{ month_number(re_extract('piece', month_and_year())) }} as month_no,
        {{ full_year(re_extract('piece', '^[a-z]+[ -](\\d{4}|\\d{2})$')) }} as month_year
    from pieces
),

coded_pieces as (
    select
        period_text,
        declared_period_basis,
        case
            when {{ years_follow('first_year', 'second_year') }}
                then
                    {{ date_of(full_year('first_year'), 4, first_day_of_april_year('declared_period_basis')) }}
            when single_year is not null then {{ date_of('single_year', 1, 1) }}
            when month_no is not null then {{ date_of('month_year', 'month_no', 1) }}
        end as piece_start_on,
        case
            when {{ years_follow('first_year', 'second_year') }} then 12
            when single_year is not null then 12
            when month_no is not null then 1
        end as months,
        case
            when first_year is not null then 'financial'
            when single_year is not null then 'calendar'
            when month_no is not null then 'month'
        end as piece_basis
    from parts
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
        max(piece_end_on) as list_end_on,
        case when count(*) = 1 or min(piece_basis) <> 'month' then min(piece_basis) end as list_basis,
        count(*) = count(piece_start_on) and count(distinct piece_basis) = 1 as is_understood,
        sum({{ days_between('piece_start_on', 'piece_end_on') }} + 1) as days_named
    from bounded_pieces
    group by period_text, declared_period_basis
),

coded as (
    select
        day_ranges.period_text,
        day_ranges.declared_period_basis,
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

-- A bare year under a declared financial basis does not say which of two financial years it is: left uncoded.
select
    period_text,
    declared_period_basis,
    case when {{ basis_fits() }} then period_start_on end as period_start_on,
    case when {{ basis_fits() }} then period_end_on end as period_end_on,
    case
        when period_start_on is not null and {{ basis_fits() }}
            then coalesce(
                {{ basis_of_part('period_start_on', 'period_end_on') }}, declared_period_basis, read_basis,
                {{ basis_of_days('period_start_on', 'period_end_on') }}
            )
    end as period_basis
from coded
