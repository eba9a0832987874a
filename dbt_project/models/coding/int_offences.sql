-- Offence label -> Home Office class or sub-code. The cascade: the force's own mapping, the general mapping, the code
-- printed in the label if it stands alone or beside exactly a title the vocabulary knows for it, else unmapped.
with {{ decided_labels('offence', 'offence_code', 'offence_mappings') }},

classes as (
    select * from {{ ref('offence_classes') }}
),

codes as (
    select * from {{ ref('offence_codes') }}
),

-- An old document prints the title of its time.
titles as (
    select
        offence_code,
        title,
        title as known_title
    from classes
    union all
    select
        offence_code,
        title,
        former_title as known_title
    from classes
    union all
    select
        offence_code,
        title,
        title as known_title
    from codes
    union all
    select
        offence_code,
        title,
        {{ explode(re_split('other_titles', '[|]')) }} as known_title
    from codes
),

vocabulary as (
    select
        offence_code,
        min(title) as printed_title,
        {{ sorted_list(normalised_label('known_title')) }} as clean_titles
    from titles
    group by offence_code
),

printed as (
    select
        *,
        {{ offence_code_of(re_extract('clean_label', printed_offence_code())) }} as printed_code,
        trim({{ re_replace('clean_label', printed_offence_code(), '') }}, ' .-()') as printed_description
    from decided
),

checked as (
    select
        printed.*,
        vocabulary.offence_code is not null as is_known_code,
        vocabulary.printed_title,
        printed.printed_description = ''
        or {{ list_holds('vocabulary.clean_titles', 'printed.printed_description') }} as is_description_alike
    from printed
    left join vocabulary
        on printed.printed_code = vocabulary.offence_code
)

select
    force_id,
    period_start_on,
    label as offence_label,
    clean_label,
    printed_code,
    case
        when mapping_rule is not null then mapping_code
        when is_known_code and is_description_alike then printed_code
    end as offence_code,
    case
        when mapping_rule is not null then mapping_equivalence
        when is_known_code and is_description_alike then 'equal'
    end as offence_mapping,
    case
        when mapping_rule is not null then mapping_rule
        when is_known_code and is_description_alike then 'printed_code'
        when is_known_code then 'printed_code_contradicted'
        else 'unmapped'
    end as offence_rule,
    {{ printed_code_conflict() }} as printed_code_conflict
from checked
