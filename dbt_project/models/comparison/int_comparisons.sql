-- Which values may be compared: groups that count the same thing the same way, rates and ranks inside them, and for
-- everything else the reasons in words. All dimensions at once; cmp_* only pick theirs.
with comparison_values as (
    select * from {{ ref('int_comparison_values') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

forces as (
    select * from {{ ref('dim_force') }}
),

populations as (
    select * from {{ ref('populations') }}
    where age_low = 0 and age_high is null
),

platforms as (
    select * from {{ ref('dim_platform') }}
),

conflicts as (
    select
        comparison_value_id,
        other_disclosure_id,
        other_value_low,
        other_value_high
    from {{ ref('int_response_conflicts') }}
    where status = 'differs'
    union all
    select
        other_comparison_value_id as comparison_value_id,
        disclosure_id as other_disclosure_id,
        value_low as other_value_low,
        value_high as other_value_high
    from {{ ref('int_response_conflicts') }}
    where status = 'differs'
),

contradictions as (
    select
        comparison_value_id,
        {{ sorted_list(
            "'contradicted by ' || other_disclosure_id || ', which prints ' || "
            ~ interval_text('other_value_low', 'other_value_high')
        ) }} as contradiction_reasons
    from conflicts
    group by comparison_value_id
),

-- One row per force: several answers to one request are held together by the widest bounds they leave.
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
        {{ sorted_list('comparison_values.disclosure_id') }} as disclosure_ids,
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
        bool_and(comparison_values.is_exact) as is_exact,
        count(distinct coalesce(disclosures.counting_method, '') || '|' || coalesce(disclosures.victim_scope, '')) > 1
            as is_mixed,
        min(disclosures.counting_method) as counting_method,
        min(disclosures.victim_scope) as victim_scope,
        min(disclosures.across_platforms) as across_platforms,
        bool_or(coalesce(disclosures.counting_searched, 'not stated') like 'not stated%') as is_search_unknown,
        bool_or(disclosures.kind = 'press_report') as is_press_reported,
        bool_or(disclosures.is_stale) as is_stale,
        bool_or(coalesce(platforms.is_pooled, false)) as is_pooled,
        {{ sorted_list('contradictions.contradiction_reasons') }} as contradiction_lists
    from comparison_values
    inner join disclosures
        on comparison_values.disclosure_id = disclosures.disclosure_id
    left join platforms
        on comparison_values.dimension = 'platform' and comparison_values.dimension_code = platforms.platform_id
    left join contradictions
        on comparison_values.comparison_value_id = contradictions.comparison_value_id
    group by all
),

grouped as (
    select
        *,
        concat_ws(
            ' · ',
            measure,
            coalesce(counting_method, 'method not stated'),
            'victims: ' || coalesce(victim_scope, 'not stated'),
            period_basis, case when is_pooled then 'platforms pooled: ' || value_origin end,
            case when dimension <> 'platform' and value_origin = 'derived_across_platforms' then 'over platforms' end,
            case when is_mixed then 'several methods' end,
            case when not is_exact then 'labels not equal to the code' end
        ) as comparison_group
    from by_force
),

sized as (
    select
        *,
        count(*) over (
            partition by
                request_id, dimension, dimension_code, measure, period_start_on, period_end_on, comparison_group
        ) as forces_alike
    from grouped
),

-- The main group of a cell is the one most forces are in; of two alike in size the first by name.
with_main as (
    select
        *,
        first_value(comparison_group) over main as main_group,
        first_value(counting_method) over main as main_method,
        first_value(victim_scope) over main as main_victim_scope
    from sized
    window main as (
        partition by request_id, dimension, dimension_code, measure, period_start_on, period_end_on
        order by forces_alike desc, comparison_group asc
        rows between unbounded preceding and unbounded following
    )
),

rated as (
    select
        with_main.*,
        with_main.comparison_group = with_main.main_group
        and not with_main.is_pooled
        and not with_main.is_mixed
        and with_main.is_exact
        and coalesce(with_main.counting_method, 'unknown') <> 'unknown' as is_in_main_group,
        100000.0 * with_main.value_low / nullif(populations.population, 0) as rate_low_per_100k,
        100000.0 * with_main.value_high / nullif(populations.population, 0) as rate_high_per_100k
    from with_main
    inner join forces
        on with_main.force_id = forces.force_id
    left join populations
        on
            forces.pfa_code = populations.pfa_code
            and populations.mid_year = {{ year_of('with_main.period_start_on') }}
            and {{ days_between('with_main.period_start_on', 'with_main.period_end_on') }} between 364 and 365
),

reasoned as (
    select
        *,
        is_pooled and value_origin = 'derived_across_platforms' as is_derived_pool,
        {{ without_nulls([
            "case when is_pooled and value_origin <> 'derived_across_platforms' then 'printed as one figure for several platforms: a record naming two of them may be counted once here and twice elsewhere' end",
            "case when is_pooled and value_origin = 'derived_across_platforms' then 'added up from platforms that may overlap: at least the largest, at most all together' end",
            "case when comparison_group <> main_group and counting_method is distinct from main_method then 'found by ' || coalesce(counting_method, 'a method not stated') || ', the others by ' || coalesce(main_method, 'a method not stated') end",
            "case when comparison_group <> main_group and victim_scope is distinct from main_victim_scope then 'victims in scope are ' || coalesce(victim_scope, 'not stated') || ', elsewhere ' || coalesce(main_victim_scope, 'not stated') end",
            "case when is_mixed then 'answers of this force were found by different methods or for different victims' end",
            "case when not is_exact then 'its labels are wider or narrower than the code, or fit it only roughly' end",
            "case when not is_pooled and coalesce(counting_method, 'unknown') = 'unknown' then 'how the records were found is not stated' end",
            "case when not is_pooled and is_exact and not is_mixed and comparison_group <> main_group and counting_method is not distinct from main_method and victim_scope is not distinct from main_victim_scope then 'counted as ' || comparison_group || ', the others as ' || main_group end"
        ]) }} as exclusions,
        {{ without_nulls([
            "case when is_ambiguous then 'answers of this force to this request differ; the bounds hold both' end",
            "case when is_press_reported then 'reported by the press; the answer of the force was not seen' end",
            "case when is_search_unknown then 'the field searched is not stated and may differ between forces' end",
            "case when dimension <> 'platform' and value_origin = 'derived_across_platforms' then 'records naming several platforms stand under each: at least the largest count, at most all together' end",
            "case when is_stale then 'from an earlier version of the answer: the current files have errors' end",
            "case when is_in_main_group and forces_alike = 1 then 'no other force gives a figure that counts the same' end",
            "case when is_in_main_group and rate_low_per_100k is null then 'no rate: no resident population for this force and period' end"
        ]) }} as caveats
    from rated
),

-- A rank is an interval too: others certainly above, and others possibly above. Equal figures share their rank.
ranked as (
    select
        reasoned.comparison_group,
        reasoned.request_id,
        reasoned.dimension,
        reasoned.dimension_code,
        reasoned.measure,
        reasoned.period_start_on,
        reasoned.period_end_on,
        reasoned.force_id,
        1 + count(others.force_id) filter (where others.rate_low_per_100k > reasoned.rate_high_per_100k) as rank_best,
        1 + count(others.force_id) filter (
            where coalesce(others.rate_high_per_100k, cast('infinity' as double)) > reasoned.rate_low_per_100k
        ) as rank_worst,
        1 + count(others.force_id) as forces_in_group
    from reasoned
    inner join reasoned as others
        on
            reasoned.request_id = others.request_id
            and reasoned.dimension = others.dimension
            and reasoned.dimension_code is not distinct from others.dimension_code
            and reasoned.measure = others.measure
            and reasoned.period_start_on = others.period_start_on
            and reasoned.period_end_on = others.period_end_on
            and reasoned.force_id <> others.force_id
            and others.is_in_main_group
            and others.rate_low_per_100k is not null
    where reasoned.is_in_main_group and reasoned.rate_low_per_100k is not null
    group by all
)

select
    {{ surrogate_key([
        'reasoned.request_id', 'reasoned.dimension', 'reasoned.dimension_code', 'reasoned.measure',
        'reasoned.period_start_on', 'reasoned.period_end_on', 'reasoned.force_id'
    ]) }} as comparison_id,
    reasoned.request_id,
    reasoned.dimension,
    reasoned.dimension_code,
    reasoned.measure,
    reasoned.period_start_on,
    reasoned.period_end_on,
    reasoned.period_basis,
    {{ period_label('reasoned.period_start_on', 'reasoned.period_end_on') }} as period_label,
    reasoned.force_id,
    reasoned.disclosure_ids,
    reasoned.value_low,
    reasoned.value_high,
    reasoned.value_origin,
    round(reasoned.rate_low_per_100k, 2) as rate_low_per_100k,
    round(reasoned.rate_high_per_100k, 2) as rate_high_per_100k,
    ranked.rank_best,
    ranked.rank_worst,
    coalesce(ranked.forces_in_group, case when reasoned.is_in_main_group then 1 end) as forces_in_group,
    reasoned.comparison_group,
    case
        when len(reasoned.exclusions) > case when reasoned.is_derived_pool then 1 else 0 end then 'not_comparable'
        when
            len(reasoned.exclusions) + len(reasoned.caveats) + len(reasoned.contradiction_lists) > 0
            then 'with_caveats'
        else 'comparable'
    end as comparability,
    {{ lists_joined(
        'reasoned.exclusions', lists_joined('flatten(reasoned.contradiction_lists)', 'reasoned.caveats')
    ) }} as reasons
from reasoned
left join ranked
    on
        reasoned.request_id = ranked.request_id
        and reasoned.dimension = ranked.dimension
        and reasoned.dimension_code is not distinct from ranked.dimension_code
        and reasoned.measure = ranked.measure
        and reasoned.period_start_on = ranked.period_start_on
        and reasoned.period_end_on = ranked.period_end_on
        and reasoned.force_id = ranked.force_id
