with parts as (
    select * from {{ ref('stg_disclosure_parts') }}
),

disclosures as (
    select * from {{ ref('stg_disclosures') }}
),

answering_tables as (
    select
        disclosure_id,
        table_no,
        {{ explode('answers') }} as part
    from {{ ref('stg_tables') }}
),

values_by_part as (
    select
        answering_tables.disclosure_id,
        answering_tables.part,
        count(*) as values_disclosed
    from answering_tables
    inner join {{ ref('stg_disclosed_values') }} as disclosed_values
        on
            answering_tables.disclosure_id = disclosed_values.disclosure_id
            and answering_tables.table_no = disclosed_values.table_no
    group by answering_tables.disclosure_id, answering_tables.part
)

select
    parts.disclosure_part_id,
    parts.disclosure_id,
    disclosures.request_id,
    disclosures.force_id,
    parts.part_no,
    parts.part,
    parts.status,
    parts.sections,
    parts.note,
    coalesce(values_by_part.values_disclosed, 0) as values_disclosed
from parts
inner join disclosures
    on parts.disclosure_id = disclosures.disclosure_id
left join values_by_part
    on
        parts.disclosure_id = values_by_part.disclosure_id
        and parts.part = values_by_part.part
