-- Which values may be compared: rates and ranks inside the main group of a cell, and for everything else the reasons in
-- words, each with its code. All dimensions at once; cmp_* only pick theirs.
with standing as (
    select * from {{ ref('int_comparison_standing') }}
),

baselines as (
    select * from {{ ref('int_official_baselines') }}
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

values_of as (
    select
        comparison_id,
        {{ explode('comparison_value_ids') }} as comparison_value_id
    from standing
),

contradictions as (
    select
        values_of.comparison_id,
        {{ sorted_list(
            "'contradicted by ' || conflicts.other_disclosure_id || ', which gives ' || "
            ~ interval_text('conflicts.other_value_low', 'conflicts.other_value_high')
        ) }} as contradictions
    from values_of
    inner join conflicts
        on values_of.comparison_value_id = conflicts.comparison_value_id
    group by values_of.comparison_id
),

rated as (
    select
        comparison_id,
        rate_low,
        rate_high,
        {{ surrogate_key([
            'request_id', 'dimension', 'dimension_code', 'measure', 'period_start_on', 'period_end_on'
        ]) }} as cell_id
    from standing
    where is_in_main_group and rate_low is not null
),

{{ interval_ranks('rated') }},

{% set is_derived_pool = "is_pooled and value_origin = 'derived_across_platforms'" %}
{% set same_group = "comparison_group = main_group" %}
{% set exclusions = [
    ['pooled_platforms', "is_pooled and value_origin <> 'derived_across_platforms'",
        "'printed as one figure for several platforms: a record naming two of them may be counted once here and twice elsewhere'"],
    ['added_platforms', is_derived_pool,
        "'added up from platforms that may overlap: at least the largest, at most all together'"],
    ['no_code', "has_no_code",
        "case dimension when 'outcome' then 'labels that are no outcome, or have no code' else 'labels without a code may stand for different things' end"],
    ['not_an_outcome', "is_open_case", "'open cases: not an outcome yet'"],
    ['code_not_in_force', "code_from_on > period_end_on or code_to_on < period_start_on",
        "coalesce('the code exists only from ' || cast(case when code_from_on > period_end_on then code_from_on end as varchar), 'the code exists only until ' || cast(code_to_on as varchar))"],
    ['part_of_class', "is_part_of_class", "'gives only ' || " ~ list_text('finer_codes') ~ " || ' of class ' || dimension_code"],
    ['measure', "is_outnumbered and larger_measure <> measure",
        "'counts ' || measure || ', most forces ' || larger_measure"],
    ['period_basis', "is_outnumbered and larger_measure = measure and larger_basis is distinct from period_basis",
        "'counted over ' || " ~ basis_words('period_basis') ~ " || ', most forces over ' || " ~ basis_words('larger_basis')],
    ['period_length', "is_outnumbered and larger_measure = measure and larger_basis is not distinct from period_basis",
        "'counted over ' || " ~ period_label('period_start_on', 'period_end_on') ~ " || ', most forces over ' || " ~ period_label('larger_start_on', 'larger_end_on')],
    ['method', "not " ~ same_group ~ " and counting_method is distinct from main_method",
        "'found by ' || coalesce(counting_method, 'a method not stated') || ', the others by ' || coalesce(main_method, 'a method not stated')"],
    ['victim_scope', "not " ~ same_group ~ " and victim_scope is distinct from main_victim_scope",
        "'victims in scope are ' || coalesce(victim_scope, 'not stated') || ', elsewhere ' || coalesce(main_victim_scope, 'not stated')"],
    ['date_basis', "date_basis <> main_date_basis",
        "'counted by the date ' || date_basis || ', the others by the date ' || main_date_basis"],
    ['restricted', "not " ~ same_group ~ " and restricted_to is distinct from main_restricted_to",
        "case when restricted_to is null then 'counts all of them' else 'counts only ' || restricted_to end || ', the others ' || case when main_restricted_to is null then 'all of them' else 'only ' || main_restricted_to end"],
    ['jurisdiction', "not " ~ same_group ~ " and jurisdiction is distinct from main_jurisdiction",
        "'recorded under the rules of ' || jurisdiction || ', the others of ' || main_jurisdiction"],
    ['open_cases', "not " ~ same_group ~ " and has_open_cases is distinct from main_has_open_cases",
        "case when has_open_cases then 'its table lists open cases' when not has_open_cases then 'its table leaves out open cases' else 'its table may hold open cases under other labels' end || case when main_has_open_cases then ', the others list them' when not main_has_open_cases then ', the others leave them out' else ', the others may hold them under other labels' end"],
    ['one_platform_each', "not " ~ same_group ~ " and not is_pooled and (across_platforms_rule = 'exclusive') <> (main_across_platforms_rule = 'exclusive')",
        "case when across_platforms_rule = 'exclusive' then 'each record stands under one platform only, elsewhere under all it names' else 'a record stands under all platforms it names, elsewhere under one only' end"],
    ['mixed_methods', "is_mixed", "'answers of this force were found by different methods or for different victims'"],
    ['mapping', "not is_exact", "'its labels are wider or narrower than the code, or fit it only roughly'"],
    ['method_unknown', "not is_pooled and coalesce(counting_method, 'unknown') = 'unknown'",
        "'how the records were found is not stated'"],
    ['counted_otherwise', "not " ~ same_group ~ " and not is_pooled and is_exact and not is_mixed and counting_method is not distinct from main_method and victim_scope is not distinct from main_victim_scope and restricted_to is not distinct from main_restricted_to and jurisdiction is not distinct from main_jurisdiction and has_open_cases is not distinct from main_has_open_cases and across_platforms_rule = main_across_platforms_rule",
        "'counted as ' || comparison_group || ', the others as ' || main_group"]
] %}
{% set caveats = [
    ['answers_differ', "is_ambiguous", "'answers of this force to this request differ; the bounds hold both'"],
    ['platforms_rule_unknown', "across_platforms_rule = 'unknown' and is_any_repeated and not is_pooled",
        "'whether a record naming several platforms stands under each is not stated; elsewhere it does'"],
    ['tables_differ', "has_differing_tables", "'tables of this answer contradict each other; the bounds hold both'"],
    ['unmapped_platforms', "has_unmapped_platforms",
        "'its table has figures under a platform label without a code, which may count here too'"],
    ['press_reported', "is_press_reported", "'reported by the press; the answer of the force was not seen'"],
    ['search_unknown', "is_search_unknown", "'the field searched is not stated and may differ between forces'"],
    ['over_platforms', "dimension <> 'platform' and value_origin = 'derived_across_platforms'",
        "'records naming several platforms stand under each: at least the largest count, at most all together'"],
    ['added_from_finer', "is_rolled_up and not is_part_of_class and dimension_code <> '" ~ sexual_offences_group() ~ "'",
        "'added up from ' || case dimension when 'victim' then 'narrower groups of victims' else " ~ list_text('finer_codes') ~ " end || case when dimension = 'victim' and value_high is null then '; ages not printed may hold more' else '; what is not printed counts as none' end"],
    ['finer_beside_it', "has_class_beside_sub_codes",
        "'the table prints it and finer parts of it: these may be within it or beside it'"],
    ['left_out_of_group', "left_out_high > 0",
        "'without ' || " ~ interval_text('left_out_low', 'left_out_high') ~ " || ' recorded outside the Home Office sexual offences group: ' || " ~ list_text('left_out_codes')],
    ['part_of_period', "code_from_on > period_start_on and code_from_on <= period_end_on",
        "'the code exists only from ' || cast(code_from_on as varchar) || ', inside the period'"],
    ['coarser_grain', "coarser_code is not null and coarser_forces > 1",
        "'not every force is this fine: ' || " ~ code_in_words('dimension', 'coarser_code') ~ " || ' is what they share'"],
    ['stale', "is_stale", "'from an earlier version of the answer: the current files have errors'"],
    ['alone', "is_in_main_group and forces_alike = 1", "'no other force gives a figure that counts the same'"],
    ['no_official_share', "len(outside_codes) > 0",
        "'no share of the official count: it leaves out ' || " ~ list_text('outside_codes')],
    ['no_rate', "is_in_main_group and rate_low is null",
        "'no rate: ' || coalesce(no_rate_note, 'no resident population for this force and period')"]
] %}

measured as (
    select
        standing.*,
        baselines.official_code,
        baselines.official_disclosure_id,
        baselines.official_value_low,
        baselines.official_value_high,
        baselines.outside_codes,
        len(coalesce(baselines.outside_codes, [])) = 0 as has_official_share,
        coalesce(contradictions.contradictions, []) as contradictions
    from standing
    left join contradictions
        on standing.comparison_id = contradictions.comparison_id
    left join baselines
        on
            standing.measure = 'offences'
            and standing.request_id = baselines.request_id
            and standing.dimension = baselines.dimension
            and standing.dimension_code is not distinct from baselines.dimension_code
            and standing.force_id = baselines.force_id
            and standing.period_start_on = baselines.period_start_on
            and standing.period_end_on = baselines.period_end_on
),

reasoned as (
    select
        *,
        {{ reasons_where(exclusions) }} as exclusions,
        {{ reason_codes_where(exclusions) }} as exclusion_codes,
        {{ reasons_where(caveats) }} as caveats,
        {{ reason_codes_where(caveats) }} as caveat_codes
    from measured
)

select
    reasoned.comparison_id,
    reasoned.request_id,
    reasoned.dimension,
    reasoned.dimension_code,
    reasoned.grain,
    reasoned.is_common_grain,
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
    round(reasoned.rate_low, 2) as rate_low_per_100k,
    round(reasoned.rate_high, 2) as rate_high_per_100k,
    round(reasoned.under_18_rate_low, 2) as under_18_rate_low_per_100k,
    round(reasoned.under_18_rate_high, 2) as under_18_rate_high_per_100k,
    reasoned.is_under_18_proxy,
    ranked.rank_best,
    ranked.rank_worst,
    coalesce(ranked.forces_in_group, case when reasoned.is_in_main_group then 1 end) as forces_in_group,
    reasoned.comparison_group,
    case
        when len(reasoned.exclusions) > case when {{ is_derived_pool }} then 1 else 0 end then 'not_comparable'
        when
            len(reasoned.exclusions) + len(reasoned.caveats) + len(reasoned.contradictions) > 0
            then 'with_caveats'
        else 'comparable'
    end as comparability,
    {{ lists_joined('reasoned.exclusions', lists_joined('reasoned.contradictions', 'reasoned.caveats')) }} as reasons,
    {{ lists_joined(
        'reasoned.exclusion_codes',
        lists_joined(same_for_each('reasoned.contradictions', 'contradicted'), 'reasoned.caveat_codes')
    ) }} as reason_codes,
    reasoned.official_code,
    reasoned.official_disclosure_id,
    reasoned.official_value_low,
    reasoned.official_value_high,
    case
        when reasoned.has_official_share
            then round({{ share_low('reasoned.value_low', 'reasoned.official_value_high') }}, 4)
    end as official_share_low,
    case
        when reasoned.has_official_share
            then round({{ share_high('reasoned.value_high', 'reasoned.official_value_low') }}, 4)
    end as official_share_high
from reasoned
left join ranked
    on reasoned.comparison_id = ranked.comparison_id
