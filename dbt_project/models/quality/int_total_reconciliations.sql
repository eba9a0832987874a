-- Printed totals against the rows they add up.
with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

printed as (
    select * from {{ ref('stg_disclosed_values') }}
),

keyed as (
    select
        disclosed_values.*,
        printed.force_text,
        printed.outcome_text as outcome_printed,
        printed.offence_text as offence_printed,
        printed.victim_text as victim_printed,
        printed.victim_sex_text,
        printed.victim_age_text,
        printed.measure_text
    from disclosed_values
    inner join printed
        on disclosed_values.disclosed_value_id = printed.disclosed_value_id
),

-- A total of a region among forces carries a dimension of its own (other:area_text): its rows need not have it.
totals as (
    select
        *,
        {{ dimension_names('totalled_roles') }} as totalled_dims
    from keyed
    where len(totalled_roles) > 0
),

summed as (
    select
        totals.disclosure_id,
        totals.disclosed_value_id,
        totals.force_id,
        totals.table_name,
        totals.locator,
        totals.value_low as total_low,
        totals.value_high as total_high,
        count(parts.disclosed_value_id) as parts_added,
        {{ sum_low('parts.value_low') }} as rows_low,
        {{ sum_high('parts.value_high') }} as rows_high
    from totals
    inner join keyed as parts
        on
            totals.disclosure_id = parts.disclosure_id
            and totals.table_no = parts.table_no
            and not parts.is_total
            and {{ maps_agree('totals.other_dims', 'parts.other_dims', 'totals.totalled_dims') }}
            {%- for role, column in [
                ('force', 'force_text'), ('period', 'period_text'), ('platform', 'platform_text'),
                ('offence', 'offence_printed'), ('outcome', 'outcome_printed'), ('victim', 'victim_printed'),
                ('victim_sex', 'victim_sex_text'), ('victim_age', 'victim_age_text'), ('measure', 'measure_text')
            ] %}
        and (
            {{ list_holds('totals.totalled_roles', "'" ~ role ~ "'") }}
            or totals.{{ column }} is not distinct from parts.{{ column }}
        )
    {%- endfor %}
    group by all
)

select
    'printed_total' as check_name,
    disclosure_id,
    disclosure_id as other_disclosure_id,
    force_id,
    table_name || ', ' || locator as place,
    'printed total' as left_label,
    total_low as left_low,
    total_high as left_high,
    'sum of its ' || cast(parts_added as varchar) || ' rows' as right_label,
    rows_low as right_low,
    rows_high as right_high,
    'A printed total should equal the rows above it; hidden cells leave room above the visible sum.' as explanation
from summed
