with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'victim'
),

read_codes as (
    select
        *,
        {{ re_extract('dimension_code', '^([^|]+)[|]') }} as victim_sex,
        {{ to_integer(re_extract('dimension_code', '^[^|]*[|](\\d+)[|]')) }} as victim_age_low,
        {{ to_integer(re_extract('dimension_code', '[|](\\d+)$')) }} as victim_age_high
    from comparisons
),

named as (
    select
        *,
        case
            when dimension_code like '%|unknown|' then coalesce(victim_sex, 'any sex') || ', age unknown'
            when victim_age_low is null and victim_age_high is null
                then coalesce(victim_sex, 'any sex') || ', ages in scope'
            else {{ victim_label('victim_sex', 'victim_age_low', 'victim_age_high') }}
        end as victim_group
    from read_codes
)

select
    {{ cell_columns('named') }},
    named.dimension_code as victim_code,
    named.victim_group,
    named.victim_sex,
    named.victim_age_low,
    named.victim_age_high,
    {{ compared_columns('named') }}
from named
