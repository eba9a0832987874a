-- Whole figures of two answers of one force for the same quantity: for the same period, for years that add up to a
-- longer period, and for periods that differ by up to a month. Of answers with the same figure the first speaks for
-- all, so that copies make no more pairs than there are answers. The same period of an offence with a code is compared
-- with all other cells of the answers (int_response_conflicts).
with figures as (
    select
        *,
        disclosure_id = min(disclosure_id) over (
            partition by
                force_id, measure, period_start_on, period_end_on, offence_scope, offence_key, victim_scope,
                counting_method, value_low, value_high
        ) as is_speaker
    from {{ ref('int_whole_figures') }}
),

pairs as (
    select
        longer.disclosure_id,
        shorter.disclosure_id as other_disclosure_id,
        longer.force_id,
        longer.measure,
        longer.has_code,
        longer.is_speaker,
        shorter.is_speaker as is_other_speaker,
        longer.period_start_on,
        longer.period_end_on,
        shorter.period_start_on as other_start_on,
        shorter.period_end_on as other_end_on,
        longer.value_low,
        longer.value_high,
        shorter.value_low as other_low,
        shorter.value_high as other_high
    from figures as longer
    inner join figures as shorter
        on
            longer.disclosure_id <> shorter.disclosure_id
            and longer.force_id = shorter.force_id
            and longer.measure = shorter.measure
            and longer.offence_scope = shorter.offence_scope
            and longer.offence_key = shorter.offence_key
            and longer.victim_scope is not distinct from shorter.victim_scope
            and longer.counting_method is not distinct from shorter.counting_method
            and longer.period_start_on <= shorter.period_start_on
            and longer.period_end_on >= shorter.period_end_on
            and (longer.is_speaker or shorter.is_speaker)
),

same_period as (
    select
        *,
        'figure_against_figure' as check_name,
        'One force, one offence, one period, found in the same way: both answers should give the same number.'
            as explanation
    from pairs
    where
        period_start_on = other_start_on
        and period_end_on = other_end_on
        and not has_code
        and is_other_speaker
        and not (is_speaker and disclosure_id > other_disclosure_id)
),

-- Years of one answer that leave no day of the longer period out.
added_years as (
    select
        disclosure_id,
        other_disclosure_id,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        period_start_on as other_start_on,
        period_end_on as other_end_on,
        value_low,
        value_high,
        {{ sum_low('other_low') }} as other_low,
        {{ sum_high('other_high') }} as other_high,
        'figure_against_its_years' as check_name,
        'The years of the one answer cover the period of the other without a gap: they should add to its figure.'
            as explanation
    from pairs
    where
        is_speaker
        and {{ days_between('other_start_on', 'other_end_on') }}
        < {{ days_between('period_start_on', 'period_end_on') }}
    group by
        disclosure_id, other_disclosure_id, force_id, measure, period_start_on, period_end_on, value_low, value_high
    having
        sum({{ days_between('other_start_on', 'other_end_on') }} + 1)
        = {{ days_between('period_start_on', 'period_end_on') }} + 1
),

-- The days that only the longer period has may hold any number.
nearly_same_period as (
    select
        disclosure_id,
        other_disclosure_id,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        other_start_on,
        other_end_on,
        value_low,
        value_high,
        other_low,
        cast(null as bigint) as other_high,
        'figure_against_shorter_period' as check_name,
        'The period of the one lies inside that of the other and is up to a month shorter: its figure cannot be higher.'
            as explanation
    from pairs
    where
        is_speaker
        and is_other_speaker
        and {{ days_between('other_start_on', 'other_end_on') }}
        < {{ days_between('period_start_on', 'period_end_on') }}
        and {{ days_between('period_start_on', 'period_end_on') }}
        - {{ days_between('other_start_on', 'other_end_on') }} <= 31
),

all_pairs as (
    select * from added_years
    union all
    select * from nearly_same_period
    union all
    select
        disclosure_id,
        other_disclosure_id,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        other_start_on,
        other_end_on,
        value_low,
        value_high,
        other_low,
        other_high,
        check_name,
        explanation
    from same_period
)

select
    check_name,
    disclosure_id,
    other_disclosure_id,
    force_id,
    measure || ', ' || {{ period_label('period_start_on', 'period_end_on') }} as place,
    disclosure_id || ', ' || {{ period_label('period_start_on', 'period_end_on') }} as left_label,
    value_low as left_low,
    value_high as left_high,
    other_disclosure_id || ', ' || {{ period_label('other_start_on', 'other_end_on') }} as right_label,
    other_low as right_low,
    other_high as right_high,
    explanation
from all_pairs
