with tables_raw as (
    select * from {{ source('raw', 'tables') }}
)

select
    disclosure_id,
    table_no,
    table_name,
    layout,
    measure,
    period_basis,
    blank_means,
    absent_means,
    is_partial,
    locator,
    given,
    answers
from tables_raw
