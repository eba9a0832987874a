-- What official statistics say: the plain counts of their disclosures, the baseline beside which an answer is put.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
),

official as (
    select disclosure_id from {{ ref('dim_disclosure') }}
    where kind = 'official_statistics'
),

offences as (
    select * from {{ ref('dim_offence') }}
),

-- A figure of a whole group has no code: it prints the group's name.
offence_groups as (
    select distinct
        offence_group,
        {{ normalised_label('offence_group') }} as clean_label
    from offences
),

-- One victim group or one platform out of many is no count of the offence.
plain_counts as (
    select disclosed_values.*
    from disclosed_values
    inner join official
        on disclosed_values.disclosure_id = official.disclosure_id
    where
        disclosed_values.force_id is not null
        and disclosed_values.period_start_on is not null
        and disclosed_values.value_low is not null
        and not disclosed_values.is_total
        and disclosed_values.platform_text is null
        and disclosed_values.victim_text is null
        and {{ map_text('disclosed_values.other_dims') }} = {{ map_text(empty_map()) }}
)

select
    plain_counts.disclosed_value_id as official_count_id,
    plain_counts.disclosure_id,
    plain_counts.force_id,
    plain_counts.measure,
    case
        when plain_counts.measure = 'outcomes' then 'outcomes_in_period'
        when plain_counts.outcome_text is not null then 'recorded_by_outcome'
        else 'recorded'
    end as count_basis,
    plain_counts.period_start_on,
    plain_counts.period_end_on,
    plain_counts.period_basis,
    {{ period_label('plain_counts.period_start_on', 'plain_counts.period_end_on') }} as period_label,
    coalesce(offences.offence_group, offence_groups.offence_group) as offence_group,
    plain_counts.offence_code,
    plain_counts.outcome_code,
    plain_counts.value_low,
    plain_counts.value_high
from plain_counts
left join offences
    on plain_counts.offence_code = offences.offence_code
left join offence_groups
    on {{ normalised_label('plain_counts.offence_text') }} = offence_groups.clean_label
-- a label that is neither an offence nor a whole group is no baseline for anything
where coalesce(offences.offence_group, offence_groups.offence_group) is not null
