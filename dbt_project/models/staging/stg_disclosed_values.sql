with values_printed as (
    select * from {{ source('raw', 'disclosed_values') }}
)

select
    {{ surrogate_key(['disclosure_id', 'table_no', 'row_no']) }} as disclosed_value_id,
    disclosure_id,
    table_name,
    table_no,
    row_no,
    locator,
    document_sha256,
    force_text,
    period_text,
    platform_text,
    offence_text,
    outcome_text,
    victim_text,
    victim_sex_text,
    victim_age_text,
    measure_text,
    other_dims,
    value_text,
    is_total,
    is_record,
    layout
from values_printed
