-- Figures that stand for a whole answer: what one answer prints, undivided, for a force, a period and an offence.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
    where
        force_id is not null
        and period_start_on is not null
        and period_end_on is not null
        and platform_text is null
        and victim_text is null
        and outcome_text is null
        and {{ map_text('other_dims') }} = {{ map_text(empty_map()) }}
),

tables as (
    select * from {{ ref('stg_tables') }}
    where not is_partial
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

requests as (
    select * from {{ ref('dim_request') }}
)

select
    disclosed_values.disclosure_id,
    disclosed_values.force_id,
    disclosed_values.measure,
    disclosed_values.period_start_on,
    disclosed_values.period_end_on,
    requests.offence_scope,
    coalesce(disclosed_values.offence_code, {{ normalised_label('disclosed_values.offence_text') }}, '') as offence_key,
    disclosed_values.offence_code is not null as has_code,
    disclosures.victim_scope,
    disclosures.counting_method,
    min(disclosed_values.value_low) as value_low,
    min(disclosed_values.value_high) as value_high
from disclosed_values
inner join tables
    on
        disclosed_values.disclosure_id = tables.disclosure_id
        and disclosed_values.table_no = tables.table_no
inner join disclosures
    on disclosed_values.disclosure_id = disclosures.disclosure_id
inner join requests
    on disclosures.request_id = requests.request_id
group by all
-- several rows are parts of something that a heading left unsaid
having count(*) = 1
