with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'outcome'
),

outcomes as (
    select * from {{ ref('dim_outcome') }}
)

select
    comparisons.comparison_id,
    comparisons.request_id,
    comparisons.measure,
    comparisons.period_start_on,
    comparisons.period_end_on,
    comparisons.period_basis,
    comparisons.period_label,
    comparisons.dimension_code as outcome_code,
    coalesce(outcomes.outcome_title, 'Labels without an outcome code') as outcome_title,
    outcomes.outcome_group,
    comparisons.grain,
    comparisons.is_common_grain,
    comparisons.force_id,
    comparisons.disclosure_ids,
    comparisons.value_low,
    comparisons.value_high,
    comparisons.value_origin,
    comparisons.rate_low_per_100k,
    comparisons.rate_high_per_100k,
    comparisons.under_18_rate_low_per_100k,
    comparisons.under_18_rate_high_per_100k,
    comparisons.is_under_18_proxy,
    comparisons.rank_best,
    comparisons.rank_worst,
    comparisons.forces_in_group,
    comparisons.comparison_group,
    comparisons.comparability,
    comparisons.reasons,
    comparisons.reason_codes,
    comparisons.official_code,
    comparisons.official_disclosure_id,
    comparisons.official_value_low,
    comparisons.official_value_high,
    comparisons.official_share_low,
    comparisons.official_share_high
from comparisons
left join outcomes
    on comparisons.dimension_code = outcomes.outcome_code
