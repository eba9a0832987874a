with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'platform'
)

select
    {{ cell_columns('comparisons') }},
    comparisons.dimension_code as platform_id,
    {{ compared_columns('comparisons') }}
from comparisons
