{# Fails when the rows that `where` keeps are more or fewer than the rows of another relation. #}
{% test same_row_count(model, to, where="true", column_name=none) %}

with here as (
    select count(*) as rows_here from {{ model }} where {{ where }}
),

there as (
    select count(*) as rows_there from {{ to }}
)

select
    here.rows_here,
    there.rows_there
from here
cross join there
where here.rows_here <> there.rows_there

{% endtest %}
