-- Platform label -> platform. Labels of the requests are coded with the same mappings as those of the answers.
with {{ decided_labels('platform', 'platform_id', 'platform_mappings') }},

asked as (
    select distinct
        cast(null as varchar) as force_id,
        cast(null as date) as period_start_on,
        request_platforms.platform_text as label,
        mappings.mapping_code,
        mappings.equivalence as mapping_equivalence,
        case when mappings.mapping_status is not null then 'general_label' end as mapping_rule
    from {{ ref('stg_request_platforms') }} as request_platforms
    left join mappings
        on
            {{ normalised_label('request_platforms.platform_text') }} = mappings.clean_label
            and mappings.force_id is null
            and {{ mapping_holds('mappings', 'cast(null as date)') }}
),

all_labels as (
    select
        force_id,
        period_start_on,
        label,
        mapping_code,
        mapping_equivalence,
        mapping_rule,
        'answer' as label_origin
    from decided
    union all
    select
        force_id,
        period_start_on,
        label,
        mapping_code,
        mapping_equivalence,
        mapping_rule,
        'request' as label_origin
    from asked
)

select
    label_origin,
    force_id,
    period_start_on,
    label as platform_label,
    mapping_code as platform_id,
    mapping_equivalence as platform_mapping,
    coalesce(mapping_rule, 'unmapped') as platform_rule
from all_labels
