-- Every request family: those of data/requests, and those known from the catalogue of responses only.
with requests as (
    select * from {{ ref('stg_requests') }}
),

catalogued as (
    select
        request_id,
        min(request_title) as request_title
    from {{ ref('catalogued_responses') }}
    where request_title is not null
    group by request_id
),

all_requests as (
    select
        request_id,
        title as request_title,
        asked_by,
        scope,
        offence_scope,
        asked_forces,
        notes
    from requests
    union all
    select
        catalogued.request_id,
        catalogued.request_title,
        null as asked_by,
        null as scope,
        null as offence_scope,
        'unknown' as asked_forces,
        'Known from the catalogue of responses only; its wording was not seen.' as notes
    from catalogued
    left join requests
        on catalogued.request_id = requests.request_id
    where requests.request_id is null
),

answers as (
    select
        request_id,
        count(*) as disclosures
    from {{ ref('stg_disclosures') }}
    group by request_id
)

select
    all_requests.request_id,
    all_requests.request_title,
    all_requests.asked_by,
    all_requests.scope,
    all_requests.offence_scope,
    all_requests.asked_forces,
    all_requests.notes,
    coalesce(answers.disclosures, 0) as disclosures
from all_requests
left join answers
    on all_requests.request_id = answers.request_id
