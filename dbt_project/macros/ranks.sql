{# A rank is an interval too: others certainly above, and others possibly above; equal figures share their rank. Both are
   counts of others whose bound lies above one's own, found in one sorted pass instead of by pairs.

   Reads `rated`: comparison_id, cell_id, rate_low, rate_high (empty: open). Gives `ranked`: comparison_id, rank_best,
   rank_worst, forces_in_group. One force alone has no rank. #}
{% macro interval_ranks(rated) -%}
-- at each bound asked about: how many lows, and how many highs, in the cell are not above it
rank_points as (
    select cell_id, comparison_id, 'own_high' as point, {{ open_rate('rate_high') }} as at_rate, 0 as lows, 0 as highs
    from {{ rated }}
    union all
    select cell_id, comparison_id, 'own_low' as point, rate_low as at_rate, 0 as lows, 0 as highs
    from {{ rated }}
    union all
    select cell_id, null as comparison_id, 'low' as point, rate_low as at_rate, 1 as lows, 0 as highs
    from {{ rated }}
    union all
    select cell_id, null as comparison_id, 'high' as point, {{ open_rate('rate_high') }} as at_rate, 0 as lows, 1 as highs
    from {{ rated }}
),

points_counted as (
    select
        comparison_id,
        point,
        sum(lows) over (partition by cell_id) - sum(lows) over upwards as lows_above,
        sum(highs) over (partition by cell_id) - sum(highs) over upwards as highs_above,
        sum(lows) over (partition by cell_id) as forces_in_cell
    from rank_points
    window upwards as (
        partition by cell_id order by at_rate range between unbounded preceding and current row
    )
),

-- one's own high lies above one's own low wherever the figure is not exact
ranked as (
    select
        asked.comparison_id,
        cast(1 + max(case when points_counted.point = 'own_high' then points_counted.lows_above end) as bigint)
            as rank_best,
        cast(
            1 + max(case when points_counted.point = 'own_low' then points_counted.highs_above end)
            - max(case when {{ open_rate('asked.rate_high') }} > asked.rate_low then 1 else 0 end) as bigint
        ) as rank_worst,
        cast(max(points_counted.forces_in_cell) as bigint) as forces_in_group
    from points_counted
    inner join {{ rated }} as asked
        on points_counted.comparison_id = asked.comparison_id
    group by asked.comparison_id
    having max(points_counted.forces_in_cell) > 1
)
{%- endmacro %}

{% macro open_rate(rate) -%}
    coalesce({{ rate }}, cast('infinity' as double))
{%- endmacro %}
