with legends_raw as (
    select * from {{ source('raw', 'legends') }}
)

select
    disclosure_id,
    table_name,
    table_no,
    row_no,
    locator,
    role,
    code_text,
    label_text
from legends_raw
