with disclosures_raw as (
    select * from {{ source('raw', 'disclosures') }}
)

select
    disclosure_id,
    force_id,
    reference,
    title,
    kind,
    fidelity,
    request_id,
    url,
    received_text,
    responded_text,
    {{ to_date_or_null('received_text') }} as received_on,
    {{ to_date_or_null('responded_text') }} as responded_on,
    counting_unit,
    counting_method,
    counting_searched,
    victim_scope,
    across_platforms,
    date_basis,
    caveat,
    notes,
    is_stale
from disclosures_raw
