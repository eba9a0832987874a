-- Answers of one force, to whatever request, that state the same quantity: how far they agree.
with comparison_values as (
    select * from {{ ref('int_comparison_values') }}
    where value_origin <> 'derived_across_platforms'
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

requests as (
    select * from {{ ref('dim_request') }}
),

quantities as (
    select
        comparison_values.*,
        requests.offence_scope,
        disclosures.victim_scope,
        disclosures.counting_method
    from comparison_values
    inner join disclosures
        on comparison_values.disclosure_id = disclosures.disclosure_id
    inner join requests
        on comparison_values.request_id = requests.request_id
)

select
    earlier.comparison_value_id,
    later.comparison_value_id as other_comparison_value_id,
    earlier.disclosure_id,
    later.disclosure_id as other_disclosure_id,
    earlier.force_id,
    earlier.measure,
    earlier.period_start_on,
    earlier.period_end_on,
    earlier.dimension,
    earlier.dimension_code,
    earlier.value_low,
    earlier.value_high,
    later.value_low as other_value_low,
    later.value_high as other_value_high,
    {{ interval_status('earlier.value_low', 'earlier.value_high', 'later.value_low', 'later.value_high') }} as status
from quantities as earlier
inner join quantities as later
    on
        earlier.force_id = later.force_id
        and earlier.disclosure_id < later.disclosure_id
        and earlier.measure = later.measure
        and earlier.period_start_on = later.period_start_on
        and earlier.period_end_on = later.period_end_on
        and earlier.period_basis is not distinct from later.period_basis
        and earlier.dimension = later.dimension
        and earlier.dimension_code = later.dimension_code
        and earlier.offence_scope = later.offence_scope
        and earlier.victim_scope is not distinct from later.victim_scope
        and earlier.counting_method is not distinct from later.counting_method
