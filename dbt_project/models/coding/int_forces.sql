-- Force text, where a table names forces row by row -> force; else the force of the disclosure.
with labels as (
    select distinct
        force_label,
        {{ normalised_label('force_label') }} as clean_label
    from {{ ref('int_labels') }}
    where force_label is not null
),

aliases as (
    select distinct
        {{ normalised_label('alias_text') }} as clean_label,
        force_id
    from {{ ref('force_aliases') }}
)

select
    labels.force_label,
    aliases.force_id
from labels
left join aliases
    on labels.clean_label = aliases.clean_label
