-- Every police force x every request x every part: what is known, what was refused, and what is simply not there.
with forces as (
    select * from {{ ref('dim_force') }}
    where force_type <> 'central-fraud-body'
),

requests as (
    select * from {{ ref('dim_request') }}
),

answers as (
    select * from {{ ref('int_coverage_answers') }}
),

listed_forces as (
    select * from {{ ref('stg_request_forces') }}
),

-- What every letter may add unasked (other_information), and the whole of a request that the catalogue tells of, is a
-- part only of the force it is known for.
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
        answers.request_id,
        answers.part,
        forces.force_id,
        forces.is_territorial and forces.nation in ('England', 'Wales') as is_territorial
    from answers
    inner join forces
        on answers.force_id = forces.force_id
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
    coalesce(answers.disclosure_ids, []) as disclosure_ids,
    coalesce(answers.source, 'none') as source,
    coalesce(answers.catalogue_urls, []) as catalogue_urls
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
