-- Days from which a code does not count what it counted before: it begins or ends, or its class takes in a new offence.
with offences as (
    select * from {{ ref('dim_offence') }}
),

outcomes as (
    select * from {{ ref('dim_outcome') }}
)

select
    'offence' as dimension,
    offence_code as dimension_code,
    valid_from_on as break_on,
    'the code exists only from ' || cast(valid_from_on as varchar) as evidence
from offences
where valid_from_on is not null
union all
select
    'offence' as dimension,
    offence_code as dimension_code,
    {{ add_days('valid_to_on', 1) }} as break_on,
    'the code exists only until ' || cast(valid_to_on as varchar) as evidence
from offences
where valid_to_on is not null
union all
select
    'offence' as dimension,
    class_code as dimension_code,
    valid_from_on as break_on,
    offence_code || ' is counted in class ' || class_code || ' from ' || cast(valid_from_on as varchar) || ' on'
        as evidence
from offences
where code_level = 'sub-code' and valid_from_on is not null and class_code is not null
union all
select
    'outcome' as dimension,
    outcome_code as dimension_code,
    introduced_on as break_on,
    'the outcome exists only from ' || cast(introduced_on as varchar) as evidence
from outcomes
where introduced_on is not null
