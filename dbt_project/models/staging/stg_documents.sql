with documents_raw as (
    select * from {{ source('raw', 'documents') }}
)

select
    disclosure_id,
    document_no,
    file as file_name,
    sha256,
    size_bytes
from documents_raw
