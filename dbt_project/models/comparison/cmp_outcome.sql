with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'outcome'
),

outcomes as (
    select * from {{ ref('dim_outcome') }}
)

select
    {{ cell_columns('comparisons') }},
    comparisons.dimension_code as outcome_code,
    coalesce(outcomes.outcome_title, 'Labels without an outcome code') as outcome_title,
    outcomes.outcome_group,
    {{ compared_columns('comparisons') }}
from comparisons
left join outcomes
    on comparisons.dimension_code = outcomes.outcome_code
