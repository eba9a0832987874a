-- The bounds that printed totals leave, by equation: closed to a fixed point. Totals that cannot be true close nothing.
with recursive all_members as (
    select * from {{ ref('int_sum_members') }}
),

sums as (
    select
        constraint_id,
        family_id,
        max(case when is_total then node_id end) as total_id,
        max(case when is_total then low end) as total_low,
        max(case when is_total then high end) as total_high,
        {{ sum_low('case when not is_total then low end') }} as parts_low,
        cast(case
            when count(*) filter (where not is_total) = count(high) filter (where not is_total)
                then sum(high) filter (where not is_total)
        end as bigint) as parts_high,
        bool_or(high is null or low <> high) as is_open
    from all_members
    group by constraint_id, family_id
),

-- What all equations for one sum leave of it.
sums_met as (
    select
        family_id,
        max(greatest(total_low, parts_low)) as least,
        min({{ smaller_of('total_high', 'parts_high') }}) as most
    from sums
    group by family_id, total_id
),

-- One wrong total makes every total printed the same way suspect: a Sum row that reads '*' as 0 does so in each
-- column, also where no figure shows it. None of them is used.
trusted as (
    select family_id
    from sums_met
    group by family_id
    having bool_and(coalesce(least <= most, true))
),

members as (
    select
        all_members.constraint_id,
        all_members.node_id,
        all_members.is_total,
        all_members.disclosure_id as system_id,
        all_members.low,
        all_members.high
    from all_members
    inner join sums
        on all_members.constraint_id = sums.constraint_id
    inner join trusted
        on sums.family_id = trusted.family_id
    where sums.is_open
),

{{ settled_bounds('members') }},

last_round as (
    select * from settled
    where not is_moving
),

-- At the fixed point every equation is taken once more, to say which of them give the bounds.
retaken as (
    select
        *,
        {{ least_left() }} as least_left,
        {{ most_left() }} as most_left
    from (
        select
            *,
            {{ equation_sums() }}
        from last_round
    ) as summed
)

select
    retaken.constraint_id,
    retaken.node_id,
    all_members.figure_id,
    all_members.disclosure_id,
    all_members.constraint_kind,
    all_members.place,
    retaken.is_total,
    all_members.low as printed_low,
    all_members.high as printed_high,
    retaken.low as settled_low,
    retaken.high as settled_high,
    retaken.is_void,
    retaken.round_no,
    not retaken.is_void
    and (
        coalesce(retaken.low > all_members.low and retaken.least_left = retaken.low, false)
        or coalesce(
            (all_members.high is null or retaken.high < all_members.high) and retaken.most_left = retaken.high, false
        )
    ) as is_binding
from retaken
inner join all_members
    on retaken.constraint_id = all_members.constraint_id and retaken.node_id = all_members.node_id
