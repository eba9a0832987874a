-- Figures that should agree, side by side with their difference: findings, never corrections.
with printed_totals as (
    select * from {{ ref('int_total_reconciliations') }}
),

tables_compared as (
    select * from {{ ref('int_table_reconciliations') }}
),

responses_compared as (
    select
        'answer_against_answer' as check_name,
        disclosure_id,
        other_disclosure_id,
        force_id,
        dimension_code || ', ' || {{ period_label('period_start_on', 'period_end_on') }} as place,
        disclosure_id as left_label,
        value_low as left_low,
        value_high as left_high,
        other_disclosure_id as right_label,
        other_value_low as right_low,
        other_value_high as right_high,
        'Two answers of one force give '
        || measure
        || ' for the same cell, found by the same kind of search.' as explanation
    from {{ ref('int_response_conflicts') }}
),

tables_of_one_cell as (
    select
        'table_of_same_cell' as check_name,
        disclosure_id,
        disclosure_id as other_disclosure_id,
        force_id,
        dimension_code || ', ' || {{ period_label('period_start_on', 'period_end_on') }} as place,
        'table ' || table_no as left_label,
        printed_low as left_low,
        printed_high as left_high,
        'table ' || {{ list_text('differing_table_nos') }} as right_label,
        differing_low as right_low,
        differing_high as right_high,
        'Tables of one answer give ' || measure || ' for the same ' || dimension || '.' as explanation
    from {{ ref('int_comparison_values') }}
    where value_origin <> 'derived_across_platforms' and len(differing_table_nos) > 0
),

official_compared as (
    select * from {{ ref('int_official_reconciliations') }}
),

figures_compared as (
    select * from {{ ref('int_figure_reconciliations') }}
),

all_checks as (
    select * from printed_totals
    union all
    select * from tables_compared
    union all
    select * from tables_of_one_cell
    union all
    select * from responses_compared
    union all
    select * from figures_compared
    union all
    select * from official_compared
)

select
    {{ surrogate_key([
        'check_name', 'disclosure_id', 'other_disclosure_id', 'force_id', 'place', 'left_label', 'right_label',
        'explanation'
    ]) }} as reconciliation_id,
    check_name,
    {{ interval_status('left_low', 'left_high', 'right_low', 'right_high') }} as status,
    disclosure_id,
    other_disclosure_id,
    force_id,
    place,
    left_label,
    cast(left_low as bigint) as left_low,
    cast(left_high as bigint) as left_high,
    right_label,
    cast(right_low as bigint) as right_low,
    cast(right_high as bigint) as right_high,
    cast(left_low - right_high as bigint) as difference_low,
    cast(left_high - right_low as bigint) as difference_high,
    explanation
from all_checks
