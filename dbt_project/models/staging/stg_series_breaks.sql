with series_breaks_raw as (
    select * from {{ source('raw', 'series_breaks') }}
)

select
    disclosure_id,
    break_no,
    {{ to_date_or_null("left(since_text || '-01-01', 10)") }} as break_on,
    kind as break_kind,
    reason
from series_breaks_raw
