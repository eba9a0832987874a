-- Where every compared value stands: the main group of its cell, whether a larger set of forces counts otherwise or
-- over another period, the vocabulary its code belongs to, and its rates.
with compared as (
    select * from {{ ref('int_comparison_groups') }}
),

common_grains as (
    select * from {{ ref('int_common_grains') }}
),

populations as (
    select * from {{ ref('populations') }}
    where age_low = 0
),

offences as (
    select * from {{ ref('dim_offence') }}
),

outcomes as (
    select * from {{ ref('dim_outcome') }}
),

sized as (
    select
        *,
        count(*) over (
            partition by
                request_id, dimension, dimension_code, measure, period_start_on, period_end_on, comparison_group
        ) as forces_alike,
        count(date_basis) over (
            partition by
                request_id, dimension, dimension_code, measure, period_start_on, period_end_on, comparison_group,
                date_basis
        ) as forces_of_date_basis,
        bool_or(across_platforms_rule = 'repeated') over (
            partition by
                request_id, dimension, dimension_code, measure, period_start_on, period_end_on, comparison_group
        ) as is_any_repeated
    from compared
),

-- The main group of a cell is the one most forces are in; of two alike in size the whole, then the first by name.
with_main as (
    select
        *,
        first_value(comparison_group) over main as main_group,
        first_value(counting_method) over main as main_method,
        first_value(victim_scope) over main as main_victim_scope,
        first_value(date_basis) over main as main_date_basis,
        first_value(restricted_to) over main as main_restricted_to,
        first_value(jurisdiction) over main as main_jurisdiction,
        first_value(has_open_cases) over main as main_has_open_cases,
        first_value(across_platforms_rule) over main as main_across_platforms_rule,
        first_value(forces_alike) over main as main_forces
    from sized
    window main as (
        partition by request_id, dimension, dimension_code, measure, period_start_on, period_end_on
        order by
            forces_alike desc,
            case when restricted_to is null then 0 else 1 end asc,
            comparison_group asc,
            forces_of_date_basis desc,
            date_basis asc nulls last
        rows between unbounded preceding and unbounded following
    )
),

cells as (
    select distinct
        request_id,
        dimension,
        dimension_code,
        measure,
        period_start_on,
        period_end_on,
        period_basis,
        main_forces
    from with_main
),

-- Most forces may count something else, or over periods cut otherwise: a cell of fewer forces is then no main group.
larger_cells as (
    select
        cells.request_id,
        cells.dimension,
        cells.dimension_code,
        cells.measure,
        cells.period_start_on,
        cells.period_end_on,
        others.measure as larger_measure,
        others.period_start_on as larger_start_on,
        others.period_end_on as larger_end_on,
        others.period_basis as larger_basis
    from cells
    inner join cells as others
        on
            cells.request_id = others.request_id
            and cells.dimension = others.dimension
            and cells.dimension_code is not distinct from others.dimension_code
            and cells.period_start_on <= others.period_end_on
            and cells.period_end_on >= others.period_start_on
            and cells.main_forces < others.main_forces
    qualify
        row_number() over (
            partition by
                cells.request_id, cells.dimension, cells.dimension_code, cells.measure, cells.period_start_on,
                cells.period_end_on
            order by
                others.main_forces desc,
                case when others.measure = cells.measure then 0 else 1 end asc,
                others.measure asc,
                others.period_start_on asc,
                others.period_end_on asc
        ) = 1
),

-- A force that also gives the figure most forces give is not outside for giving a further one.
placed as (
    select
        with_main.*,
        larger_cells.larger_measure,
        larger_cells.larger_start_on,
        larger_cells.larger_end_on,
        larger_cells.larger_basis,
        larger_cells.larger_measure is not null and own.comparison_id is null as is_outnumbered
    from with_main
    left join larger_cells
        on
            with_main.request_id = larger_cells.request_id
            and with_main.dimension = larger_cells.dimension
            and with_main.dimension_code is not distinct from larger_cells.dimension_code
            and with_main.measure = larger_cells.measure
            and with_main.period_start_on = larger_cells.period_start_on
            and with_main.period_end_on = larger_cells.period_end_on
    left join compared as own
        on
            larger_cells.request_id = own.request_id
            and larger_cells.dimension = own.dimension
            and larger_cells.dimension_code is not distinct from own.dimension_code
            and larger_cells.larger_measure = own.measure
            and larger_cells.larger_start_on = own.period_start_on
            and larger_cells.larger_end_on = own.period_end_on
            and with_main.force_id = own.force_id
),

described as (
    select
        placed.*,
        common_grains.coarser_code,
        common_grains.coarser_forces,
        common_grains.coarser_code is null
        and (placed.is_given or not placed.is_rolled_up or coalesce(common_grains.is_shared_by_more, false))
            as is_common_grain,
        coalesce(offences.valid_from_on, outcomes.introduced_on) as code_from_on,
        coalesce(offences.valid_to_on, outcomes.withdrawn_on) as code_to_on,
        placed.dimension_code is null as has_no_code,
        coalesce(not outcomes.is_final_outcome and outcomes.outcome_kind = 'outcome', false) as is_open_case,
        placed.dimension = 'offence' and placed.is_rolled_up and not placed.is_listing and placed.grain = 'class'
            as is_part_of_class,
        {{ re_matches("coalesce(placed.victim_scope, '')", "child|under (the age of )?1[0-8]\\b") }}
        or {{ re_matches("coalesce(placed.offence_scope, '')", 'child') }}
        or coalesce(offences.victim_age_high < 18, false) as is_about_children
    from placed
    left join common_grains
        on
            placed.request_id = common_grains.request_id
            and placed.measure = common_grains.measure
            and placed.dimension = common_grains.dimension
            and placed.dimension_code = common_grains.dimension_code
    left join offences
        on placed.dimension = 'offence' and placed.dimension_code = offences.offence_code
    left join outcomes
        on placed.dimension = 'outcome' and placed.dimension_code = outcomes.outcome_code
)

select
    described.comparison_id,
    described.request_id,
    described.dimension,
    described.dimension_code,
    described.grain,
    described.measure,
    described.period_start_on,
    described.period_end_on,
    described.period_basis,
    described.period_days,
    described.force_id,
    described.pfa_code,
    described.no_rate_note,
    described.disclosure_ids,
    described.comparison_value_ids,
    described.value_low,
    described.value_high,
    described.value_origin,
    described.restricted_to,
    described.counting_method,
    described.victim_scope,
    described.offence_scope,
    described.across_platforms_rule,
    described.mapping_equivalence,
    described.jurisdiction,
    described.has_open_cases,
    described.has_unmapped_platforms,
    described.has_differing_tables,
    described.is_ambiguous,
    described.is_exact,
    described.is_mixed,
    described.is_pooled,
    described.is_given,
    described.is_rolled_up,
    described.is_listing,
    described.is_press_reported,
    described.is_search_unknown,
    described.is_stale,
    described.has_class_beside_sub_codes,
    described.finer_codes,
    described.left_out_codes,
    described.left_out_low,
    described.left_out_high,
    described.comparison_group,
    described.forces_alike,
    described.main_group,
    described.main_method,
    described.main_victim_scope,
    described.main_restricted_to,
    described.date_basis,
    described.main_date_basis,
    described.is_any_repeated,
    described.coarser_forces,
    described.main_jurisdiction,
    described.main_has_open_cases,
    described.main_across_platforms_rule,
    described.main_forces,
    described.larger_measure,
    described.larger_start_on,
    described.larger_end_on,
    described.larger_basis,
    described.is_outnumbered,
    described.coarser_code,
    described.is_common_grain,
    described.code_from_on,
    described.code_to_on,
    described.has_no_code,
    described.is_open_case,
    described.is_part_of_class,
    described.is_about_children,
    described.comparison_group = described.main_group
    and coalesce(described.date_basis = described.main_date_basis, true)
    and not described.is_pooled
    and not described.is_mixed
    and described.is_exact
    and not described.has_no_code
    and not described.is_open_case
    and not described.is_part_of_class
    and not described.is_outnumbered
    and coalesce(described.code_from_on <= described.period_end_on, true)
    and coalesce(described.code_to_on >= described.period_start_on, true)
    and coalesce(described.counting_method, 'unknown') <> 'unknown' as is_in_main_group,
    {{ share_low('described.value_low', 'everyone.population', per=100000) }} as rate_low,
    {{ share_high('described.value_high', 'everyone.population', per=100000) }} as rate_high,
    {{ share_low('described.value_low', 'under_18.population', per=100000) }} as under_18_rate_low,
    {{ share_high('described.value_high', 'under_18.population', per=100000) }} as under_18_rate_high,
    under_18.is_proxy as is_under_18_proxy
from described
left join populations as everyone
    on
        everyone.age_high is null
        and described.has_resident_population
        and described.pfa_code = everyone.pfa_code
        and everyone.mid_year = {{ year_of('described.period_start_on') }}
        and described.period_days between 365 and 366
left join populations as under_18
    on
        under_18.age_high = 17
        and described.is_about_children
        and described.has_resident_population
        and described.pfa_code = under_18.pfa_code
        and under_18.mid_year = {{ year_of('described.period_start_on') }}
        and described.period_days between 365 and 366
