with requests as (
    select * from {{ ref('stg_requests') }}
),

answers as (
    select
        request_id,
        count(*) as disclosures
    from {{ ref('stg_disclosures') }}
    group by request_id
)

select
    requests.request_id,
    requests.title as request_title,
    requests.asked_by,
    requests.scope,
    requests.offence_scope,
    requests.asked_forces,
    requests.notes,
    coalesce(answers.disclosures, 0) as disclosures
from requests
left join answers
    on requests.request_id = answers.request_id
