-- Answers against official statistics: what an answer counts is part of what was recorded, so it cannot be more. And
-- official statistics against each other: the classes of a group cannot be more than the group. Differences to be seen,
-- never corrections of either.
with answer_sums as (
    select * from {{ ref('int_answer_sums') }}
),

-- Of publications with the same count the first speaks for all, so that copies make no more pairs than there are
-- answers.
official as (
    select
        force_id,
        period_start_on,
        period_end_on,
        period_label,
        value_high,
        case when offence_code is null then 'group' else 'class' end as scope_level,
        coalesce(offence_code, offence_group) as scope,
        min(disclosure_id) as disclosure_id
    from {{ ref('fct_official_count') }}
    where count_basis = 'recorded' and period_end_on is not null
    group by all
),

class_sums as (
    select
        disclosure_id,
        force_id,
        count_basis,
        period_start_on,
        period_end_on,
        period_label,
        offence_group,
        count(distinct offence_code) as classes,
        {{ sum_low('value_low') }} as sum_low,
        {{ sum_high('value_high') }} as sum_high
    from {{ ref('fct_official_count') }}
    where offence_code is not null and count_basis in ('recorded', 'recorded_by_outcome')
    group by all
),

-- A period that reaches up to a month beyond the year leaves the upper end open: nobody knows what those days add.
compared as (
    select
        answer_sums.*,
        official.disclosure_id as other_disclosure_id,
        official.value_high as official_count,
        official.period_label as official_period,
        answer_sums.period_start_on >= official.period_start_on
        and answer_sums.period_end_on <= official.period_end_on as is_inside
    from answer_sums
    inner join official
        on
            answer_sums.force_id = official.force_id
            and answer_sums.scope_level = official.scope_level
            and answer_sums.scope = official.scope
            and answer_sums.period_start_on >= {{ add_days('official.period_start_on', -31) }}
            and answer_sums.period_end_on <= {{ add_days('official.period_end_on', 31) }}
            and answer_sums.period_start_on < official.period_end_on
            and answer_sums.period_end_on > official.period_start_on
    -- one class alone is put beside its class; its group would say less
    where
        official.scope_level = 'class'
        or len(answer_sums.offence_codes) > 1
        or answer_sums.figures_outside > 0
)

select
    'part_of_official_count' as check_name,
    disclosure_id,
    other_disclosure_id,
    force_id,
    table_name || ', ' || {{ period_label('period_start_on', 'period_end_on') }} || ', ' || scope as place,
    coalesce('offences of ' || nullif({{ list_text('offence_codes') }}, ''), 'no offence of the group') as left_label,
    sum_low as left_low,
    sum_high as left_high,
    'part of the ' || cast(official_count as varchar) || ' recorded in ' || official_period as right_label,
    0 as right_low,
    case when is_inside then official_count end as right_high,
    'What an answer counts is part of what was recorded in ' || case scope_level when 'class' then 'class ' else '' end
    || scope || ': it cannot be more.'
    || case
        when scope_level = 'group' and figures_outside > 0
            then ' Left out are ' || cast(figures_outside as varchar) || ' figures of offences outside the group.'
        else ''
    end
    || case when is_inside then '' else ' The periods differ by up to a month, so that no upper end is known.' end
        as explanation
from compared
union all
select
    'classes_of_official_group' as check_name,
    class_sums.disclosure_id,
    official.disclosure_id as other_disclosure_id,
    class_sums.force_id,
    class_sums.offence_group || ', ' || class_sums.period_label || ', ' || class_sums.count_basis as place,
    'sum of ' || cast(class_sums.classes as varchar) || ' classes' as left_label,
    class_sums.sum_low as left_low,
    class_sums.sum_high as left_high,
    'part of the ' || cast(official.value_high as varchar) || ' of the group' as right_label,
    0 as right_low,
    official.value_high as right_high,
    'The classes of a group are part of it: together they cannot be more, unless one table was made on a later day.'
        as explanation
from class_sums
inner join official
    on
        class_sums.force_id = official.force_id
        and class_sums.period_start_on = official.period_start_on
        and class_sums.period_end_on = official.period_end_on
        and official.scope_level = 'group'
        and class_sums.offence_group = official.scope
