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
            when victim_age_low is null and victim_age_high is null then coalesce(victim_sex, 'any sex') || ', all ages'
            else {{ victim_label('victim_sex', 'victim_age_low', 'victim_age_high') }}
        end as victim_group
    from read_codes
)

select
    named.comparison_id,
    named.request_id,
    named.measure,
    named.period_start_on,
    named.period_end_on,
    named.period_basis,
    named.period_label,
    named.dimension_code as victim_code,
    named.victim_group,
    named.victim_sex,
    named.victim_age_low,
    named.victim_age_high,
    named.grain,
    named.is_common_grain,
    named.force_id,
    named.disclosure_ids,
    named.value_low,
    named.value_high,
    named.value_origin,
    named.rate_low_per_100k,
    named.rate_high_per_100k,
    named.under_18_rate_low_per_100k,
    named.under_18_rate_high_per_100k,
    named.is_under_18_proxy,
    named.rank_best,
    named.rank_worst,
    named.forces_in_group,
    named.comparison_group,
    named.comparability,
    named.reasons,
    named.reason_codes,
    named.official_code,
    named.official_disclosure_id,
    named.official_value_low,
    named.official_value_high,
    named.official_share_low,
    named.official_share_high
from named
