-- What each table of a declared reconciliation adds up to, at the roles both sides must agree on: by its rows, and
-- once more by each set of its printed totals.
with reconciliation_rows as (
    select * from {{ ref('int_reconciliation_rows') }}
)

select
    disclosure_id,
    reconciliation_no,
    side,
    table_name,
    reason,
    force_id,
    cell,
    case when sum_basis = 'printed totals over ' then 'figure' else sum_basis end as sum_basis,
    {{ sum_low('value_low') }} as sum_low,
    {{ sum_high('value_high') }} as sum_high
from reconciliation_rows
group by all
