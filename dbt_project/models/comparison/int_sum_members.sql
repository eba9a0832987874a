-- The equations between printed figures, one row per equation and figure: a printed total is the sum of its rows, and
-- two tables that an answer is declared to count alike have the same sum, printed or not, in every cell.
with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

-- A total over platforms adds up only where no record stands under two of them.
total_parts as (
    select total_parts.*
    from {{ ref('int_total_parts') }} as total_parts
    inner join {{ ref('dim_disclosure') }} as disclosures
        on total_parts.disclosure_id = disclosures.disclosure_id
    where
        disclosures.across_platforms in ('exclusive', 'not_applicable')
        or total_parts.totalled_over not like '%platform%'
),

total_members as (
    select
        total_id,
        part_id as node_id,
        parts_totalled_over,
        false as is_total,
        disclosure_id,
        table_no,
        place,
        totalled_over
    from total_parts
    union all
    select distinct
        total_id,
        total_id as node_id,
        parts_totalled_over,
        true as is_total,
        disclosure_id,
        table_no,
        place,
        totalled_over
    from total_parts
),

-- Both sides of a declared agreement have rows, or one figure, in the cell; totals of rows are left aside.
agreed_rows as (
    select
        *,
        {{ surrogate_key(['disclosure_id', 'reconciliation_no', 'force_id', 'cell']) }} as cell_id,
        count(distinct side) over (partition by disclosure_id, reconciliation_no, force_id, cell) as sides
    from {{ ref('int_reconciliation_rows') }}
    where sum_basis in ('rows', 'printed totals over ')
),

agreement_members as (
    select
        cell_id,
        side,
        sum_basis,
        disclosed_value_id as node_id,
        false as is_total,
        disclosure_id,
        reconciliation_no,
        cell,
        reason,
        value_low,
        value_high
    from agreed_rows
    where sides = 2
    union all
    select distinct
        cell_id,
        side,
        sum_basis,
        cell_id as node_id,
        true as is_total,
        disclosure_id,
        reconciliation_no,
        cell,
        reason,
        0 as value_low,
        cast(null as bigint) as value_high
    from agreed_rows
    where sides = 2
),

-- What tells nothing (a blank, a withheld figure) may or may not be in a total: room in that one equation, never a
-- number to be found from it.
members as (
    select
        {{ surrogate_key(['total_members.total_id', 'total_members.parts_totalled_over']) }} as constraint_id,
        {{ surrogate_key([
            'total_members.disclosure_id', 'total_members.table_no', 'total_members.totalled_over',
            'total_members.parts_totalled_over'
        ]) }} as family_id,
        'printed_total' as constraint_kind,
        total_members.node_id,
        total_members.is_total,
        total_members.disclosure_id,
        'printed total at ' || total_members.place as place,
        disclosed_values.value_low,
        disclosed_values.value_high
    from total_members
    inner join disclosed_values
        on total_members.node_id = disclosed_values.disclosed_value_id
    union all
    select
        {{ surrogate_key(['cell_id', 'side', 'sum_basis']) }} as constraint_id,
        {{ surrogate_key(['disclosure_id', 'reconciliation_no']) }} as family_id,
        'declared_agreement' as constraint_kind,
        node_id,
        is_total,
        disclosure_id,
        'declared agreement, ' || coalesce(nullif(cell, ''), 'overall') || ': ' || reason as place,
        value_low,
        value_high
    from agreement_members
)

select
    constraint_id,
    family_id,
    constraint_kind,
    case
        when value_low is null and value_high is null then {{ surrogate_key(['constraint_id', 'node_id']) }}
        else node_id
    end as node_id,
    node_id as figure_id,
    is_total,
    disclosure_id,
    place,
    coalesce(value_low, 0) as low,
    value_high as high
from members
