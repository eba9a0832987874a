-- The figures that each table of a declared reconciliation adds up, with the cell both sides must agree at.
with reconciliations as (
    select * from {{ ref('stg_reconciliations') }}
),

disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

implied_zeros as (
    select * from {{ ref('int_implied_zeros') }}
),

sides as (
    select
        disclosure_id,
        reconciliation_no,
        'left' as side,
        left_table as table_name,
        on_roles,
        reason
    from reconciliations
    union all
    select
        disclosure_id,
        reconciliation_no,
        'right' as side,
        right_table as table_name,
        on_roles,
        reason
    from reconciliations
),

all_values as (
    select
        disclosed_value_id,
        disclosure_id,
        table_name,
        force_id,
        period_start_on,
        period_end_on,
        platform_id,
        coalesce(offence_code, offence_text) as offence_key,
        coalesce(outcome_code, outcome_text) as outcome_key,
        victim_sex,
        victim_age_low,
        victim_age_high,
        value_low,
        value_high,
        is_total,
        case when is_total then 'printed totals over ' || {{ list_text('totalled_roles') }} else 'rows' end
            as sum_basis,
        totalled_roles
    from disclosed_values
    union all
    select
        disclosed_value_id,
        disclosure_id,
        table_name,
        force_id,
        period_start_on,
        period_end_on,
        platform_id,
        offence_text as offence_key,
        null as outcome_key,
        null as victim_sex,
        null as victim_age_low,
        null as victim_age_high,
        0 as value_low,
        0 as value_high,
        false as is_total,
        'rows' as sum_basis,
        [] as totalled_roles
    from implied_zeros
)

select
    sides.disclosure_id,
    sides.reconciliation_no,
    sides.side,
    sides.table_name,
    sides.reason,
    all_values.disclosed_value_id,
    all_values.force_id,
    all_values.sum_basis,
    all_values.value_low,
    all_values.value_high,
    concat_ws(
        ', ',
        case when {{ list_holds('sides.on_roles', "'platform'") }} then coalesce(all_values.platform_id, '?') end,
        case when {{ list_holds('sides.on_roles', "'offence'") }} then coalesce(all_values.offence_key, '?') end,
        case when {{ list_holds('sides.on_roles', "'outcome'") }} then coalesce(all_values.outcome_key, '?') end,
        case
            when {{ list_holds('sides.on_roles', "'period'") }}
                then coalesce({{ period_label('all_values.period_start_on', 'all_values.period_end_on') }}, '?')
        end,
        case when {{ list_holds('sides.on_roles', "'victim_sex'") }} then coalesce(all_values.victim_sex, '?') end,
        case when {{ list_holds('sides.on_roles', "'force'") }} then coalesce(all_values.force_id, '?') end
    ) as cell
from sides
inner join all_values
    on
        sides.disclosure_id = all_values.disclosure_id
        and sides.table_name = all_values.table_name
where len(list_intersect(sides.on_roles, all_values.totalled_roles)) = 0
