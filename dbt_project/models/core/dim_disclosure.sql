with disclosures as (
    select * from {{ ref('stg_disclosures') }}
),

documents as (
    select
        disclosure_id,
        {{ sorted_list('file_name') }} as document_files,
        {{ sorted_list('sha256') }} as document_sha256s
    from {{ ref('stg_documents') }}
    group by disclosure_id
)

select
    disclosures.disclosure_id,
    disclosures.force_id,
    disclosures.request_id,
    disclosures.reference,
    disclosures.title as disclosure_title,
    disclosures.kind,
    disclosures.fidelity,
    disclosures.url,
    disclosures.received_text,
    disclosures.received_on,
    disclosures.responded_text,
    disclosures.responded_on,
    disclosures.counting_unit,
    disclosures.counting_method,
    disclosures.counting_searched,
    disclosures.victim_scope,
    disclosures.across_platforms,
    disclosures.date_basis,
    documents.document_files,
    documents.document_sha256s,
    disclosures.caveat,
    disclosures.notes,
    disclosures.is_stale
from disclosures
left join documents
    on disclosures.disclosure_id = documents.disclosure_id
