with outcome_types as (
    select * from {{ ref('outcome_types') }}
)

select
    outcome_code,
    title as outcome_title,
    outcome_group,
    outcome_kind,
    introduced_on,
    withdrawn_on,
    is_final_outcome,
    cast(order_no as bigint) as order_no
from outcome_types
