-- What every compared value counts and how, column by column: the key of the groups inside which values may be ranked.
-- One row per force and cell: several answers to one request are held together by the widest bounds they leave.
-- An answer that gives the whole goes before one that gives a part of it.
with comparison_values as (
    select * from {{ ref('int_comparison_values') }}
    qualify
        dense_rank() over (
            partition by request_id, dimension, dimension_code, measure, period_start_on, period_end_on, force_id
            order by case when restricted_to is null then 0 else 1 end asc, restricted_to asc
        ) = 1
),

disclosures as (
    select
        * exclude (victim_scope),
        {{ victim_scope_of('victim_scope') }} as victim_scope
    from {{ ref('dim_disclosure') }}
),

requests as (
    select * from {{ ref('dim_request') }}
),

forces as (
    select * from {{ ref('dim_force') }}
),

platforms as (
    select * from {{ ref('dim_platform') }}
),

by_force as (
    select
        comparison_values.request_id,
        comparison_values.dimension,
        comparison_values.dimension_code,
        comparison_values.measure,
        comparison_values.period_start_on,
        comparison_values.period_end_on,
        comparison_values.period_basis,
        comparison_values.force_id,
        min(comparison_values.grain) as grain,
        {{ sorted_list('comparison_values.disclosure_id') }} as disclosure_ids,
        {{ sorted_list('comparison_values.comparison_value_id') }} as comparison_value_ids,
        min(comparison_values.value_low) as value_low,
        cast(case
            when count(*) = count(comparison_values.value_high) then max(comparison_values.value_high)
        end as bigint) as value_high,
        count(distinct comparison_values.disclosure_id) > 1
        and (
            min(comparison_values.value_low) <> max(comparison_values.value_low)
            or count(*) <> count(comparison_values.value_high)
            or min(comparison_values.value_high) <> max(comparison_values.value_high)
        ) as is_ambiguous,
        min(comparison_values.value_origin) as value_origin,
        min(comparison_values.restricted_to) as restricted_to,
        bool_or(coalesce(comparison_values.has_unmapped_platforms, false)) as has_unmapped_platforms,
        bool_or(len(coalesce(comparison_values.differing_table_nos, [])) > 0) as has_differing_tables,
        bool_and(comparison_values.is_exact) as is_exact,
        bool_or(comparison_values.is_given) as is_given,
        bool_or(comparison_values.is_rolled_up) as is_rolled_up,
        bool_or(comparison_values.has_class_beside_sub_codes) as has_class_beside_sub_codes,
        bool_and(comparison_values.is_listing) as is_listing,
        case
            when bool_or(comparison_values.has_open_cases) then true
            when count(*) = count(comparison_values.has_open_cases) then false
        end as has_open_cases,
        {{ sorted_flat('comparison_values.finer_codes') }} as finer_codes,
        {{ sorted_flat('comparison_values.left_out_codes') }} as left_out_codes,
        min(comparison_values.left_out_low) as left_out_low,
        max(comparison_values.left_out_high) as left_out_high,
        count(distinct coalesce(disclosures.counting_method, '') || '|' || coalesce(disclosures.victim_scope, '')) > 1
            as is_mixed,
        min(disclosures.counting_method) as counting_method,
        min(disclosures.victim_scope) as victim_scope,
        case
            when count(distinct nullif(disclosures.date_basis, 'unknown')) = 1
                then min(nullif(disclosures.date_basis, 'unknown'))
        end as date_basis,
        min(disclosures.across_platforms) as across_platforms,
        bool_or(coalesce(disclosures.counting_searched, 'not stated') like 'not stated%') as is_search_unknown,
        bool_or(disclosures.kind = 'press_report') as is_press_reported,
        bool_or(disclosures.is_stale) as is_stale,
        bool_or(coalesce(platforms.is_pooled, false)) as is_pooled
    from comparison_values
    inner join disclosures
        on comparison_values.disclosure_id = disclosures.disclosure_id
    left join platforms
        on comparison_values.dimension = 'platform' and comparison_values.dimension_code = platforms.platform_id
    group by
        comparison_values.request_id, comparison_values.dimension, comparison_values.dimension_code,
        comparison_values.measure, comparison_values.period_start_on, comparison_values.period_end_on,
        comparison_values.period_basis, comparison_values.force_id
),

keyed as (
    select
        by_force.*,
        {{ days_between('by_force.period_start_on', 'by_force.period_end_on') }} + 1 as period_days,
        requests.offence_scope,
        {{ jurisdiction_of('forces.nation') }} as jurisdiction,
        forces.pfa_code,
        forces.has_resident_population,
        case when not forces.has_resident_population then forces.note end as no_rate_note,
        case when by_force.is_exact then 'equal' else 'not equal' end as mapping_equivalence,
        -- a figure that names no platform needs no rule for records that name several
        case
            when by_force.dimension = 'platform' or by_force.value_origin = 'derived_across_platforms'
                then by_force.across_platforms
            else 'not_applicable'
        end as across_platforms_rule
    from by_force
    inner join forces
        on by_force.force_id = forces.force_id
    inner join requests
        on by_force.request_id = requests.request_id
)

select
    {{ surrogate_key([
        'request_id', 'dimension', 'dimension_code', 'measure', 'period_start_on', 'period_end_on', 'force_id'
    ]) }} as comparison_id,
    request_id,
    dimension,
    dimension_code,
    grain,
    measure,
    period_start_on,
    period_end_on,
    period_basis,
    period_days,
    force_id,
    pfa_code,
    has_resident_population,
    no_rate_note,
    disclosure_ids,
    comparison_value_ids,
    value_low,
    value_high,
    value_origin,
    restricted_to,
    counting_method,
    victim_scope,
    date_basis,
    offence_scope,
    across_platforms_rule,
    mapping_equivalence,
    jurisdiction,
    has_open_cases,
    has_unmapped_platforms,
    has_differing_tables,
    is_ambiguous,
    is_exact,
    is_mixed,
    is_pooled,
    is_given,
    is_rolled_up,
    is_listing,
    is_press_reported,
    is_search_unknown,
    is_stale,
    has_class_beside_sub_codes,
    finer_codes,
    left_out_codes,
    left_out_low,
    left_out_high,
    -- what is the same in every figure of England and Wales, or of one request, is not repeated
    concat_ws(
        ' · ',
        measure,
        coalesce(counting_method, 'method not stated'),
        'victims: ' || coalesce(victim_scope, 'not stated'),
        period_basis,
        'only ' || restricted_to,
        case when is_pooled then 'platforms pooled: ' || value_origin end,
        case
            when value_origin = 'derived_across_platforms' and dimension <> 'platform' then 'over platforms'
            when value_origin <> 'derived_across_platforms' and across_platforms_rule = 'exclusive'
                then 'each record under one platform only'
        end,
        case
            when has_open_cases then 'open cases listed'
            when not has_open_cases then 'open cases left out'
            when dimension = 'outcome' then 'open cases not told'
        end,
        case when is_mixed then 'several methods' end,
        case when not is_exact then 'labels not equal to the code' end,
        case when jurisdiction <> 'England and Wales' then jurisdiction end
    ) as comparison_group
from keyed
