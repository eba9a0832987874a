-- Where a year's figures are wholly unlike those of the year before: less than one in ten is written the same way, or
-- is of the same offence class. Evidence is told over all years up to the next such change.
with makeup as (
    select * from {{ ref('int_period_makeup') }}
    where period_basis in ('financial', 'calendar', 'tax')
),

offences as (
    select * from {{ ref('dim_offence') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

periods as (
    select
        disclosure_id,
        force_id,
        measure,
        trait,
        period_basis,
        period_start_on,
        period_end_on,
        sum(figures) as period_figures,
        lead(period_start_on) over (
            partition by disclosure_id, force_id, measure, trait, period_basis
            order by period_start_on
        ) as next_start_on
    from makeup
    group by disclosure_id, force_id, measure, trait, period_basis, period_start_on, period_end_on
),

-- What two neighbouring periods have in common: the smaller of the two shares, added over what both hold.
likeness as (
    select
        earlier.disclosure_id,
        earlier.force_id,
        earlier.measure,
        earlier.trait,
        earlier.period_basis,
        later.period_start_on as break_on,
        earlier.period_figures as earlier_figures,
        later.period_figures as later_figures,
        sum(case
            when later_makeup.trait_value is null then 0
            else least(
                1.0 * earlier_makeup.figures / earlier.period_figures, 1.0 * later_makeup.figures / later.period_figures
            )
        end) as share_alike
    from periods as earlier
    inner join periods as later
        on
            earlier.disclosure_id = later.disclosure_id
            and earlier.force_id = later.force_id
            and earlier.measure = later.measure
            and earlier.trait = later.trait
            and earlier.period_basis = later.period_basis
            and earlier.next_start_on = later.period_start_on
    left join makeup as earlier_makeup
        on
            earlier.disclosure_id = earlier_makeup.disclosure_id
            and earlier.force_id = earlier_makeup.force_id
            and earlier.measure = earlier_makeup.measure
            and earlier.trait = earlier_makeup.trait
            and earlier.period_basis = earlier_makeup.period_basis
            and earlier.period_start_on = earlier_makeup.period_start_on
    left join makeup as later_makeup
        on
            later.disclosure_id = later_makeup.disclosure_id
            and later.force_id = later_makeup.force_id
            and later.measure = later_makeup.measure
            and later.trait = later_makeup.trait
            and later.period_basis = later_makeup.period_basis
            and later.period_start_on = later_makeup.period_start_on
            and earlier_makeup.trait_value = later_makeup.trait_value
    group by
        earlier.disclosure_id, earlier.force_id, earlier.measure, earlier.trait, earlier.period_basis,
        later.period_start_on, earlier.period_figures, later.period_figures
),

breaks as (
    select
        *,
        lag(break_on) over series as previous_break_on,
        lead(break_on) over series as next_break_on
    from likeness
    where share_alike < 0.1 and earlier_figures >= 5 and later_figures >= 5
    window series as (
        partition by disclosure_id, force_id, measure, trait, period_basis
        order by break_on
    )
),

-- The figures on both sides of a break, as far as the breaks around it.
sides as (
    select
        breaks.disclosure_id,
        breaks.force_id,
        breaks.measure,
        breaks.trait,
        breaks.period_basis,
        breaks.break_on,
        makeup.trait_value,
        sum(case when makeup.period_start_on < breaks.break_on then makeup.figures else 0 end) as before,
        sum(case when makeup.period_start_on >= breaks.break_on then makeup.figures else 0 end) as since
    from breaks
    inner join makeup
        on
            breaks.disclosure_id = makeup.disclosure_id
            and breaks.force_id = makeup.force_id
            and breaks.measure = makeup.measure
            and breaks.trait = makeup.trait
            and breaks.period_basis = makeup.period_basis
    where
        coalesce(makeup.period_start_on >= breaks.previous_break_on, true)
        and coalesce(makeup.period_start_on < breaks.next_break_on, true)
    group by
        breaks.disclosure_id, breaks.force_id, breaks.measure, breaks.trait, breaks.period_basis, breaks.break_on,
        makeup.trait_value
),

-- What most of the later figures are speaks for the change.
foremost as (
    select
        *,
        sum(before) over one_break as all_before,
        sum(since) over one_break as all_since
    from sides
    window one_break as (partition by disclosure_id, force_id, measure, trait, period_basis, break_on)
    qualify row_number() over (
        partition by disclosure_id, force_id, measure, trait, period_basis, break_on
        order by since desc, trait_value asc
    ) = 1
)

select
    disclosures.request_id,
    foremost.disclosure_id,
    foremost.force_id,
    foremost.measure,
    foremost.break_on,
    case foremost.trait when 'offence_mix' then 'offence_mix' else 'label_generation' end as break_kind,
    foremost.trait,
    foremost.trait_value,
    cast(foremost.since as bigint) as alike_since,
    cast(foremost.all_since as bigint) as figures_since,
    cast(foremost.before as bigint) as alike_before,
    cast(foremost.all_before as bigint) as figures_before,
    cast(foremost.since as bigint) || ' of ' || cast(foremost.all_since as bigint) || ' figures since '
    || cast(foremost.break_on as varchar)
    || case foremost.trait
        when 'offence_mix' then ' are ' || coalesce(offences.offence_title, foremost.trait_value)
        when 'offence_labels' then ' have offence labels written as ' || foremost.trait_value
        else ' have outcome labels written as ' || foremost.trait_value
    end
    || ', ' || cast(foremost.before as bigint) || ' of ' || cast(foremost.all_before as bigint) || ' before' as evidence
from foremost
inner join disclosures
    on foremost.disclosure_id = disclosures.disclosure_id
left join offences
    on foremost.trait = 'offence_mix' and foremost.trait_value = offences.offence_code
