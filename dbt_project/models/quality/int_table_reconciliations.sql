-- Table against table inside one answer, as its disclosure.yml declares: every sum of the one against every sum of
-- the other.
with table_sums as (
    select * from {{ ref('int_table_sums') }}
),

left_sums as (
    select * from table_sums
    where side = 'left'
),

right_sums as (
    select * from table_sums
    where side = 'right'
),

right_bases as (
    select distinct
        disclosure_id,
        reconciliation_no,
        table_name,
        sum_basis
    from right_sums
),

left_bases as (
    select distinct
        disclosure_id,
        reconciliation_no,
        table_name,
        sum_basis,
        reason
    from left_sums
),

cells as (
    select distinct
        disclosure_id,
        reconciliation_no,
        force_id,
        cell
    from table_sums
),

-- A cell that only one side has stands against a zero sum of no rows, which is a difference to be seen.
compared as (
    select
        cells.disclosure_id,
        cells.force_id,
        cells.cell,
        left_bases.reason,
        left_bases.table_name || ' (' || left_bases.sum_basis || ')' as left_label,
        coalesce(left_sums.sum_low, 0) as left_low,
        case when left_sums.cell is null then 0 else left_sums.sum_high end as left_high,
        right_bases.table_name || ' (' || right_bases.sum_basis || ')' as right_label,
        coalesce(right_sums.sum_low, 0) as right_low,
        case when right_sums.cell is null then 0 else right_sums.sum_high end as right_high
    from cells
    inner join left_bases
        on cells.disclosure_id = left_bases.disclosure_id and cells.reconciliation_no = left_bases.reconciliation_no
    inner join right_bases
        on cells.disclosure_id = right_bases.disclosure_id and cells.reconciliation_no = right_bases.reconciliation_no
    left join left_sums
        on
            cells.disclosure_id = left_sums.disclosure_id
            and cells.reconciliation_no = left_sums.reconciliation_no
            and cells.cell = left_sums.cell
            and cells.force_id is not distinct from left_sums.force_id
            and left_bases.sum_basis = left_sums.sum_basis
    left join right_sums
        on
            cells.disclosure_id = right_sums.disclosure_id
            and cells.reconciliation_no = right_sums.reconciliation_no
            and cells.cell = right_sums.cell
            and cells.force_id is not distinct from right_sums.force_id
            and right_bases.sum_basis = right_sums.sum_basis
)

select
    'table_against_table' as check_name,
    disclosure_id,
    disclosure_id as other_disclosure_id,
    force_id,
    cell as place,
    left_label,
    left_low,
    left_high,
    right_label,
    right_low,
    right_high,
    'They should agree: ' || reason || '.' as explanation
from compared
