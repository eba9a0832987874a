-- Whether the ages a table prints of some victims cover all those in scope: only then is their sum all of them. A list
-- of records is whole, and so is a table declared to print all there are.
with bands as (
    select distinct
        comparison_rows.disclosure_id,
        comparison_rows.table_no,
        coarser_codes.coarser_code,
        comparison_rows.dimension_code,
        tables.absent_means = 'zero' or comparison_rows.is_record as is_whole,
        coalesce({{ to_integer(re_extract('comparison_rows.dimension_code', '^[^|]*[|](\\d+)[|]')) }}, 0) as from_age,
        coalesce({{ to_integer(re_extract('comparison_rows.dimension_code', '[|](\\d+)$')) }}, 999) as to_age,
        coalesce({{ to_integer(re_extract('coarser_codes.coarser_code', '^[^|]*[|](\\d+)[|]')) }}, 0) as needed_from,
        least(
            coalesce({{ to_integer(re_extract('coarser_codes.coarser_code', '[|](\\d+)$')) }}, 999),
            coalesce({{ age_limit_of("concat_ws(' ', disclosures.victim_scope, requests.offence_scope)") }}, 999)
        ) as needed_to
    from {{ ref('int_comparison_rows') }} as comparison_rows
    inner join {{ ref('int_coarser_codes') }} as coarser_codes
        on
            comparison_rows.dimension = coarser_codes.dimension
            and comparison_rows.dimension_code = coarser_codes.dimension_code
    inner join {{ ref('stg_tables') }} as tables
        on
            comparison_rows.disclosure_id = tables.disclosure_id
            and comparison_rows.table_no = tables.table_no
    inner join {{ ref('dim_disclosure') }} as disclosures
        on comparison_rows.disclosure_id = disclosures.disclosure_id
    left join {{ ref('dim_request') }} as requests
        on comparison_rows.request_id = requests.request_id
    where comparison_rows.dimension = 'victim' and comparison_rows.dimension_code not like '%|unknown|'
),

-- What the bands before one reach up to, the lowest first.
reached as (
    select
        *,
        max(to_age) over (
            partition by disclosure_id, table_no, coarser_code
            order by from_age, to_age
            rows between unbounded preceding and 1 preceding
        ) as reached_age
    from bands
)

select
    disclosure_id,
    table_no,
    coarser_code,
    coalesce(bool_and(is_whole), false) or (
        min(from_age) <= min(needed_from)
        and max(to_age) >= max(needed_to)
        and bool_and(from_age <= coalesce(reached_age, from_age) + 1 or from_age > needed_to)
    ) as is_covered
from reached
group by disclosure_id, table_no, coarser_code
