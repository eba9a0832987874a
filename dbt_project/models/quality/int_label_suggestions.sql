-- What an unmapped label might be: every vocabulary title and every approved mapping, by likeness. Never applied.
with vocabulary as (
    select
        'offence' as role,
        offence_code as code,
        {{ normalised_label('title') }} as known_label
    from {{ ref('offence_classes') }}
    union all
    select
        'offence' as role,
        offence_code as code,
        {{ normalised_label('title') }} as known_label
    from {{ ref('offence_codes') }}
    union all
    select
        'outcome' as role,
        outcome_code as code,
        {{ normalised_label('title') }} as known_label
    from {{ ref('outcome_types') }}
    union all
    select
        'platform' as role,
        platform_id as code,
        {{ normalised_label('platform_name') }} as known_label
    from {{ ref('platforms') }}
    union all
    select
        'offence' as role,
        offence_code as code,
        {{ normalised_label('label_text') }} as known_label
    from {{ ref('offence_mappings') }}
    where offence_code is not null
    union all
    select
        'outcome' as role,
        outcome_code as code,
        {{ normalised_label('label_text') }} as known_label
    from {{ ref('outcome_mappings') }}
    where outcome_code is not null
    union all
    select
        'platform' as role,
        platform_id as code,
        {{ normalised_label('label_text') }} as known_label
    from {{ ref('platform_mappings') }}
    where platform_id is not null
),

unmapped as (
    select distinct
        'offence' as role,
        clean_label
    from {{ ref('int_offences') }}
    where offence_rule in ('unmapped', 'printed_code_contradicted')
    union all
    select distinct
        'outcome' as role,
        clean_label
    from {{ ref('int_outcomes') }}
    where outcome_rule in ('unmapped', 'printed_code_contradicted')
    union all
    select distinct
        'platform' as role,
        {{ normalised_label('platform_label') }} as clean_label
    from {{ ref('int_platforms') }}
    where platform_rule = 'unmapped'
)

select
    unmapped.role,
    unmapped.clean_label,
    vocabulary.code as suggested_code,
    round({{ similarity('unmapped.clean_label', 'vocabulary.known_label') }}, 3) as suggestion_score
from unmapped
inner join vocabulary
    on unmapped.role = vocabulary.role
qualify
    row_number() over (
        partition by unmapped.role, unmapped.clean_label
        order by {{ similarity('unmapped.clean_label', 'vocabulary.known_label') }} desc, vocabulary.code
    ) = 1
