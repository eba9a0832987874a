-- Codes given to figures of a time when there was no such code. A zero says only that, and a period in which the code
-- began may hold what it is printed with.
with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
    where period_end_on is not null and coalesce(value_high > 0, true)
),

starts as (
    select
        'offence' as dimension,
        offence_code as dimension_code,
        valid_from_on as code_from_on
    from {{ ref('dim_offence') }}
    where valid_from_on is not null
    union all
    select
        'outcome' as dimension,
        outcome_code as dimension_code,
        introduced_on as code_from_on
    from {{ ref('dim_outcome') }}
    where introduced_on is not null
),

coded as (
    select
        disclosure_id,
        table_name,
        'offence' as dimension,
        offence_code as dimension_code,
        offence_text as label_text,
        period_start_on,
        period_end_on
    from disclosed_values
    where offence_code is not null
    union all
    select
        disclosure_id,
        table_name,
        'outcome' as dimension,
        outcome_code as dimension_code,
        outcome_text as label_text,
        period_start_on,
        period_end_on
    from disclosed_values
    where outcome_code is not null
)

select
    coded.disclosure_id,
    coded.table_name,
    coded.dimension,
    coded.dimension_code,
    coded.label_text,
    coded.period_start_on,
    coded.period_end_on,
    starts.code_from_on,
    count(*) as figure_count
from coded
inner join starts
    on
        coded.dimension = starts.dimension
        and coded.dimension_code = starts.dimension_code
        and coded.period_end_on < starts.code_from_on
group by
    coded.disclosure_id, coded.table_name, coded.dimension, coded.dimension_code, coded.label_text,
    coded.period_start_on, coded.period_end_on, starts.code_from_on
