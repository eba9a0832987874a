with markers_raw as (
    select * from {{ source('raw', 'markers') }}
)

select
    disclosure_id,
    table_no,
    marker_text,
    value_low,
    value_high,
    value_status
from markers_raw
