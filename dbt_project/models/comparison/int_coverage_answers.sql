-- What is known of each part of each request for each force, best source first: what an answer in the corpus says,
-- else what the catalogue of responses says of an answer that is not.
with printed_parts as (
    select * from {{ ref('fct_disclosure_part') }}
    where request_id is not null
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

request_parts as (
    select * from {{ ref('stg_request_parts') }}
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

-- The catalogue tells of a request and force only where no answer is in the corpus.
catalogued as (
    select catalogued_responses.*
    from {{ ref('catalogued_responses') }} as catalogued_responses
    left join disclosure_parts
        on
            catalogued_responses.request_id = disclosure_parts.request_id
            and catalogued_responses.force_id = disclosure_parts.force_id
    where disclosure_parts.request_id is null
),

-- What an answer read in part says of the whole is not what became of each part, unless it refused the whole.
catalogued_parts as (
    select
        request_id,
        force_id,
        'whole_request' as part,
        status,
        sections,
        url
    from catalogued
    union all
    select
        catalogued.request_id,
        catalogued.force_id,
        request_parts.part,
        case when catalogued.holds_for_every_part then catalogued.status else 'unknown' end as status,
        case when catalogued.holds_for_every_part then catalogued.sections end as sections,
        catalogued.url
    from catalogued
    inner join request_parts
        on catalogued.request_id = request_parts.request_id
),

known as (
    select
        request_id,
        force_id,
        part,
        'disclosure' as source,
        status,
        sections,
        values_disclosed,
        disclosure_id,
        cast(null as varchar) as url
    from disclosure_parts
    union all
    select
        request_id,
        force_id,
        part,
        'catalogue' as source,
        status,
        case when sections is null then [] else {{ re_split('sections', '[|]') }} end as sections,
        0 as values_disclosed,
        null as disclosure_id,
        url
    from catalogued_parts
)

-- Of several answers to one part the most informative stands; all of them are named.
select
    request_id,
    force_id,
    part,
    source,
    arg_min(status, {{ status_order('status') }}) as status,
    list_sort(list_distinct(flatten(list(coalesce(sections, []))))) as sections,
    cast(sum(values_disclosed) as bigint) as values_disclosed,
    {{ sorted_list('disclosure_id') }} as disclosure_ids,
    {{ sorted_list('url') }} as catalogue_urls
from known
group by request_id, force_id, part, source
