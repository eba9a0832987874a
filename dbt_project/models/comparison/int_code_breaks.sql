-- Days from which a code does not count what it counted before: it begins or ends, offences come into it or leave it.
with offences as (
    select * from {{ ref('dim_offence') }}
),

offence_series as (
    select * from {{ ref('dim_offence_series') }}
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
    offence_code as dimension_code,
    series_from_on as break_on,
    'its contents changed on ' || cast(series_from_on as varchar) || ': ' || scope_change as evidence
from offence_series
where scope_change is not null
union all
select
    'offence' as dimension,
    offences.class_code as dimension_code,
    offences.valid_from_on as break_on,
    offences.offence_code || ' is counted in class ' || offences.class_code || ' from '
    || cast(offences.valid_from_on as varchar) || ' on' as evidence
from offences
left join offence_series
    on
        offences.class_code = offence_series.offence_code
        and offences.valid_from_on = offence_series.series_from_on
        and offence_series.scope_change is not null
where
    offences.code_level = 'sub-code'
    and offences.valid_from_on is not null
    and offences.class_code is not null
    and offence_series.offence_code is null
union all
select
    'outcome' as dimension,
    outcome_code as dimension_code,
    introduced_on as break_on,
    'the outcome exists only from ' || cast(introduced_on as varchar) as evidence
from outcomes
where introduced_on is not null
union all
select
    'outcome' as dimension,
    outcome_code as dimension_code,
    {{ add_days('withdrawn_on', 1) }} as break_on,
    'the outcome exists only until ' || cast(withdrawn_on as varchar) as evidence
from outcomes
where withdrawn_on is not null
