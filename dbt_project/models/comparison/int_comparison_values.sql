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

-- Figures under a label that is no platform known may belong to any platform of their table.
unmapped_platforms as (
    select
        disclosure_id,
        table_no,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        {{ sum_high('value_high') }} as unmapped_high
    from cells
    where dimension = 'platform' and dimension_code is null
    group by disclosure_id, table_no, force_id, measure, period_start_on, period_end_on
),

by_platform as (
    select
        *,
        case when has_totals_only then 'printed_total' else 'counted' end as value_origin
    from cells
    where dimension = 'platform' and dimension_code is not null
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
        {{ sorted_flat('offence_codes') }} as offence_codes,
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

{% set told = [
    'is_exact', 'is_given', 'is_rolled_up', 'has_class_beside_sub_codes', 'finer_codes', 'left_out_codes',
    'left_out_low', 'left_out_high', 'offence_codes', 'is_listing', 'has_open_cases', 'value_low', 'value_high'
] %}
{% set placed = [
    'request_id', 'disclosure_id', 'table_no', 'force_id', 'measure', 'period_start_on', 'period_end_on',
    'period_basis', 'dimension', 'dimension_code', 'grain', 'value_origin', 'restricted_to'
] %}
by_table as (
    select {{ (placed + told) | join(', ') }} from by_platform
    union all
    select {{ (placed + told) | join(', ') }} from by_other_dimension
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
),

-- Another table that cannot be true beside it. What is added up may leave something out, and be less.
tables_differ as (
    select
        firsts.disclosure_id,
        firsts.force_id,
        firsts.measure,
        firsts.period_start_on,
        firsts.period_end_on,
        firsts.dimension,
        firsts.dimension_code,
        {{ sorted_list('others.table_no') }} as table_nos,
        min(others.value_low) as value_low,
        cast(case when count(*) = count(others.value_high) then max(others.value_high) end as bigint) as value_high
    from ordered as firsts
    inner join ordered as others
        on
            firsts.disclosure_id = others.disclosure_id
            and firsts.force_id = others.force_id
            and firsts.measure = others.measure
            and firsts.period_start_on = others.period_start_on
            and firsts.period_end_on = others.period_end_on
            and firsts.dimension = others.dimension
            and firsts.dimension_code = others.dimension_code
            and firsts.restricted_to is not distinct from others.restricted_to
    where
        firsts.table_order = 1
        and others.table_order > 1
        and coalesce(firsts.is_exact and others.is_exact, true)
        and (not others.is_rolled_up or others.value_low > firsts.value_high)
        and (not firsts.is_rolled_up or firsts.value_low > others.value_high)
        and not {{ intervals_meet('firsts.value_low', 'firsts.value_high', 'others.value_low', 'others.value_high') }}
    group by
        firsts.disclosure_id, firsts.force_id, firsts.measure, firsts.period_start_on, firsts.period_end_on,
        firsts.dimension, firsts.dimension_code
),

settled as (
    select
        ordered.* exclude (value_low, value_high),
        ordered.value_low as printed_low,
        ordered.value_high as printed_high,
        coalesce(tables_differ.table_nos, []) as differing_table_nos,
        tables_differ.value_low as differing_low,
        tables_differ.value_high as differing_high,
        least(ordered.value_low, coalesce(tables_differ.value_low, ordered.value_low)) as value_low,
        case
            when tables_differ.table_nos is null then ordered.value_high
            when ordered.value_high is not null and tables_differ.value_high is not null
                then greatest(ordered.value_high, tables_differ.value_high)
        end as value_high
    from ordered
    left join tables_differ
        on
            ordered.disclosure_id = tables_differ.disclosure_id
            and ordered.force_id = tables_differ.force_id
            and ordered.measure = tables_differ.measure
            and ordered.period_start_on = tables_differ.period_start_on
            and ordered.period_end_on = tables_differ.period_end_on
            and ordered.dimension = tables_differ.dimension
            and ordered.dimension_code = tables_differ.dimension_code
    where ordered.table_order = 1
),

unmapped_in_answers as (
    select
        disclosure_id,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        {{ sum_high('unmapped_high') }} as unmapped_high
    from unmapped_platforms
    group by disclosure_id, force_id, measure, period_start_on, period_end_on
),

-- Whether a record that names two platforms stands twice decides between a sum and [largest, sum].
across_platforms as (
    select
        settled.request_id,
        settled.disclosure_id,
        min(settled.table_no) as table_no,
        settled.force_id,
        settled.measure,
        settled.period_start_on,
        settled.period_end_on,
        settled.period_basis,
        'platform' as dimension,
        'any_listed' as dimension_code,
        'platform' as grain,
        'derived_across_platforms' as value_origin,
        nullif({{ list_text(sorted_list('settled.restricted_to')) }}, '') as restricted_to,
        true as is_exact,
        false as is_given,
        false as is_rolled_up,
        false as has_class_beside_sub_codes,
        [] as finer_codes,
        [] as left_out_codes,
        0 as left_out_low,
        0 as left_out_high,
        {{ sorted_flat('settled.offence_codes') }} as offence_codes,
        true as is_listing,
        null as has_open_cases,
        {{ overlapping_low('settled.value_low', "disclosures.across_platforms = 'exclusive'") }} as value_low,
        cast(case
            when
                count(*) = count(settled.value_high)
                and count(distinct settled.dimension_code) filter (
                    where {{ list_holds('asked_platforms.platform_ids', 'settled.dimension_code') }}
                ) = min(asked_platforms.platforms_asked)
                then sum(settled.value_high)
        end as bigint) as value_high,
        {{ sorted_flat('settled.differing_table_nos') }} as differing_table_nos,
        null as printed_low,
        null as printed_high,
        null as differing_low,
        null as differing_high
    from settled
    inner join disclosures
        on settled.disclosure_id = disclosures.disclosure_id
    inner join asked_platforms
        on settled.request_id = asked_platforms.request_id
    where settled.dimension = 'platform' and settled.dimension_code not in (select platform_id from unnamed_platforms)
    group by
        settled.request_id, settled.disclosure_id, settled.force_id, settled.measure, settled.period_start_on,
        settled.period_end_on, settled.period_basis
    having count(distinct settled.dimension_code) > 1 and not bool_or(settled.dimension_code = 'any_listed')
),

{% set settled_columns = placed + told + [
    'differing_table_nos', 'printed_low', 'printed_high', 'differing_low', 'differing_high'
] %}
with_unmapped as (
    select
        settled.{{ settled_columns | join(',\n        settled.') }},
        unmapped_platforms.disclosure_id is not null as has_unmapped_platforms,
        unmapped_platforms.unmapped_high
    from settled
    left join unmapped_platforms
        on
            settled.dimension = 'platform'
            and settled.disclosure_id = unmapped_platforms.disclosure_id
            and settled.table_no = unmapped_platforms.table_no
            and settled.force_id = unmapped_platforms.force_id
            and settled.measure = unmapped_platforms.measure
            and settled.period_start_on = unmapped_platforms.period_start_on
            and settled.period_end_on = unmapped_platforms.period_end_on
    union all
    select
        across_platforms.{{ settled_columns | join(',\n        across_platforms.') }},
        unmapped_in_answers.disclosure_id is not null as has_unmapped_platforms,
        unmapped_in_answers.unmapped_high
    from across_platforms
    left join unmapped_in_answers
        on
            across_platforms.disclosure_id = unmapped_in_answers.disclosure_id
            and across_platforms.force_id = unmapped_in_answers.force_id
            and across_platforms.measure = unmapped_in_answers.measure
            and across_platforms.period_start_on = unmapped_in_answers.period_start_on
            and across_platforms.period_end_on = unmapped_in_answers.period_end_on
)

select
    {{ surrogate_key([
        'disclosure_id', 'force_id', 'measure', 'period_start_on', 'period_end_on', 'dimension', 'dimension_code'
    ]) }} as comparison_value_id,
    {{ (placed + told[:-3]) | join(',\n    ') }},
    case when dimension = 'outcome' then has_open_cases end as has_open_cases,
    has_unmapped_platforms,
    differing_table_nos,
    printed_low,
    printed_high,
    differing_low,
    differing_high,
    value_low,
    case
        when has_unmapped_platforms then cast(value_high + unmapped_high as bigint)
        else value_high
    end as value_high
from with_unmapped
