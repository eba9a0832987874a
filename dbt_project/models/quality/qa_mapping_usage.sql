-- What becomes of every mapping row: the figures and request labels it decides, none, or a contradiction with another
-- row of the same label, scope and period that names another code. A row that never decides anything is not wrong, it
-- may wait for a document; a row that contradicts another takes the code from every label both hold for.
with mappings as (
    {%- for role, code in [('offence', 'offence_code'), ('outcome', 'outcome_code'), ('platform', 'platform_id')] %}
    select
        '{{ role }}' as role,
        label_text,
        {{ normalised_label('label_text') }} as clean_label,
        force_id,
        {{ code }} as code,
        equivalence,
        mapping_status,
        valid_from,
        valid_to,
        source
    from {{ ref(role ~ '_mappings') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

keyed as (
    select
        *,
        {{ surrogate_key(['role', 'label_text', 'force_id', 'code', 'valid_from', 'valid_to']) }} as mapping_id
    from mappings
),

decided as (
    {%- for role in ['offence', 'outcome', 'platform'] %}
    select
        '{{ role }}' as role,
        force_id,
        period_start_on,
        {{ normalised_label(role ~ '_label') }} as clean_label,
        {{ role }}_label as label,
        {{ role }}_rule as rule,
        {{ "label_origin" if role == 'platform' else "'answer'" }} as label_origin
    from {{ ref('int_' ~ role ~ 's') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

figures as (
    {%- for role in ['offence', 'outcome', 'platform'] %}
    select
        '{{ role }}' as role,
        force_id,
        period_start_on,
        {{ role }}_label as label,
        count(*) as figures
    from {{ ref('int_label_uses') }}
    where {{ role }}_label is not null
    group by all
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- The rule says whether a force's own row or a general one decided.
used as (
    select
        keyed.mapping_id,
        sum(case when decided.label_origin = 'answer' then figures.figures else 0 end) as figures_decided,
        count(distinct case when decided.label_origin = 'request' then decided.label end) as request_labels_decided
    from keyed
    inner join decided
        on
            keyed.role = decided.role
            and keyed.clean_label = decided.clean_label
            and {{ mapping_holds('keyed', 'decided.period_start_on') }}
            and (
                (keyed.force_id is null and decided.rule like 'general_label%')
                or (keyed.force_id = decided.force_id and decided.rule like 'force_label%')
            )
    left join figures
        on
            decided.role = figures.role
            and decided.label = figures.label
            and decided.force_id is not distinct from figures.force_id
            and decided.period_start_on is not distinct from figures.period_start_on
    group by keyed.mapping_id
),

contradicted as (
    select
        keyed.mapping_id,
        {{ sorted_list("coalesce(others.code, 'no code')") }} as contradicting_codes
    from keyed
    inner join keyed as others
        on
            keyed.role = others.role
            and keyed.clean_label = others.clean_label
            and keyed.force_id is not distinct from others.force_id
            and keyed.code is distinct from others.code
            and {{ stretches_meet('keyed.valid_from', 'keyed.valid_to', 'others.valid_from', 'others.valid_to') }}
    group by keyed.mapping_id
)

select
    keyed.mapping_id,
    'seeds/mappings/' || keyed.role || '_mappings.csv' as seed_file,
    keyed.label_text,
    keyed.force_id,
    keyed.code,
    keyed.equivalence,
    keyed.mapping_status,
    keyed.valid_from,
    keyed.valid_to,
    case
        when contradicted.mapping_id is not null then 'contradicted'
        when coalesce(used.figures_decided, 0) + coalesce(used.request_labels_decided, 0) > 0 then 'used'
        else 'unused'
    end as usage,
    cast(coalesce(used.figures_decided, 0) as bigint) as figures_decided,
    cast(coalesce(used.request_labels_decided, 0) as bigint) as request_labels_decided,
    coalesce(contradicted.contradicting_codes, []) as contradicting_codes,
    keyed.source
from keyed
left join used
    on keyed.mapping_id = used.mapping_id
left join contradicted
    on keyed.mapping_id = contradicted.mapping_id
