-- Residents of each police force area by year, sex and age band; a year without an estimate by age takes the nearest
-- one, the earlier of two, and says so.
with totals as (
    select * from {{ ref('populations') }}
    where age_low = 0 and age_high is null
),

by_age as (
    select * from {{ ref('age_populations') }}
),

forces as (
    select * from {{ ref('dim_force') }}
),

-- Estimates by age reach back and forth no further than the children's figures of the vocabulary do.
years as (
    select distinct
        pfa_code,
        mid_year
    from {{ ref('populations') }}
    where age_high = 17
),

nearest as (
    select
        years.pfa_code,
        years.mid_year,
        by_age.sex,
        by_age.age_low,
        by_age.age_high,
        by_age.population,
        by_age.basis,
        by_age.mid_year as estimate_year
    from years
    inner join by_age
        on years.pfa_code = by_age.pfa_code
    qualify
        row_number() over (
            partition by years.pfa_code, years.mid_year, by_age.sex, by_age.age_low, by_age.age_high
            order by abs(years.mid_year - by_age.mid_year), by_age.mid_year
        ) = 1
),

all_populations as (
    select
        pfa_code,
        mid_year,
        cast(null as varchar) as sex,
        age_low,
        age_high,
        population,
        basis,
        mid_year as estimate_year
    from totals
    union all
    select * from nearest
)

select
    {{ surrogate_key([
        'all_populations.pfa_code', 'all_populations.mid_year', 'all_populations.sex', 'all_populations.age_low',
        'all_populations.age_high'
    ]) }} as population_id,
    forces.force_id,
    all_populations.pfa_code,
    cast(all_populations.mid_year as bigint) as mid_year,
    all_populations.sex,
    cast(all_populations.age_low as bigint) as age_low,
    cast(all_populations.age_high as bigint) as age_high,
    {{ victim_label('all_populations.sex', 'all_populations.age_low', 'all_populations.age_high') }} as age_band_label,
    cast(all_populations.population as bigint) as population,
    all_populations.basis,
    all_populations.estimate_year <> all_populations.mid_year as is_proxy,
    case
        when all_populations.estimate_year <> all_populations.mid_year
            then cast(all_populations.estimate_year as bigint)
    end as proxy_of_mid_year
from all_populations
inner join forces
    on all_populations.pfa_code = forces.pfa_code
