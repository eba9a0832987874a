-- What the figures of one answer for one period are made of: how labels are written, and which offences they are.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
    where force_id is not null and period_start_on is not null and not is_total
),

tables as (
    select * from {{ ref('stg_tables') }}
    where not is_partial
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
    where kind is distinct from 'official_statistics'
),

offences as (
    select * from {{ ref('dim_offence') }}
),

counted as (
    select
        disclosures.request_id,
        disclosed_values.disclosure_id,
        disclosed_values.force_id,
        disclosed_values.measure,
        disclosed_values.period_start_on,
        disclosed_values.period_end_on,
        disclosed_values.period_basis,
        {{ label_style('disclosed_values.offence_text') }} as offence_style,
        {{ label_style('disclosed_values.outcome_text') }} as outcome_style,
        case
            when offences.is_indecent_image then 'indecent images of children (class ' || offences.class_code || ')'
            else coalesce(offences.class_code, disclosed_values.offence_code)
        end as class_code,
        coalesce(disclosed_values.value_low, 0) as figures
    from disclosed_values
    inner join tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    inner join disclosures
        on disclosed_values.disclosure_id = disclosures.disclosure_id
    left join offences
        on disclosed_values.offence_code = offences.offence_code
    where disclosed_values.value_status not in ('nil_return', 'implied_zero')
),

traits as (
    {%- for trait, column in [
        ('offence_labels', 'offence_style'), ('outcome_labels', 'outcome_style'), ('offence_mix', 'class_code')
    ] %}
    select
        request_id,
        disclosure_id,
        force_id,
        measure,
        period_start_on,
        period_end_on,
        period_basis,
        '{{ trait }}' as trait,
        {{ column }} as trait_value,
        figures
    from counted
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    request_id,
    disclosure_id,
    force_id,
    measure,
    period_start_on,
    period_end_on,
    period_basis,
    trait,
    trait_value,
    cast(sum(figures) as bigint) as figures
from traits
group by
    request_id, disclosure_id, force_id, measure, period_start_on, period_end_on, period_basis, trait, trait_value
having sum(figures) > 0
