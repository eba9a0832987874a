with disclosure_parts_raw as (
    select * from {{ source('raw', 'disclosure_parts') }}
)

select
    {{ surrogate_key(['disclosure_id', 'part_no']) }} as disclosure_part_id,
    disclosure_id,
    part_no,
    part,
    status,
    sections,
    note
from disclosure_parts_raw
