{# Sums of intervals. A value without a lower bound adds nothing to the lower bound, since a count cannot be negative;
   a value without an upper bound leaves the sum without one. #}

{% macro sum_low(low) -%}
    cast(coalesce(sum({{ low }}), 0) as bigint)
{%- endmacro %}

{% macro sum_high(high) -%}
    cast(case when count(*) = count({{ high }}) then sum({{ high }}) end as bigint)
{%- endmacro %}

{# The number of distinct records behind counts that may overlap: at least the largest, at most all together.
   exclusive: records stand once, so the counts add. #}
{% macro overlapping_low(low, is_exclusive) -%}
    cast(case when bool_and({{ is_exclusive }}) then coalesce(sum({{ low }}), 0) else coalesce(max({{ low }}), 0) end as bigint)
{%- endmacro %}

{# Whether two intervals share a point; a missing bound is open. #}
{% macro intervals_meet(left_low, left_high, right_low, right_high) -%}
    (coalesce({{ left_low }}, 0) <= coalesce({{ right_high }}, 9223372036854775807)
        and coalesce({{ right_low }}, 0) <= coalesce({{ left_high }}, 9223372036854775807))
{%- endmacro %}

{# agrees: the same exact figure; consistent: both may be true; differs: they cannot both be true. #}
{% macro interval_status(left_low, left_high, right_low, right_high) -%}
    case
        when {{ left_low }} = {{ left_high }} and {{ right_low }} = {{ right_high }} and {{ left_low }} = {{ right_low }}
            then 'agrees'
        when {{ intervals_meet(left_low, left_high, right_low, right_high) }} then 'consistent'
        else 'differs'
    end
{%- endmacro %}

{# An interval in words: 64, 64 to 103, at least 1. #}
{% macro interval_text(low, high) -%}
    case
        when {{ high }} is null then 'at least ' || cast(coalesce({{ low }}, 0) as varchar)
        when {{ low }} = {{ high }} then cast({{ low }} as varchar)
        else cast(coalesce({{ low }}, 0) as varchar) || ' to ' || cast({{ high }} as varchar)
    end
{%- endmacro %}

{# The difference of two intervals, later less earlier: smallest and largest. #}
{% macro difference_low(later_low, earlier_high) -%}
    cast(coalesce({{ later_low }}, 0) - {{ earlier_high }} as bigint)
{%- endmacro %}

{% macro difference_high(later_high, earlier_low) -%}
    cast({{ later_high }} - coalesce({{ earlier_low }}, 0) as bigint)
{%- endmacro %}

{# A share, or a rate with `per` the number of people it is told for: smallest part by largest whole, and the other way
   round. Nothing by a whole of nothing. #}
{% macro share_low(part_low, whole_high, per=1) -%}
    {{ per }}.0 * {{ part_low }} / nullif({{ whole_high }}, 0)
{%- endmacro %}

{% macro share_high(part_high, whole_low, per=1) -%}
    {{ per }}.0 * {{ part_high }} / nullif({{ whole_low }}, 0)
{%- endmacro %}
