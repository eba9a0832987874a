with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where dimension = 'offence'
),

offences as (
    select * from {{ ref('dim_offence') }}
)

select
    {{ cell_columns('comparisons') }},
    comparisons.dimension_code as offence_code,
    coalesce(
        offences.offence_title,
        case
            when comparisons.dimension_code is null then 'Labels without an offence code'
            else 'Sexual offences, all of the Home Office group'
        end
    ) as offence_title,
    {{ compared_columns('comparisons') }}
from comparisons
left join offences
    on comparisons.dimension_code = offences.offence_code
