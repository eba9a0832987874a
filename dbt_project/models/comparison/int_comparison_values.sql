-- One value per request, dimension, code, period, force and answer, for every dimension that is compared.
with cells as (
    select * from {{ ref('int_comparison_cells') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

-- What is left of the platforms, or names none of them, is no platform that was asked about.
unnamed_platforms as (
    select platform_id from {{ ref('dim_platform') }}
    where is_pooled and platform_id <> 'any_listed'
),

-- An asked platform without a mapping counts as one that no answer can be known to hold.
asked_platforms as (
    select
        request_platforms.request_id,
        count(distinct request_platforms.platform_text) as platforms_asked,
        {{ sorted_list('platforms.platform_id') }} as platform_ids
    from {{ ref('stg_request_platforms') }} as request_platforms
    left join {{ ref('int_platforms') }} as platforms
        on
            request_platforms.platform_text = platforms.platform_label
            and platforms.label_origin = 'request'
    group by request_platforms.request_id
),

by_platform as (
    select
        *,
        case when has_totals_only then 'printed_total' else 'counted' end as value_origin
    from cells
    where dimension = 'platform'
),

-- Each platform once, whether one table holds them all or each has its own.
first_by_platform as (
    select * from by_platform
    qualify
        row_number() over (
            partition by disclosure_id, force_id, measure, period_start_on, period_end_on, dimension_code
            order by case when restricted_to is null then 0 else 1 end asc, table_no asc
        ) = 1
),

-- Whether a record that names two platforms stands twice decides between a sum and [largest, sum].
across_platforms as (
    select
        by_platform.request_id,
        by_platform.disclosure_id,
        min(by_platform.table_no) as table_no,
        by_platform.force_id,
        by_platform.measure,
        by_platform.period_start_on,
        by_platform.period_end_on,
        by_platform.period_basis,
        nullif({{ list_text(sorted_list('by_platform.restricted_to')) }}, '') as restricted_to,
        {{ overlapping_low('by_platform.value_low', "disclosures.across_platforms = 'exclusive'") }} as value_low,
        cast(case
            when
                count(*) = count(by_platform.value_high)
                and count(distinct by_platform.dimension_code) filter (
                    where {{ list_holds('asked_platforms.platform_ids', 'by_platform.dimension_code') }}
                ) = min(asked_platforms.platforms_asked)
                then sum(by_platform.value_high)
        end as bigint) as value_high
    from first_by_platform as by_platform
    inner join disclosures
        on by_platform.disclosure_id = disclosures.disclosure_id
    inner join asked_platforms
        on by_platform.request_id = asked_platforms.request_id
    where by_platform.dimension_code not in (select platform_id from unnamed_platforms)
    group by
        by_platform.request_id, by_platform.disclosure_id, by_platform.force_id, by_platform.measure,
        by_platform.period_start_on, by_platform.period_end_on, by_platform.period_basis
    having count(distinct by_platform.dimension_code) > 1 and not bool_or(by_platform.dimension_code = 'any_listed')
),

-- Where a table prints a figure for all platforms together, the single platforms say nothing more. A row for other
-- platforms is not that figure: it is one of them.
other_cells as (
    select
        cells.*,
        disclosures.across_platforms
    from cells
    inner join disclosures
        on cells.disclosure_id = disclosures.disclosure_id
    where cells.dimension <> 'platform'
    qualify
        dense_rank() over (
            partition by
                cells.disclosure_id, cells.table_no, cells.force_id, cells.measure, cells.period_start_on,
                cells.period_end_on, cells.dimension, cells.dimension_code, cells.grain
            order by case when cells.platform_id = 'any_listed' then 0 else 1 end
        ) = 1
),

by_other_dimension as (
    select
        request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, period_basis,
        dimension, dimension_code, grain, restricted_to,
        case
            when count(*) > 1 then 'derived_across_platforms'
            when bool_or(is_rolled_up) then 'derived_from_finer'
            when bool_and(has_totals_only) then 'printed_total'
            else 'counted'
        end as value_origin,
        bool_and(is_exact) as is_exact,
        bool_or(is_given) as is_given,
        bool_or(is_rolled_up) as is_rolled_up,
        bool_or(has_class_beside_sub_codes) as has_class_beside_sub_codes,
        {{ sorted_flat('finer_codes') }} as finer_codes,
        {{ sorted_flat('left_out_codes') }} as left_out_codes,
        {{ overlapping_low('left_out_low', "across_platforms = 'exclusive'") }} as left_out_low,
        {{ sum_low('left_out_high') }} as left_out_high,
        bool_or(is_listing) as is_listing,
        bool_or(has_open_cases) as has_open_cases,
        {{ overlapping_low('value_low', "across_platforms = 'exclusive'") }} as value_low,
        {{ sum_high('value_high') }} as value_high
    from other_cells
    group by
        request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, period_basis,
        dimension, dimension_code, grain, restricted_to
),

by_table as (
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
        value_origin,
        restricted_to,
        is_exact,
        is_given,
        is_rolled_up,
        has_class_beside_sub_codes,
        finer_codes,
        left_out_codes,
        left_out_low,
        left_out_high,
        is_listing,
        has_open_cases,
        value_low,
        value_high
    from by_platform
    union all
    select
        request_id,
        disclosure_id,
        table_no,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        period_basis,
        'platform' as dimension,
        'any_listed' as dimension_code,
        'platform' as grain,
        'derived_across_platforms' as value_origin,
        restricted_to,
        true as is_exact,
        false as is_given,
        false as is_rolled_up,
        false as has_class_beside_sub_codes,
        [] as finer_codes,
        [] as left_out_codes,
        0 as left_out_low,
        0 as left_out_high,
        true as is_listing,
        null as has_open_cases,
        value_low,
        value_high
    from across_platforms
    union all
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
        value_origin,
        restricted_to,
        is_exact,
        is_given,
        is_rolled_up,
        has_class_beside_sub_codes,
        finer_codes,
        left_out_codes,
        left_out_low,
        left_out_high,
        is_listing,
        has_open_cases,
        value_low,
        value_high
    from by_other_dimension
),

-- Where several tables of one answer give the same cell, the whole goes before a part of it, a figure given before one
-- added up, and the first printed before a later one.
ordered as (
    select
        *,
        row_number() over (
            partition by
                disclosure_id, force_id, measure, period_start_on, period_end_on, dimension, dimension_code
            order by case when restricted_to is null then 0 else 1 end asc, is_rolled_up asc, table_no asc
        ) as table_order
    from by_table
)

select
    {{ surrogate_key([
        'disclosure_id', 'force_id', 'measure', 'period_start_on', 'period_end_on', 'dimension', 'dimension_code'
    ]) }} as comparison_value_id,
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
    value_origin,
    restricted_to,
    is_exact,
    is_given,
    is_rolled_up,
    has_class_beside_sub_codes,
    finer_codes,
    left_out_codes,
    left_out_low,
    left_out_high,
    is_listing,
    case when dimension = 'outcome' then has_open_cases end as has_open_cases,
    value_low,
    value_high
from ordered
where table_order = 1
