with forces as (
    select * from {{ ref('forces') }}
)

select
    force_id,
    force_name,
    force_label,
    force_type,
    nation,
    pfa_code,
    region_code,
    region_name,
    is_territorial,
    has_resident_population,
    ho_outcomes_apply,
    note
from forces
