-- What one table of one answer says about one cell: its rows added up by force, period, platform and code, at the grain
-- printed and at any coarser grain that somebody else's figures make necessary.
with comparison_rows as (
    select * from {{ ref('int_comparison_rows') }}
),

coarser_codes as (
    select * from {{ ref('int_coarser_codes') }}
),

codes_given as (
    select distinct
        request_id,
        measure,
        dimension,
        dimension_code
    from comparison_rows
),

-- Only a list of several offences tells what it does not print: of one that gives a single code nothing follows for
-- the class, nor for the sexual offences group.
listings as (
    select
        comparison_rows.disclosure_id,
        comparison_rows.table_no,
        comparison_rows.dimension,
        count(distinct comparison_rows.dimension_code) > 1 as is_listing,
        -- a label without a code may stand for open cases, and one that pools what was closed and what was not
        case
            when bool_or(comparison_rows.dimension_code = '0') then true
            when not bool_or(comparison_rows.dimension_code is null or outcomes.is_final_outcome is null) then false
        end as has_open_cases
    from comparison_rows
    left join {{ ref('dim_outcome') }} as outcomes
        on comparison_rows.dimension = 'outcome' and comparison_rows.dimension_code = outcomes.outcome_code
    group by comparison_rows.disclosure_id, comparison_rows.table_no, comparison_rows.dimension
),

rolled_up as (
    select
        comparison_rows.*,
        comparison_rows.dimension_code as finer_code,
        coarser_codes.coarser_code,
        coarser_codes.coarser_grain
    from comparison_rows
    inner join coarser_codes
        on
            comparison_rows.dimension = coarser_codes.dimension
            and comparison_rows.dimension_code = coarser_codes.dimension_code
    left join codes_given
        on
            comparison_rows.request_id = codes_given.request_id
            and comparison_rows.measure = codes_given.measure
            and coarser_codes.dimension = codes_given.dimension
            and coarser_codes.coarser_code = codes_given.dimension_code
    inner join listings
        on
            comparison_rows.disclosure_id = listings.disclosure_id
            and comparison_rows.table_no = listings.table_no
            and comparison_rows.dimension = listings.dimension
    where
        codes_given.dimension_code is not null
        or (
            coarser_codes.coarser_grain in ('group', 'sex')
            and comparison_rows.dimension <> 'outcome'
            and listings.is_listing
        )
),

-- Offences of the same list that the group leaves out, so that the figure can say so; those without a code may belong.
outside_group as (
    select
        comparison_rows.*,
        comparison_rows.dimension_code as finer_code
    from comparison_rows
    inner join listings
        on
            comparison_rows.disclosure_id = listings.disclosure_id
            and comparison_rows.table_no = listings.table_no
            and comparison_rows.dimension = listings.dimension
    left join coarser_codes
        on
            coarser_codes.dimension = 'offence'
            and coarser_codes.coarser_code = '{{ sexual_offences_group() }}'
            and comparison_rows.dimension_code = coarser_codes.dimension_code
    where comparison_rows.dimension = 'offence' and listings.is_listing and coarser_codes.dimension_code is null
),

{% set row_columns %}
        disclosed_value_id, request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on,
        period_basis, dimension, platform_id, is_unknown_platform, restricted_to, offence_code, is_total,
        is_record, low, high
{%- endset %}

all_rows as (
    select
        {{ row_columns }},
        dimension_code,
        grain,
        is_exact,
        'given' as row_role,
        dimension_code as finer_code
    from comparison_rows
    union all
    select
        {{ row_columns }},
        coarser_code as dimension_code,
        coarser_grain as grain,
        -- what is only part of a code lies in the coarser one as well
        is_inside as is_exact,
        'rolled_up' as row_role,
        finer_code
    from rolled_up
    union all
    select
        {{ row_columns }},
        '{{ sexual_offences_group() }}' as dimension_code,
        'group' as grain,
        true as is_exact,
        case when finer_code is null then 'may_belong' else 'left_out' end as row_role,
        finer_code
    from outside_group
),

-- A row for a class may hold the rows for its sub-codes or stand beside them; records are never counted twice.
weighed as (
    select
        *,
        row_role = 'given' or (row_role = 'rolled_up' and (is_record or not bool_or(row_role = 'given') over cell))
            as is_certain,
        row_role = 'rolled_up' and not is_record and bool_or(row_role = 'given') over cell as may_be_inside
    from all_rows
    window cell as (
        partition by
            disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, dimension, dimension_code,
            platform_id, restricted_to
    )
),

added as (
    select
        request_id,
        disclosure_id,
        table_no,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        period_basis,
        dimension,
        dimension_code,
        grain,
        platform_id,
        is_unknown_platform,
        restricted_to,
        coalesce(bool_and(is_exact) filter (where row_role <> 'left_out'), true) as is_exact,
        {{ sorted_list("case when row_role <> 'left_out' then offence_code end") }} as offence_codes,
        bool_and(is_total) as has_totals_only,
        bool_or(row_role = 'given') as is_given,
        bool_or(row_role = 'rolled_up') as is_rolled_up,
        bool_or(may_be_inside) as has_class_beside_sub_codes,
        {{ sorted_list("case when row_role = 'rolled_up' then finer_code end") }} as finer_codes,
        {{ sorted_list("case when row_role = 'left_out' then finer_code end") }} as left_out_codes,
        {{ sum_low("case when row_role = 'left_out' then low end") }} as left_out_low,
        {{ sum_low("case when row_role = 'left_out' then coalesce(high, low) end") }} as left_out_high,
        count(*) filter (where row_role <> 'left_out') as rows_added,
        {{ sum_low('case when is_certain then low end') }} as value_low,
        cast(case
            when count(*) filter (where row_role <> 'left_out') = count(high) filter (where row_role <> 'left_out')
                then coalesce(sum(high) filter (where row_role <> 'left_out'), 0)
        end as bigint) as value_high
    from weighed
    group by
        request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, period_basis, dimension,
        dimension_code, grain, platform_id, is_unknown_platform, restricted_to
),

-- A trusted total over exactly the rows of a cell says more than they do one by one.
sums_known as (
    select
        constraint_id,
        max(case when is_total then settled_low end) as sum_low,
        max(case when is_total then settled_high end) as sum_high,
        count(*) filter (where not is_total) as parts
    from {{ ref('int_sum_bounds') }}
    group by constraint_id
    having not bool_or(is_void)
),

cells_of_sums as (
    select
        all_rows.disclosure_id,
        all_rows.table_no,
        all_rows.force_id,
        all_rows.measure,
        all_rows.period_start_on,
        all_rows.period_end_on,
        all_rows.dimension,
        all_rows.dimension_code,
        all_rows.grain,
        all_rows.platform_id,
        all_rows.restricted_to,
        equations.constraint_id,
        count(*) as rows_in_sum
    from all_rows
    inner join {{ ref('int_sum_bounds') }} as equations
        on all_rows.disclosed_value_id = equations.figure_id and not equations.is_total
    where all_rows.row_role <> 'left_out'
    group by all
),

cells_summed as (
    select
        cells_of_sums.disclosure_id,
        cells_of_sums.table_no,
        cells_of_sums.force_id,
        cells_of_sums.measure,
        cells_of_sums.period_start_on,
        cells_of_sums.period_end_on,
        cells_of_sums.dimension,
        cells_of_sums.dimension_code,
        cells_of_sums.grain,
        cells_of_sums.platform_id,
        cells_of_sums.restricted_to,
        cells_of_sums.rows_in_sum,
        max(sums_known.sum_low) as sum_low,
        min(sums_known.sum_high) as sum_high
    from cells_of_sums
    inner join sums_known
        on cells_of_sums.constraint_id = sums_known.constraint_id and cells_of_sums.rows_in_sum = sums_known.parts
    group by all
)

select
    added.request_id,
    added.disclosure_id,
    added.table_no,
    added.force_id,
    added.measure,
    added.period_start_on,
    added.period_end_on,
    added.period_basis,
    added.dimension,
    added.dimension_code,
    added.grain,
    added.platform_id,
    added.is_unknown_platform,
    added.restricted_to,
    added.offence_codes,
    added.is_exact,
    added.has_totals_only,
    added.is_given,
    added.is_rolled_up,
    added.has_class_beside_sub_codes,
    added.finer_codes,
    added.left_out_codes,
    added.left_out_low,
    added.left_out_high,
    listings.is_listing,
    listings.has_open_cases,
    cast(greatest(added.value_low, coalesce(cells_summed.sum_low, added.value_low)) as bigint) as value_low,
    case
        when added.is_given or coalesce(victim_coverage.is_covered, true)
            then cast({{ smaller_of('added.value_high', 'cells_summed.sum_high') }} as bigint)
    end as value_high
from added
inner join listings
    on
        added.disclosure_id = listings.disclosure_id
        and added.table_no = listings.table_no
        and added.dimension = listings.dimension
left join {{ ref('int_victim_coverage') }} as victim_coverage
    on
        added.dimension = 'victim'
        and added.disclosure_id = victim_coverage.disclosure_id
        and added.table_no = victim_coverage.table_no
        and added.dimension_code = victim_coverage.coarser_code
left join cells_summed
    on
        added.disclosure_id = cells_summed.disclosure_id
        and added.table_no = cells_summed.table_no
        and added.force_id = cells_summed.force_id
        and added.measure = cells_summed.measure
        and added.period_start_on = cells_summed.period_start_on
        and added.period_end_on = cells_summed.period_end_on
        and added.dimension = cells_summed.dimension
        and added.dimension_code is not distinct from cells_summed.dimension_code
        and added.grain = cells_summed.grain
        and added.platform_id is not distinct from cells_summed.platform_id
        and added.restricted_to is not distinct from cells_summed.restricted_to
        and added.rows_added = cells_summed.rows_in_sum
        and not added.has_class_beside_sub_codes
