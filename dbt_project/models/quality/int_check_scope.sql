-- To which disclosures the checks of the models apply: nothing can be wrong with figures where there are none.
with disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

checks as (
    select * from {{ ref('checks') }}
    where check_kind = 'finding'
),

with_values as (
    select distinct disclosure_id from {{ ref('stg_disclosed_values') }}
),

with_reconciliations as (
    select disclosure_id from {{ ref('qa_reconciliations') }}
    union
    select other_disclosure_id as disclosure_id from {{ ref('qa_reconciliations') }}
    where other_disclosure_id is not null
)

select
    checks.check_name,
    disclosures.disclosure_id,
    case
        when checks.applies_to = 'answers' then true
        when checks.applies_to = 'reconciliations' then with_reconciliations.disclosure_id is not null
        else with_values.disclosure_id is not null
    end as is_applicable
from checks
cross join disclosures
left join with_values
    on disclosures.disclosure_id = with_values.disclosure_id
left join with_reconciliations
    on disclosures.disclosure_id = with_reconciliations.disclosure_id
