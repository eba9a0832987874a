{# The first steps of every mapping cascade, as CTEs: the distinct labels of a role by force, and what the mapping
   seed decides for them - the force's own row before the general one.
   Gives `decided`: force_id, label, clean_label, mapping_code, mapping_equivalence, mapping_rule (null when the seed
   has no row for the label). #}
{% macro decided_labels(role, code_column, mapping_seed) -%}
labels as (
    select distinct
        default_force_id as force_id,
        {{ role }}_label as label,
        {{ normalised_label(role ~ '_label') }} as clean_label
    from {{ ref('int_labels') }}
    where {{ role }}_label is not null
),

mappings as (
    select
        force_id,
        {{ normalised_label('label_text') }} as clean_label,
        {{ code_column }} as mapping_code,
        equivalence,
        mapping_status
    from {{ ref(mapping_seed) }}
),

decided as (
    select
        labels.force_id,
        labels.label,
        labels.clean_label,
        case when own.mapping_status is not null then own.mapping_code else general.mapping_code end as mapping_code,
        case
            when own.mapping_status is not null then own.equivalence
            else general.equivalence
        end as mapping_equivalence,
        case
            when own.mapping_status = 'no_code' then 'force_label_without_code'
            when own.mapping_status is not null then 'force_label'
            when general.mapping_status = 'no_code' then 'general_label_without_code'
            when general.mapping_status is not null then 'general_label'
        end as mapping_rule
    from labels
    left join mappings as own
        on labels.clean_label = own.clean_label and labels.force_id = own.force_id
    left join mappings as general
        on labels.clean_label = general.clean_label and general.force_id is null
)
{%- endmacro %}
