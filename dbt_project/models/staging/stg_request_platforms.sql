with request_platforms_raw as (
    select * from {{ source('raw', 'request_platforms') }}
)

select
    request_id,
    platform_no,
    platform_text
from request_platforms_raw
