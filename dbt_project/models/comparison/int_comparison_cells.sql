-- What one answer says about one cell: rows of a table added up per period, platform and outcome.
-- Partial lists are left out, and figures under a further heading (a record system, a subset), which need not add up to
-- the whole; a printed total stands in only where its rows are not printed.
with disclosed_values as (
    select * from {{ ref('fct_disclosed_value') }}
    where
        force_id is not null
        and period_start_on is not null
        and period_end_on is not null
        and {{ map_text('other_dims') }} = {{ map_text(empty_map()) }}
),

tables as (
    select * from {{ ref('stg_tables') }}
    where not is_partial
),

-- Official statistics answer no request: they are the baseline, not one force's answer among others.
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
        disclosures.request_id,
        disclosed_values.disclosure_id,
        disclosed_values.table_no,
        disclosed_values.force_id,
        disclosed_values.measure,
        coalesce(asked_periods.period_start_on, disclosed_values.period_start_on) as period_start_on,
        coalesce(asked_periods.period_end_on, disclosed_values.period_end_on) as period_end_on,
        coalesce(asked_periods.period_basis, disclosed_values.period_basis) as period_basis,
        disclosed_values.platform_id,
        disclosed_values.platform_text,
        disclosed_values.outcome_text is not null as has_outcome,
        disclosed_values.outcome_code,
        coalesce(disclosed_values.outcome_mapping, 'equal') = 'equal' as is_exact,
        disclosed_values.value_low,
        disclosed_values.value_high,
        disclosed_values.is_total
    from disclosed_values
    inner join tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    inner join disclosures
        on disclosed_values.disclosure_id = disclosures.disclosure_id
    left join asked_periods
        on
            disclosed_values.value_status = 'nil_return'
            and disclosures.request_id = asked_periods.request_id
            and disclosed_values.period_start_on <= asked_periods.period_start_on
            and disclosed_values.period_end_on >= asked_periods.period_end_on
),

marked as (
    select
        *,
        bool_and(is_total) over (
            partition by disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, platform_id
        ) as has_totals_only,
        bool_or(has_outcome) over (partition by disclosure_id, table_no) as is_outcome_table,
        bool_or(platform_id is not null) over (partition by disclosure_id, table_no) as is_platform_table
    from placed
)

select
    request_id,
    disclosure_id,
    table_no,
    force_id,
    measure,
    period_start_on,
    period_end_on,
    period_basis,
    platform_id,
    is_outcome_table,
    has_outcome,
    outcome_code,
    has_totals_only,
    platform_text is not null and platform_id is null as is_unknown_platform,
    bool_and(is_exact) as is_exact,
    {{ sum_low('value_low') }} as value_low,
    {{ sum_high('value_high') }} as value_high
from marked
where
    is_total = has_totals_only
    -- a total over the platforms is no further platform
    and not (is_total and is_platform_table and platform_id is null)
group by
    request_id, disclosure_id, table_no, force_id, measure, period_start_on, period_end_on, period_basis, platform_id,
    is_outcome_table, has_outcome, outcome_code, has_totals_only, platform_text is not null and platform_id is null
