{# What printed totals leave of the bounds of their parts, carried on until nothing changes: one recursive CTE.

   Reads `members`: constraint_id, node_id, is_total, system_id, low, high - one row per figure of an equation
   total = part + part + ...; every equation has one total, a figure may stand in many. Low is never empty, an empty
   high is open. Gives `settled` in the same shape with is_void and round_no.

   One round takes every equation once: the total lies between the sums of its parts, a part lies between what the total
   leaves when the other parts are as large, or as small, as they can be. Bounds only ever close, so the rounds end: when
   a round has changed nothing in a system (the answer whose equations may hang together) its bounds are a fixed point.
   Bounds that cross show that the equations cannot all be true; void spreads to every figure that hangs together with
   them. A system that has not come to rest after `most_rounds` is void as well: settled, or not used at all. #}
{% macro settled_bounds(members, most_rounds=500) -%}
settled as (
    select
        constraint_id,
        node_id,
        is_total,
        system_id,
        cast(low as bigint) as low,
        cast(high as bigint) as high,
        false as is_void,
        true as is_moving,
        0 as round_no
    from {{ members }}
    union all
    select
        constraint_id,
        node_id,
        is_total,
        system_id,
        new_low as low,
        new_high as high,
        new_void as is_void,
        bool_or(new_low <> low or new_high is distinct from high or new_void <> is_void)
            over (partition by system_id) as is_moving,
        round_no + 1 as round_no
    from (
        select
            *,
            is_void or met_void or coalesce(next_low > next_high, false)
            or (round_no >= {{ most_rounds }} and (next_low <> low or next_high is distinct from high)) as new_void,
            case when is_void then low else next_low end as new_low,
            case when is_void then high else next_high end as new_high
        from (
            select
                *,
                bool_or(constraint_void) over (partition by node_id) as met_void,
                greatest(low, coalesce(max(least_left) over (partition by node_id), low)) as next_low,
                {{ smaller_of('high', 'min(most_left) over (partition by node_id)') }} as next_high
            from (
                select
                    *,
                    {{ least_left() }} as least_left,
                    {{ most_left() }} as most_left
                from (
                    select
                        *,
                        {{ equation_sums() }},
                        bool_or(is_void) over (partition by constraint_id) as constraint_void
                    from settled
                    where is_moving
                ) as summed
            ) as left_over
        ) as closed
    ) as decided
)
{%- endmacro %}

{# The sums one equation gives, beside each of its figures. #}
{% macro equation_sums() -%}
    cast(sum(case when is_total then 0 else low end) over (partition by constraint_id) as bigint) as parts_low,
    cast(sum(case when is_total then 0 else coalesce(high, 0) end) over (partition by constraint_id) as bigint)
        as parts_high,
    sum(case when is_total or high is not null then 0 else 1 end) over (partition by constraint_id) as open_parts,
    max(case when is_total then low end) over (partition by constraint_id) as total_low,
    max(case when is_total then high end) over (partition by constraint_id) as total_high
{%- endmacro %}

{# The least a figure can be if its equation holds: a total at least its parts, a part what the others cannot fill. #}
{% macro least_left() -%}
    case
        when is_total then parts_low
        when open_parts = case when high is null then 1 else 0 end then total_low - (parts_high - coalesce(high, 0))
    end
{%- endmacro %}

{# The most it can be: a total at most its parts, a part what the others, at their least, leave of the total. #}
{% macro most_left() -%}
    case
        when not is_total then total_high - (parts_low - low)
        when open_parts = 0 then parts_high
    end
{%- endmacro %}

{# The smaller of two upper bounds; an empty one is open. #}
{% macro smaller_of(high, other_high) -%}
    least(coalesce({{ high }}, {{ other_high }}), coalesce({{ other_high }}, {{ high }}))
{%- endmacro %}
