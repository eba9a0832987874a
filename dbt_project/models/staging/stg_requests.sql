with requests_raw as (
    select * from {{ source('raw', 'requests') }}
)

select
    request_id,
    title,
    asked_by,
    scope,
    offence_scope,
    asked_forces,
    notes
from requests_raw
