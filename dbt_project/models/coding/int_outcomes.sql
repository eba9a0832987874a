-- Outcome label -> code of the Home Office outcomes framework. The same cascade as for offences; a printed number
-- (Type 15, 01., OC18 - ...) is believed when it stands alone or beside the exact wording of the framework. A reading
-- may name a group of outcomes by its code.
with {{ decided_labels('outcome', 'outcome_code', 'outcome_mappings') }},

vocabulary as (
    select
        outcome_code,
        title as printed_title,
        {{ normalised_label('title') }} as clean_title
    from {{ ref('outcome_types') }}
    where outcome_kind in ('outcome', 'group')
),

printed as (
    select
        *,
        case
            when {{ re_matches('clean_label', '^group:') }} then clean_label
            else upper({{ re_extract('clean_label', '^(?:type|outcome|oc)? ?0*(\\d{1,2}a?)(?:[.: -]|$)') }})
        end as printed_code,
        case
            when {{ re_matches('clean_label', '^group:') }} then ''
            else trim({{ re_replace('clean_label', '^(type|outcome|oc)? ?0*\\d{1,2}a?', '') }}, ' .:-')
        end as printed_description
    from decided
),

checked as (
    select
        printed.*,
        vocabulary.outcome_code is not null as is_known_code,
        vocabulary.printed_title,
        printed.printed_description in ('', vocabulary.clean_title) as is_description_alike
    from printed
    left join vocabulary
        on printed.printed_code = vocabulary.outcome_code
)

select
    force_id,
    period_start_on,
    label as outcome_label,
    clean_label,
    printed_code,
    case
        when mapping_rule is not null then mapping_code
        when is_known_code and is_description_alike then printed_code
    end as outcome_code,
    case
        when mapping_rule is not null then mapping_equivalence
        when is_known_code and is_description_alike then 'equal'
    end as outcome_mapping,
    case
        when mapping_rule is not null then mapping_rule
        when is_known_code and is_description_alike then 'printed_code'
        when is_known_code then 'printed_code_contradicted'
        else 'unmapped'
    end as outcome_rule,
    {{ printed_code_conflict() }} as printed_code_conflict
from checked
