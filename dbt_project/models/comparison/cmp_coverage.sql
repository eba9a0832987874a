-- Every police force x every request x every part: what is known, what was refused, and what is simply not there.
with forces as (
    select * from {{ ref('dim_force') }}
    where force_type <> 'central-fraud-body'
),

requests as (
    select * from {{ ref('dim_request') }}
),

printed_parts as (
    select * from {{ ref('fct_disclosure_part') }}
),

values_of_forces as (
    select
        disclosed_values.disclosure_id,
        disclosed_values.force_id,
        tables.answers
    from {{ ref('int_disclosed_values') }} as disclosed_values
    inner join {{ ref('stg_tables') }} as tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    where disclosed_values.force_id is not null
),

-- A publication that names several forces answers for each of them.
disclosure_parts as (
    select
        disclosure_id,
        request_id,
        force_id,
        part,
        status,
        sections,
        values_disclosed
    from printed_parts
    where force_id is not null
    union all
    select
        printed_parts.disclosure_id,
        printed_parts.request_id,
        values_of_forces.force_id,
        printed_parts.part,
        printed_parts.status,
        printed_parts.sections,
        count(case when {{ list_holds('values_of_forces.answers', 'printed_parts.part') }} then 1 end)
            as values_disclosed
    from printed_parts
    inner join values_of_forces
        on printed_parts.disclosure_id = values_of_forces.disclosure_id
    where printed_parts.force_id is null
    group by all
),

listed_forces as (
    select * from {{ ref('stg_request_forces') }}
),

-- What every letter may add unasked (other_information) counts as a part only where a force wrote it.
asked_parts as (
    select
        request_parts.request_id,
        request_parts.part,
        forces.force_id,
        forces.is_territorial and forces.nation in ('England', 'Wales') as is_territorial
    from {{ ref('stg_request_parts') }} as request_parts
    cross join forces
    union
    select
        disclosure_parts.request_id,
        disclosure_parts.part,
        forces.force_id,
        forces.is_territorial and forces.nation in ('England', 'Wales') as is_territorial
    from disclosure_parts
    inner join forces
        on disclosure_parts.force_id = forces.force_id
),

-- Of several answers to one part the most informative stands; all of them are named.
answers as (
    select
        request_id,
        part,
        force_id,
        arg_min(status, {{ status_order('status') }}) as status,
        {{ sorted_list('disclosure_id') }} as disclosure_ids,
        list_sort(list_distinct(flatten(list(coalesce(sections, []))))) as sections,
        sum(values_disclosed) as values_disclosed
    from disclosure_parts
    group by request_id, part, force_id
)

select
    {{ surrogate_key(['asked_parts.request_id', 'asked_parts.part', 'asked_parts.force_id']) }} as coverage_id,
    asked_parts.request_id,
    asked_parts.part,
    asked_parts.force_id,
    case
        when answers.status is not null then answers.status
        when requests.asked_forces = 'listed' and listed_forces.force_id is null then 'not_asked'
        when requests.asked_forces = 'all_territorial' and not asked_parts.is_territorial then 'not_asked'
        else 'not_in_corpus'
    end as status,
    coalesce(answers.sections, []) as sections,
    cast(coalesce(answers.values_disclosed, 0) as bigint) as values_disclosed,
    coalesce(answers.disclosure_ids, []) as disclosure_ids
from asked_parts
inner join requests
    on asked_parts.request_id = requests.request_id
left join answers
    on
        asked_parts.request_id = answers.request_id
        and asked_parts.part = answers.part
        and asked_parts.force_id = answers.force_id
left join listed_forces
    on
        asked_parts.request_id = listed_forces.request_id
        and asked_parts.force_id = listed_forces.force_id
