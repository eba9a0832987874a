with request_parts_raw as (
    select * from {{ source('raw', 'request_parts') }}
)

select
    request_id,
    part_no,
    part,
    asks
from request_parts_raw
