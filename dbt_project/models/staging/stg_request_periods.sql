with request_periods_raw as (
    select * from {{ source('raw', 'request_periods') }}
)

select
    request_id,
    period_no,
    period_text,
    period_basis
from request_periods_raw
