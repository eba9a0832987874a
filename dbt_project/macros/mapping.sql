{# Whether a mapping row holds for a period: by the day the period starts. A row with bounds says nothing about a
   figure whose period is not known. #}
{% macro mapping_holds(mapping, period_start_on) -%}
    (
        ({{ mapping }}.valid_from is null or coalesce({{ period_start_on }} >= {{ mapping }}.valid_from, false))
        and ({{ mapping }}.valid_to is null or coalesce({{ period_start_on }} <= {{ mapping }}.valid_to, false))
    )
{%- endmacro %}

{# What is wrong between the code a label prints and what stands beside it, in words: another description, or a mapping to
   another code. Null where nothing is. #}
{% macro printed_code_conflict() -%}
    case
        when not is_known_code then null
        when mapping_rule is null and not is_description_alike
            then 'prints ' || printed_code || ', which is "' || printed_title || '"'
        when mapping_code <> printed_code
            then 'prints ' || printed_code || ', which is "' || printed_title || '", and is mapped to ' || mapping_code
    end
{%- endmacro %}

{# The first steps of every mapping cascade, as CTEs: the distinct labels of a role by force and period, and what the
   mapping seed decides for them - the force's own row before the general one. Rows of the same rank that hold for the
   same label and period and name different codes decide nothing: mappings_contradict.
   Gives `decided`: force_id, period_start_on, label, clean_label, mapping_code, mapping_equivalence, mapping_rule
   (null when the seed has no row for the label). #}
{% macro decided_labels(role, code_column, mapping_seed) -%}
labels as (
    select distinct
        force_id,
        period_start_on,
        {{ role }}_label as label,
        {{ normalised_label(role ~ '_label') }} as clean_label
    from {{ ref('int_label_uses') }}
    where {{ role }}_label is not null
),

mappings as (
    select
        force_id,
        {{ normalised_label('label_text') }} as clean_label,
        {{ code_column }} as mapping_code,
        equivalence,
        mapping_status,
        valid_from,
        valid_to
    from {{ ref(mapping_seed) }}
),

ranked as (
    select
        labels.force_id,
        labels.period_start_on,
        labels.label,
        labels.clean_label,
        mappings.mapping_code,
        mappings.equivalence,
        mappings.mapping_status,
        mappings.force_id is not null as is_own,
        rank() over (
            partition by labels.force_id, labels.period_start_on, labels.label
            order by case when mappings.force_id is not null then 0 else 1 end
        ) as mapping_rank
    from labels
    left join mappings
        on
            labels.clean_label = mappings.clean_label
            and (mappings.force_id is null or labels.force_id = mappings.force_id)
            and {{ mapping_holds('mappings', 'labels.period_start_on') }}
),

decided as (
    select
        force_id,
        period_start_on,
        label,
        clean_label,
        case when count(distinct coalesce(mapping_code, '')) = 1 then min(mapping_code) end as mapping_code,
        case when count(distinct coalesce(mapping_code, '')) = 1 then min(equivalence) end as mapping_equivalence,
        case
            when count(mapping_status) = 0 then null
            when count(distinct coalesce(mapping_code, '')) > 1 then 'mappings_contradict'
            else
                case when bool_or(is_own) then 'force_label' else 'general_label' end
                || case when min(mapping_status) = 'no_code' then '_without_code' else '' end
        end as mapping_rule
    from ranked
    where mapping_rank = 1
    group by force_id, period_start_on, label, clean_label
)
{%- endmacro %}
