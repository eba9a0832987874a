-- Which code holds which: a class its sub-codes, the sexual offences group its classes, a group of outcomes the types
-- it says it pools, a sex or an age band the victim groups inside it.
with offences as (
    select * from {{ ref('dim_offence') }}
),

outcome_types as (
    select * from {{ ref('outcome_types') }}
),

victim_groups as (
    select
        victim_sex,
        victim_age_low,
        victim_age_high,
        coalesce(victim_age_low, 0) as from_age,
        coalesce(victim_age_high, 999) as to_age,
        {{ victim_code('victim_sex', 'victim_age_low', 'victim_age_high') }} as dimension_code
    from {{ ref('dim_victim_group') }}
),

outcome_groups as (
    select
        outcome_code as coarser_code,
        {{ explode(re_split('related_codes', '[|]')) }} as dimension_code
    from outcome_types
    where outcome_kind = 'group' and related_codes is not null
)

select
    'offence' as dimension,
    offence_code as dimension_code,
    class_code as coarser_code,
    'class' as coarser_grain
from offences
where code_level = 'sub-code' and class_code is not null
union all
select
    'offence' as dimension,
    offence_code as dimension_code,
    '{{ sexual_offences_group() }}' as coarser_code,
    'group' as coarser_grain
from offences
where is_sexual_offence_group
union all
select
    'outcome' as dimension,
    dimension_code,
    coarser_code,
    'group' as coarser_grain
from outcome_groups
union all
select
    'victim' as dimension,
    finer.dimension_code,
    coarser.dimension_code as coarser_code,
    {{ victim_grain('coarser.victim_sex', 'coarser.victim_age_low', 'coarser.victim_age_high') }} as coarser_grain
from victim_groups as finer
inner join victim_groups as coarser
    on
        finer.dimension_code <> coarser.dimension_code
        and (coarser.victim_age_low is not null or coarser.victim_age_high is not null)
        and (coarser.victim_sex is null or finer.victim_sex = coarser.victim_sex)
        and finer.from_age >= coarser.from_age
        and finer.to_age <= coarser.to_age
where finer.from_age > 0 or finer.to_age < 999
union all
select distinct
    'victim' as dimension,
    {{ victim_code('victim_sex', 'victim_age_low', 'victim_age_high') }} as dimension_code,
    {{ victim_code('victim_sex', 'null', 'null') }} as coarser_code,
    'sex' as coarser_grain
from victim_groups
where victim_sex is not null and (victim_age_low is not null or victim_age_high is not null)
union all
select distinct
    'victim' as dimension,
    {{ victim_code('victim_sex', "'unknown'", 'null') }} as dimension_code,
    {{ victim_code('victim_sex', 'null', 'null') }} as coarser_code,
    'sex' as coarser_grain
from victim_groups
where victim_sex is not null
