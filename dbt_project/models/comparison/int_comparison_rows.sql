-- The figures that can be compared, once for every dimension they carry: platform, offence, outcome, victim.
-- Partial lists are left out, and figures under a further heading (a record system, a subset), which need not add up to
-- the whole.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
    where
        force_id is not null
        and period_start_on is not null
        and period_end_on is not null
        and {{ map_text('other_dims') }} = {{ map_text(empty_map()) }}
),

tightened as (
    select * from {{ ref('int_tightened_bounds') }}
),

labels as (
    select * from {{ ref('int_labels') }}
),

restrictions as (
    select * from {{ ref('int_restrictions') }}
),

tables as (
    select * from {{ ref('stg_tables') }}
    where not is_partial
),

-- Official statistics answer no request: they are the baseline, not an answer among others.
disclosures as (
    select * from {{ ref('dim_disclosure') }}
    where kind is distinct from 'official_statistics'
),

asked_periods as (
    select distinct
        request_periods.request_id,
        periods.period_start_on,
        periods.period_end_on,
        periods.period_basis
    from {{ ref('stg_request_periods') }} as request_periods
    inner join {{ ref('int_period_texts') }} as periods
        on
            request_periods.period_text = periods.period_text
            and request_periods.period_basis = periods.declared_period_basis
    where periods.period_start_on is not null
),

-- Nothing in three years is nothing in each of them: a nil return is spread over the periods asked for inside it. A
-- zero of one row is not: other rows of the same cell may be more.
placed as (
    select
        disclosed_values.*,
        disclosures.request_id,
        coalesce(asked_periods.period_start_on, disclosed_values.period_start_on) as placed_start_on,
        coalesce(asked_periods.period_end_on, disclosed_values.period_end_on) as placed_end_on,
        coalesce(asked_periods.period_basis, disclosed_values.period_basis) as placed_basis,
        disclosed_values.platform_text is not null
        and disclosed_values.platform_id is null
        and not {{ list_holds('labels.totalled_roles', "'platform'") }} as is_unknown_platform,
        coalesce(labels.totalled_roles, []) as totalled_roles,
        disclosed_values.victim_age_low is null
        and disclosed_values.victim_age_high is null
        and (
            labels.victim_age_label is not null
            or {{ re_matches(
                "lower(coalesce(labels.victim_label, ''))", 'age.*unknown|unknown age|age.*not (known|stated|recorded)'
            ) }}
        ) as is_age_unknown,
        restrictions.offence_only,
        restrictions.outcome_only,
        restrictions.victim_only,
        restrictions.platform_only,
        coalesce(tightened.tightened_low, disclosed_values.value_low) as low,
        coalesce(tightened.tightened_high, disclosed_values.value_high) as high
    from disclosed_values
    inner join tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    inner join disclosures
        on disclosed_values.disclosure_id = disclosures.disclosure_id
    left join restrictions
        on disclosed_values.disclosed_value_id = restrictions.disclosed_value_id
    left join tightened
        on disclosed_values.disclosed_value_id = tightened.disclosed_value_id
    left join labels
        on disclosed_values.disclosed_value_id = labels.disclosed_value_id
    left join asked_periods
        on
            disclosed_values.value_status = 'nil_return'
            and disclosures.request_id = asked_periods.request_id
            and disclosed_values.period_start_on <= asked_periods.period_start_on
            and disclosed_values.period_end_on >= asked_periods.period_end_on
),

by_dimension as (
    select
        *,
        'platform' as dimension,
        platform_id as dimension_code,
        case when is_unknown_platform then 'no code' else 'platform' end as grain,
        true as is_exact,
        true as is_inside
    from placed
    where platform_id is not null or is_unknown_platform
    union all
    select
        placed.*,
        'outcome' as dimension,
        placed.outcome_code as dimension_code,
        case
            when outcomes.outcome_kind = 'outcome' then 'type'
            else coalesce(outcomes.outcome_kind, 'no code')
        end as grain,
        coalesce(placed.outcome_mapping, 'equal') = 'equal' as is_exact,
        coalesce(placed.outcome_mapping, 'equal') in ('equal', 'narrower') as is_inside
    from placed
    left join {{ ref('dim_outcome') }} as outcomes
        on placed.outcome_code = outcomes.outcome_code
    where placed.outcome_text is not null and not {{ list_holds('placed.totalled_roles', "'outcome'") }}
    union all
    select
        placed.*,
        'offence' as dimension,
        placed.offence_code as dimension_code,
        coalesce(offences.code_level, 'no code') as grain,
        coalesce(placed.offence_mapping, 'equal') = 'equal' as is_exact,
        coalesce(placed.offence_mapping, 'equal') in ('equal', 'narrower') as is_inside
    from placed
    left join {{ ref('dim_offence') }} as offences
        on placed.offence_code = offences.offence_code
    where placed.offence_text is not null and not {{ list_holds('placed.totalled_roles', "'offence'") }}
    union all
    select
        *,
        'victim' as dimension,
        case
            when is_age_unknown then {{ victim_code('victim_sex', "'unknown'", 'null') }}
            else {{ victim_code('victim_sex', 'victim_age_low', 'victim_age_high') }}
        end as dimension_code,
        case
            when is_age_unknown then 'sex and age'
            else {{ victim_grain('victim_sex', 'victim_age_low', 'victim_age_high') }}
        end as grain,
        true as is_exact,
        true as is_inside
    from placed
    where
        victim_text is not null
        and not {{ list_holds('totalled_roles', "'victim'") }}
        and not {{ list_holds('totalled_roles', "'victim_sex'") }}
        and not {{ list_holds('totalled_roles', "'victim_age'") }}
),

-- What the other headings of a figure leave out of its count.
restricted as (
    select
        *,
        nullif(concat_ws(
            '; ',
            {%- for role in ['offence', 'outcome', 'victim', 'platform'] %}
            case when dimension <> '{{ role }}' then {{ role }}_only end{{ "," if not loop.last }}
            {%- endfor %}
        ), '') as restricted_to
    from by_dimension
),

-- A printed total stands in only where its rows are not printed, and the one that adds over most where there are
-- several. A total over the platforms is no further platform.
chosen as (
    select *
    from restricted
    -- nothing under a label without a code is nothing to compare
    where dimension_code is not null or high is distinct from 0
    qualify
        dense_rank() over (
            partition by
                disclosure_id, table_no, force_id, measure, placed_start_on, placed_end_on, dimension, dimension_code,
                platform_id, restricted_to
            order by is_total, len(totalled_roles) desc, {{ list_text('totalled_roles') }}
        ) = 1
        and not (
            is_total
            and platform_id is null
            and bool_or(platform_id is not null) over (partition by disclosure_id, table_no, dimension)
        )
)

select
    disclosed_value_id,
    request_id,
    disclosure_id,
    table_no,
    force_id,
    measure,
    placed_start_on as period_start_on,
    placed_end_on as period_end_on,
    placed_basis as period_basis,
    dimension,
    dimension_code,
    grain,
    is_exact,
    is_inside,
    platform_id,
    is_unknown_platform,
    restricted_to,
    offence_code,
    is_total,
    is_record,
    low,
    high
from chosen
