-- Every disclosed value with its bounds as printed and as printed totals leave them, and which totals those are.
with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

settled as (
    select
        node_id,
        max(settled_low) as settled_low,
        max(settled_high) as settled_high,
        bool_or(is_void) as is_contradicted,
        {{ sorted_list('case when is_binding then place end') }} as tightened_by
    from {{ ref('int_sum_bounds') }}
    group by node_id
)

select
    disclosed_values.disclosed_value_id,
    disclosed_values.disclosure_id,
    disclosed_values.table_no,
    disclosed_values.locator,
    disclosed_values.value_text,
    disclosed_values.value_low,
    disclosed_values.value_high,
    case
        when settled.is_contradicted is null or settled.is_contradicted then disclosed_values.value_low
        else settled.settled_low
    end as tightened_low,
    case
        when settled.is_contradicted is null or settled.is_contradicted then disclosed_values.value_high
        else settled.settled_high
    end as tightened_high,
    coalesce(settled.is_contradicted, false) as is_contradicted,
    coalesce(settled.tightened_by, []) as tightened_by
from disclosed_values
left join settled
    on disclosed_values.disclosed_value_id = settled.node_id
