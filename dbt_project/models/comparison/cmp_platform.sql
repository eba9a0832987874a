with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'platform'
)

select
    comparison_id,
    request_id,
    measure,
    period_start_on,
    period_end_on,
    period_basis,
    period_label,
    dimension_code as platform_id,
    force_id,
    disclosure_ids,
    value_low,
    value_high,
    value_origin,
    rate_low_per_100k,
    rate_high_per_100k,
    rank_best,
    rank_worst,
    forces_in_group,
    comparison_group,
    comparability,
    reasons
from comparisons
