with check_results_raw as (
    select * from {{ source('raw', 'check_results') }}
)

select distinct
    check_name,
    check_kind,
    disclosure_id,
    status,
    coalesce(place, '') as place,
    coalesce(message, '') as message
from check_results_raw
