-- How fine a code is against what other forces give under one request: the coarser code that more forces share, if
-- there is one, and whether the code itself is what more forces share than any finer one.
with compared as (
    select * from {{ ref('int_comparison_groups') }}
    where dimension_code is not null
),

coarser_codes as (
    select * from {{ ref('int_coarser_codes') }}
),

-- The fewer codes one holds, the finer it is.
codes_held as (
    select
        dimension,
        coarser_code,
        count(*) as codes_inside
    from coarser_codes
    group by dimension, coarser_code
),

codes_used as (
    select
        request_id,
        measure,
        dimension,
        dimension_code,
        count(distinct force_id) as forces_with_code,
        bool_or(is_given) as is_given_by_somebody
    from compared
    group by request_id, measure, dimension, dimension_code
),

-- A coarser code is the finest that all share where somebody gives nothing finer, or more forces can be put under it.
grain_pairs as (
    select
        finer.request_id,
        finer.measure,
        finer.dimension,
        finer.dimension_code,
        coarser.dimension_code as coarser_code,
        coarser.forces_with_code as coarser_forces,
        codes_held.codes_inside,
        coarser.is_given_by_somebody or coarser.forces_with_code > finer.forces_with_code as is_coarser_shared
    from codes_used as finer
    inner join coarser_codes
        on finer.dimension = coarser_codes.dimension and finer.dimension_code = coarser_codes.dimension_code
    inner join codes_used as coarser
        on
            finer.request_id = coarser.request_id
            and finer.measure = coarser.measure
            and coarser_codes.dimension = coarser.dimension
            and coarser_codes.coarser_code = coarser.dimension_code
    inner join codes_held
        on coarser.dimension = codes_held.dimension and coarser.dimension_code = codes_held.coarser_code
),

coarser_shared as (
    select
        request_id,
        measure,
        dimension,
        dimension_code,
        coarser_code,
        coarser_forces
    from grain_pairs
    where is_coarser_shared
    qualify
        row_number() over (
            partition by request_id, measure, dimension, dimension_code
            order by codes_inside, coarser_code
        ) = 1
),

shared_by_more as (
    select distinct
        request_id,
        measure,
        dimension,
        coarser_code as dimension_code
    from grain_pairs
    where is_coarser_shared
)

select
    codes_used.request_id,
    codes_used.measure,
    codes_used.dimension,
    codes_used.dimension_code,
    coarser_shared.coarser_code,
    coarser_shared.coarser_forces,
    shared_by_more.dimension_code is not null as is_shared_by_more
from codes_used
left join coarser_shared
    on
        codes_used.request_id = coarser_shared.request_id
        and codes_used.measure = coarser_shared.measure
        and codes_used.dimension = coarser_shared.dimension
        and codes_used.dimension_code = coarser_shared.dimension_code
left join shared_by_more
    on
        codes_used.request_id = shared_by_more.request_id
        and codes_used.measure = shared_by_more.measure
        and codes_used.dimension = shared_by_more.dimension
        and codes_used.dimension_code = shared_by_more.dimension_code
