-- Every disclosed value with all its codes: the landing row, read.
with disclosed_values as (
    select * from {{ ref('stg_disclosed_values') }}
),

tables as (
    select * from {{ ref('stg_tables') }}
),

labels as (
    select * from {{ ref('int_labels') }}
),

bounds as (
    select * from {{ ref('int_bounds') }}
),

periods as (
    select * from {{ ref('int_period_texts') }}
),

offences as (
    select * from {{ ref('int_offences') }}
),

outcomes as (
    select * from {{ ref('int_outcomes') }}
),

platforms as (
    select * from {{ ref('int_platforms') }}
    where label_origin = 'answer'
),

victims as (
    select * from {{ ref('int_victims') }}
),

label_uses as (
    select * from {{ ref('int_label_uses') }}
)

-- A heading that only says 'total' is neither an offence nor an outcome.
select
    disclosed_values.disclosed_value_id,
    disclosed_values.disclosure_id,
    disclosed_values.table_name,
    disclosed_values.table_no,
    disclosed_values.row_no,
    disclosed_values.locator,
    label_uses.force_id,
    case
        when labels.measure_label in ({{ measure_list() }}) then labels.measure_label
        else tables.measure
    end as measure,
    disclosed_values.period_text,
    periods.period_start_on,
    periods.period_end_on,
    periods.period_basis,
    disclosed_values.platform_text,
    platforms.platform_id,
    case
        when not {{ list_holds('labels.heading_roles', "'offence'") }} then disclosed_values.offence_text
    end as offence_text,
    offences.offence_code,
    offences.offence_mapping,
    case
        when not {{ list_holds('labels.heading_roles', "'outcome'") }} then disclosed_values.outcome_text
    end as outcome_text,
    outcomes.outcome_code,
    outcomes.outcome_mapping,
    coalesce(
        disclosed_values.victim_text,
        nullif(concat_ws(' | ', disclosed_values.victim_sex_text, disclosed_values.victim_age_text), '')
    ) as victim_text,
    victims.victim_sex,
    victims.victim_age_low,
    victims.victim_age_high,
    disclosed_values.other_dims,
    disclosed_values.value_text,
    bounds.value_low,
    bounds.value_high,
    bounds.value_status,
    disclosed_values.is_total,
    disclosed_values.is_record,
    labels.totalled_roles,
    tables.is_partial,
    bounds.bounds_rule,
    offences.offence_rule,
    outcomes.outcome_rule,
    offences.printed_code_conflict as offence_conflict,
    outcomes.printed_code_conflict as outcome_conflict,
    platforms.platform_rule
from disclosed_values
inner join tables
    on
        disclosed_values.disclosure_id = tables.disclosure_id
        and disclosed_values.table_no = tables.table_no
inner join labels
    on disclosed_values.disclosed_value_id = labels.disclosed_value_id
inner join label_uses
    on disclosed_values.disclosed_value_id = label_uses.disclosed_value_id
inner join bounds
    on disclosed_values.disclosed_value_id = bounds.disclosed_value_id
left join periods
    on
        labels.period_label = periods.period_text
        and labels.declared_period_basis is not distinct from periods.declared_period_basis
left join offences
    on
        labels.offence_label = offences.offence_label
        and label_uses.force_id is not distinct from offences.force_id
        and label_uses.period_start_on is not distinct from offences.period_start_on
left join outcomes
    on
        labels.outcome_label = outcomes.outcome_label
        and label_uses.force_id is not distinct from outcomes.force_id
        and label_uses.period_start_on is not distinct from outcomes.period_start_on
left join platforms
    on
        labels.platform_label = platforms.platform_label
        and label_uses.force_id is not distinct from platforms.force_id
        and label_uses.period_start_on is not distinct from platforms.period_start_on
left join victims
    on
        labels.victim_label is not distinct from victims.victim_label
        and labels.victim_sex_label is not distinct from victims.victim_sex_label
        and labels.victim_age_label is not distinct from victims.victim_age_label
