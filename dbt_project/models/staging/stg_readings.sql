with readings_raw as (
    select * from {{ source('raw', 'readings') }}
)

select
    disclosure_id,
    table_no,
    row_no,
    role,
    text as printed_text,
    means as meant_text,
    reason
from readings_raw
