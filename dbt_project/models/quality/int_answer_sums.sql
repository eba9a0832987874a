-- What one table of an answer adds up to, by offence class and by Home Office group: what can be put beside an official
-- count. Offences only, since crime reports, incidents and suspects are no recorded offences.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
    where
        measure = 'offences'
        and force_id is not null
        and period_start_on is not null
        and period_end_on is not null
        and {{ map_text('other_dims') }} = {{ map_text(empty_map()) }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
    where kind is distinct from 'official_statistics'
),

tables as (
    select * from {{ ref('stg_tables') }}
),

offences as (
    select * from {{ ref('dim_offence') }}
),

-- A label that is wider than its code, or fits it only roughly, may hold offences of other classes, perhaps only such.
coded as (
    select
        disclosed_values.*,
        case
            when coalesce(disclosed_values.offence_mapping, 'equal') in ('equal', 'narrower')
                then coalesce(disclosed_values.value_low, 0)
            else 0
        end as certain_low,
        disclosures.across_platforms,
        tables.is_partial,
        offences.class_code,
        offences.offence_group,
        coalesce(disclosed_values.platform_id, disclosed_values.platform_text, '') as platform_key
    from disclosed_values
    inner join disclosures
        on disclosed_values.disclosure_id = disclosures.disclosure_id
    inner join tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    inner join offences
        on disclosed_values.offence_code = offences.offence_code
),

-- A printed total stands in only where the figures it adds up are not printed.
figures as (
    select * from coded
    qualify
        is_total = bool_and(is_total) over (
            partition by disclosure_id, table_no, force_id, period_start_on, period_end_on, offence_code
        )
),

table_groups as (
    select distinct
        disclosure_id,
        table_no,
        force_id,
        offence_group
    from figures
),

-- A figure is in its class, and in or outside each group that its table knows: a period with none of a group adds to 0.
scoped as (
    select
        *,
        'class' as scope_level,
        class_code as scope,
        true as is_in_scope
    from figures
    where class_code is not null
    union all
    select
        figures.*,
        'group' as scope_level,
        table_groups.offence_group as scope,
        figures.offence_group = table_groups.offence_group as is_in_scope
    from figures
    inner join table_groups
        on
            figures.disclosure_id = table_groups.disclosure_id
            and figures.table_no = table_groups.table_no
            and figures.force_id = table_groups.force_id
),

-- Rows of one platform are different offences. Those of a partial table may be cuts of the same ones ('under 16',
-- '10 or under'): at least the largest.
by_platform as (
    select
        disclosure_id,
        table_no,
        table_name,
        force_id,
        period_start_on,
        period_end_on,
        scope_level,
        scope,
        platform_key,
        across_platforms,
        count(*) filter (where is_in_scope) as figures_added,
        count(*) filter (where not is_in_scope) as figures_outside,
        {{ sorted_list('case when is_in_scope then offence_code end') }} as offence_codes,
        case
            when bool_or(is_partial) then max(case when is_in_scope then certain_low else 0 end)
            else {{ sum_low('case when is_in_scope then certain_low else 0 end') }}
        end as sum_low,
        {{ sum_high('case when is_in_scope then value_high else 0 end') }} as sum_high
    from scoped
    group by all
)

select
    disclosure_id,
    table_no,
    table_name,
    force_id,
    period_start_on,
    period_end_on,
    scope_level,
    scope,
    {{ lists_merged('offence_codes') }} as offence_codes,
    cast(sum(figures_added) as bigint) as figures_added,
    cast(sum(figures_outside) as bigint) as figures_outside,
    {{ overlapping_low('sum_low', "across_platforms = 'exclusive'") }} as sum_low,
    {{ sum_high('sum_high') }} as sum_high
from by_platform
group by disclosure_id, table_no, table_name, force_id, period_start_on, period_end_on, scope_level, scope
