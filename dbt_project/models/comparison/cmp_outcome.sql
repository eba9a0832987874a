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
    comparisons.force_id,
    comparisons.disclosure_ids,
    comparisons.value_low,
    comparisons.value_high,
    comparisons.value_origin,
    comparisons.rate_low_per_100k,
    comparisons.rate_high_per_100k,
    comparisons.rank_best,
    comparisons.rank_worst,
    comparisons.forces_in_group,
    comparisons.comparison_group,
    comparisons.comparability,
    comparisons.reasons
from comparisons
left join outcomes
    on comparisons.dimension_code = outcomes.outcome_code
