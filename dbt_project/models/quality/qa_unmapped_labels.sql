-- Labels without a mapping, one row per label and force. seed_line is the line to complete and paste into the seed:
-- code, equivalence, who decided, when and why are a person's to say. Suggestions stand beside it, never in it.
with label_uses as (
    select * from {{ ref('int_label_uses') }}
),

waiting as (
    {%- for role in ['offence', 'outcome', 'platform'] %}
    select distinct
        '{{ role }}' as role,
        force_id,
        {{ role }}_label as label_text,
        {% if role == 'platform' -%}
        {{ normalised_label('platform_label') }} as clean_label,
        {% else -%}
        clean_label,
        {% endif -%}
        {{ role }}_rule as rule
    from {{ ref('int_' ~ role ~ 's') }}
    where {{ role }}_rule in ('unmapped', 'printed_code_contradicted')
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

uses as (
    {%- for role in ['offence', 'outcome', 'platform'] %}
    select
        '{{ role }}' as role,
        force_id,
        {{ role }}_label as label_text,
        count(*) as rows_affected,
        {{ sorted_list('disclosure_id') }} as disclosure_ids
    from label_uses
    where {{ role }}_label is not null
    group by all
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

suggestions as (
    select
        {%- for place in [1, 2, 3] %}
        max(case when suggestion_rank = {{ place }} then suggested_code end) as code_{{ place }},
        max(case when suggestion_rank = {{ place }} then suggestion_score end) as score_{{ place }},
        {%- endfor %}
        role,
        clean_label
    from {{ ref('int_label_suggestions') }}
    group by role, clean_label
),

found as (
    select
        waiting.role,
        waiting.force_id,
        waiting.label_text,
        waiting.clean_label,
        min(waiting.rule) as rule,
        coalesce(max(uses.rows_affected), 0) as rows_affected,
        coalesce(max(uses.disclosure_ids), []) as disclosure_ids
    from waiting
    left join uses
        on
            waiting.role = uses.role
            and waiting.label_text = uses.label_text
            and waiting.force_id is not distinct from uses.force_id
    group by waiting.role, waiting.force_id, waiting.label_text, waiting.clean_label
)

-- The line leaves code, equivalence, decided_by, decided_on, reason, valid_from and valid_to open.
select
    {{ surrogate_key(['found.role', 'found.label_text', 'found.force_id']) }} as unmapped_label_id,
    'seeds/mappings/' || found.role || '_mappings.csv' as seed_file,
    {{ csv_field(collapsed('found.label_text')) }} || ',' || coalesce(found.force_id, '') || ',,,approved,,,,,,'
    || {{ csv_field(
        "coalesce(nullif(" ~ list_text('found.disclosure_ids') ~ ", ''), 'a request in data/requests')"
    ) }} as seed_line,
    found.label_text,
    found.force_id,
    suggestions.code_1 as suggested_code,
    suggestions.score_1 as suggestion_score,
    suggestions.code_2 as second_code,
    suggestions.score_2 as second_score,
    suggestions.code_3 as third_code,
    suggestions.score_3 as third_score,
    found.rule,
    found.rows_affected,
    found.disclosure_ids
from found
left join suggestions
    on found.role = suggestions.role and found.clean_label = suggestions.clean_label
