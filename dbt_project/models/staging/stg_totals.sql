with totals_raw as (
    select * from {{ source('raw', 'totals') }}
)

select
    disclosure_id,
    table_no,
    row_no,
    totalled_role,
    is_heading
from totals_raw
