-- One value per request, dimension, code, period, force and answer, for every dimension that is compared.
-- A new dimension is one more branch of `by_table`; grouping, rates and ranks follow by themselves.
with cells as (
    select * from {{ ref('int_comparison_cells') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
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
        request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, period_basis,
        'platform' as dimension,
        platform_id as dimension_code,
        case when bool_or(has_totals_only) then 'printed_total' else 'counted' end as value_origin,
        true as is_exact,
        {{ sum_low('value_low') }} as value_low,
        {{ sum_high('value_high') }} as value_high
    from cells
    where platform_id is not null
    group by all
),

-- Each platform once, whether one table holds them all or each has its own.
first_by_platform as (
    select * from by_platform
    qualify
        row_number() over (
            partition by disclosure_id, force_id, measure, period_start_on, period_end_on, dimension_code
            order by table_no
        ) = 1
),

-- Whether a record that names two platforms stands twice decides between a sum and [largest, sum].
across_platforms as (
    select
        by_platform.request_id, by_platform.disclosure_id, min(by_platform.table_no) as table_no,
        by_platform.force_id, by_platform.measure,
        by_platform.period_start_on, by_platform.period_end_on, by_platform.period_basis,
        'platform' as dimension,
        'any_listed' as dimension_code,
        'derived_across_platforms' as value_origin,
        true as is_exact,
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
    group by
        by_platform.request_id, by_platform.disclosure_id, by_platform.force_id, by_platform.measure,
        by_platform.period_start_on, by_platform.period_end_on, by_platform.period_basis
    having count(distinct by_platform.dimension_code) > 1 and not bool_or(by_platform.dimension_code = 'any_listed')
),

by_outcome as (
    select
        cells.request_id, cells.disclosure_id, cells.table_no, cells.force_id, cells.measure,
        cells.period_start_on, cells.period_end_on, cells.period_basis,
        'outcome' as dimension,
        cells.outcome_code as dimension_code,
        case
            when count(*) > 1 and bool_or(cells.platform_id is not null or cells.is_unknown_platform)
                then 'derived_across_platforms'
            else 'counted'
        end as value_origin,
        bool_and(cells.is_exact) as is_exact,
        {{ overlapping_low(
            'cells.value_low',
            "(cells.platform_id is null and not cells.is_unknown_platform) or disclosures.across_platforms = 'exclusive'"
        ) }} as value_low,
        {{ sum_high('cells.value_high') }} as value_high
    from cells
    inner join disclosures
        on cells.disclosure_id = disclosures.disclosure_id
    where cells.is_outcome_table and cells.has_outcome
    group by all
),

by_table as (
    select * from by_platform
    union all
    select * from across_platforms
    union all
    select * from by_outcome
),

-- Where several tables of one answer give the same cell, the first printed is taken.
ordered as (
    select
        *,
        row_number() over (
            partition by
                disclosure_id, force_id, measure, period_start_on, period_end_on, dimension, dimension_code
            order by table_no
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
    value_origin,
    is_exact,
    value_low,
    value_high
from ordered
where table_order = 1
