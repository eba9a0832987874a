with reconciliations_raw as (
    select * from {{ source('raw', 'reconciliations') }}
)

select
    disclosure_id,
    reconciliation_no,
    left_table,
    right_table,
    on_roles,
    reason
from reconciliations_raw
