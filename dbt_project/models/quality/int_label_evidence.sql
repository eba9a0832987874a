-- What a waiting label says beside its words: a code it prints, or the section of an Act that makes the offence. A
-- section that several sub-codes share points to their class before it points to one of them.
with queued_labels as (
    select * from {{ ref('int_queued_labels') }}
),

known_labels as (
    select distinct
        role,
        code
    from {{ ref('int_known_labels') }}
),

sub_codes as (
    select
        offence_code,
        class_code,
        {{ named_section('section') }} as section_no,
        lower({{ re_extract('act', '^(.*[0-9]{4})') }}) as act_name,
        {{ act_initials(re_extract('act', '^(.*[0-9]{4})')) }} as act_short
    from {{ ref('offence_codes') }}
),

printed as (
    select
        queued_labels.role,
        queued_labels.clean_label,
        known_labels.code,
        {{ evidence_of('printed_code') }} as evidence
    from queued_labels
    inner join known_labels
        on queued_labels.role = known_labels.role and queued_labels.printed_code = known_labels.code
),

sections as (
    select
        queued_labels.role,
        queued_labels.clean_label,
        sub_codes.offence_code,
        sub_codes.class_code,
        count(*) over (partition by queued_labels.clean_label) as codes_of_section
    from queued_labels
    inner join sub_codes
        on
            {{ named_section('queued_labels.clean_label') }} = sub_codes.section_no
            and (
                contains(queued_labels.clean_label, sub_codes.act_name)
                or contains({{ re_replace('queued_labels.clean_label', ' ', '') }}, sub_codes.act_short)
            )
    where queued_labels.role = 'offence'
),

all_evidence as (
    select * from printed
    union all
    select
        role,
        clean_label,
        offence_code as code,
        case
            when codes_of_section = 1 then {{ evidence_of('section') }} else {{ evidence_of('shared_section') }}
        end as evidence
    from sections
    union all
    select
        role,
        clean_label,
        class_code as code,
        {{ evidence_of('section') }} as evidence
    from sections
    where codes_of_section > 1 and class_code is not null
)

select
    role,
    clean_label,
    code,
    max(evidence) as evidence
from all_evidence
group by role, clean_label, code
