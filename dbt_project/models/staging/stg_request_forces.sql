with request_forces_raw as (
    select * from {{ source('raw', 'request_forces') }}
)

select
    request_id,
    force_id
from request_forces_raw
