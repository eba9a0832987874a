-- Printed totals against the rows they add up.
with total_parts as (
    select * from {{ ref('int_total_parts') }}
    where parts_totalled_over is null
),

disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

summed as (
    select
        totals.disclosure_id,
        totals.disclosed_value_id,
        totals.force_id,
        total_parts.place,
        totals.value_low as total_low,
        totals.value_high as total_high,
        count(*) as parts_added,
        {{ sum_low('parts.value_low') }} as rows_low,
        {{ sum_high('parts.value_high') }} as rows_high
    from total_parts
    inner join disclosed_values as totals
        on total_parts.total_id = totals.disclosed_value_id
    inner join disclosed_values as parts
        on total_parts.part_id = parts.disclosed_value_id
    group by all
)

select
    'printed_total' as check_name,
    disclosure_id,
    disclosure_id as other_disclosure_id,
    force_id,
    place,
    'printed total' as left_label,
    total_low as left_low,
    total_high as left_high,
    'sum of its ' || cast(parts_added as varchar) || ' rows' as right_label,
    rows_low as right_low,
    rows_high as right_high,
    'A printed total should equal the rows above it; hidden cells leave room above the visible sum.' as explanation
from summed
