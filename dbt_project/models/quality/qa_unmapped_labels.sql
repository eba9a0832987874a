-- Labels without a mapping. The first columns are those of the mapping seed, so that a row is the line to complete.
with labels as (
    select * from {{ ref('int_labels') }}
),

found as (
    {%- for role, code in [('offence', 'offence_code'), ('outcome', 'outcome_code'), ('platform', 'platform_id')] %}
    select
        '{{ role }}' as role,
        'seeds/mappings/{{ role }}_mappings.csv' as seed_file,
        coded.{{ role }}_label as label_text,
        coded.force_id,
        {% if role == 'platform' %}{{ normalised_label('coded.platform_label') }}{% else %}coded.clean_label{% endif %},
        coded.{{ role }}_rule as rule,
        count(distinct labels.disclosed_value_id) as rows_affected,
        {{ sorted_list('labels.disclosure_id') }} as disclosure_ids
    from {{ ref('int_' ~ role ~ 's') }} as coded
    left join labels
        on
            coded.{{ role }}_label = labels.{{ role }}_label
            and coded.force_id is not distinct from labels.default_force_id
    where coded.{{ role }}_rule in ('unmapped', 'printed_code_contradicted')
    group by all
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

suggestions as (
    select * from {{ ref('int_label_suggestions') }}
)

select
    {{ surrogate_key(['found.seed_file', 'found.label_text', 'found.force_id']) }} as unmapped_label_id,
    found.seed_file,
    found.label_text,
    found.force_id,
    suggestions.suggested_code,
    suggestions.suggestion_score,
    found.rule,
    found.rows_affected,
    found.disclosure_ids
from found
left join suggestions
    on found.role = suggestions.role and found.clean_label = suggestions.clean_label
