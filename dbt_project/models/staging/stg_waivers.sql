with waivers_raw as (
    select * from {{ source('raw', 'waivers') }}
)

select
    disclosure_id,
    check_name,
    place,
    reason,
    {{ to_date_or_null('expires_on') }} as expires_on
from waivers_raw
