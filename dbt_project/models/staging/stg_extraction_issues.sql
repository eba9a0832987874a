with extraction_issues_raw as (
    select * from {{ source('raw', 'extraction_issues') }}
)

select
    disclosure_id,
    code as issue_code,
    file as file_name,
    place,
    found,
    expected,
    remedy,
    severity
from extraction_issues_raw
