-- The official count beside which a figure can be put: the same force and period, and the class, or the whole group,
-- that the figure's offences are recorded in.
with comparison_values as (
    select
        request_id,
        dimension,
        dimension_code,
        force_id,
        period_start_on,
        period_end_on,
        {{ sorted_flat('offence_codes') }} as offence_codes
    from {{ ref('int_comparison_values') }}
    where measure = 'offences' and (dimension <> 'outcome' or dimension_code is not null)
    group by request_id, dimension, dimension_code, force_id, period_start_on, period_end_on
),

requests as (
    select * from {{ ref('dim_request') }}
),

offences as (
    select * from {{ ref('dim_offence') }}
),

official_counts as (
    select
        force_id,
        period_start_on,
        period_end_on,
        coalesce(offence_code, case when offence_group = 'Sexual offences' then '{{ sexual_offences_group() }}' end)
            as official_code,
        outcome_code,
        disclosure_id,
        value_low,
        value_high
    from {{ ref('fct_official_count') }}
    where count_basis in ('recorded', 'recorded_by_outcome')
),

-- The code a request's scope stands for: class-88a, 071-17; a scope of child sexual offences lies in the group.
scoped as (
    select
        request_id,
        {{ offence_code_of_scope('offence_scope') }} as scope_code
    from requests
),

wanted as (
    select
        comparison_values.*,
        case
            when comparison_values.dimension = 'offence' then comparison_values.dimension_code
            else scoped.scope_code
        end as answered_code
    from comparison_values
    inner join scoped
        on comparison_values.request_id = scoped.request_id
),

recorded_in as (
    select
        wanted.*,
        coalesce(offences.class_code, wanted.answered_code) as official_code
    from wanted
    left join offences
        on wanted.answered_code = offences.offence_code
),

-- Several publications give the same count with small differences; the latest named is taken, whole.
found as (
    select
        recorded_in.request_id,
        recorded_in.dimension,
        recorded_in.dimension_code,
        recorded_in.force_id,
        recorded_in.period_start_on,
        recorded_in.period_end_on,
        recorded_in.official_code,
        recorded_in.offence_codes,
        official_counts.disclosure_id as official_disclosure_id,
        official_counts.value_low as official_value_low,
        official_counts.value_high as official_value_high
    from recorded_in
    inner join official_counts
        on
            recorded_in.force_id = official_counts.force_id
            and recorded_in.period_start_on = official_counts.period_start_on
            and recorded_in.period_end_on = official_counts.period_end_on
            and recorded_in.official_code = official_counts.official_code
            and case when recorded_in.dimension = 'outcome' then recorded_in.dimension_code end
            is not distinct from official_counts.outcome_code
    qualify
        row_number() over (
            partition by
                recorded_in.request_id, recorded_in.dimension, recorded_in.dimension_code, recorded_in.force_id,
                recorded_in.period_start_on, recorded_in.period_end_on
            order by official_counts.disclosure_id desc
        ) = 1
),

-- Offences counted in the figure that the official count does not hold.
counted_codes as (
    select
        request_id,
        dimension,
        dimension_code,
        force_id,
        period_start_on,
        period_end_on,
        official_code,
        {{ explode('offence_codes') }} as offence_code
    from found
),

outside as (
    select
        counted_codes.request_id,
        counted_codes.dimension,
        counted_codes.dimension_code,
        counted_codes.force_id,
        counted_codes.period_start_on,
        counted_codes.period_end_on,
        {{ sorted_list('counted_codes.offence_code') }} as outside_codes
    from counted_codes
    left join offences
        on counted_codes.offence_code = offences.offence_code
    where
        counted_codes.offence_code <> counted_codes.official_code
        and coalesce(offences.class_code, '') <> counted_codes.official_code
        and not (
            counted_codes.official_code = '{{ sexual_offences_group() }}'
            and coalesce(offences.is_sexual_offence_group, false)
        )
    group by
        counted_codes.request_id, counted_codes.dimension, counted_codes.dimension_code, counted_codes.force_id,
        counted_codes.period_start_on, counted_codes.period_end_on
)

select
    found.request_id,
    found.dimension,
    found.dimension_code,
    found.force_id,
    found.period_start_on,
    found.period_end_on,
    found.official_code,
    found.official_disclosure_id,
    found.official_value_low,
    found.official_value_high,
    coalesce(outside.outside_codes, []) as outside_codes
from found
left join outside
    on
        found.request_id = outside.request_id
        and found.dimension = outside.dimension
        and found.dimension_code is not distinct from outside.dimension_code
        and found.force_id = outside.force_id
        and found.period_start_on = outside.period_start_on
        and found.period_end_on = outside.period_end_on
