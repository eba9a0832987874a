{# Fails for every row, among those that `where` keeps, for which the expression is not true. #}
{% test expression_is_true(model, expression, where="true", column_name=none) %}

select *
from {{ model }}
where ({{ where }}) and not coalesce(({{ expression }}), false)

{% endtest %}
