-- What the models themselves find that a reviewer should look at, one row each, with the place it leads back to.
with reconciliations as (
    select * from {{ ref('qa_reconciliations') }}
    where status = 'differs'
),

-- A label that several answers print is a finding of each of them, so that each may waive its own.
unmapped as (
    select
        seed_file,
        label_text,
        {{ explode('disclosure_ids') }} as disclosure_id
    from {{ ref('qa_unmapped_labels') }}
    union all
    select
        seed_file,
        label_text,
        null as disclosure_id
    from {{ ref('qa_unmapped_labels') }}
    where len(disclosure_ids) = 0
),

contradicting_mappings as (
    select * from {{ ref('qa_mapping_usage') }}
    where usage = 'contradicted'
),

disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

labels as (
    select * from {{ ref('int_labels') }}
),

issues as (
    select * from {{ ref('stg_extraction_issues') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

issue_codes as (
    select * from {{ ref('issue_codes') }}
),

series_breaks as (
    select * from {{ ref('int_series_breaks') }}
),

sum_bounds as (
    select * from {{ ref('int_sum_bounds') }}
    where is_void
),

early_codes as (
    select * from {{ ref('int_early_codes') }}
),

findings as (
    select
        'code_too_early' as check_name,
        'code_too_early' as finding_code,
        'warn' as severity,
        disclosure_id,
        table_name || ', ' || label_text || ', ' || {{ period_label('period_start_on', 'period_end_on') }} as place,
        dimension || ' ' || dimension_code || ' exists only from ' || cast(code_from_on as varchar) as message
    from early_codes
    union all
    select
        'series_break' as check_name,
        'series_break' as finding_code,
        'warn' as severity,
        disclosure_id,
        force_id || coalesce(', ' || dimension_code, '') || ', ' || cast(break_on as varchar) as place,
        evidence as message
    from series_breaks
    where disclosure_id is not null
    union all
    select distinct
        'totals_contradict' as check_name,
        'totals_contradict' as finding_code,
        'warn' as severity,
        disclosure_id,
        place,
        'cannot be true together with the other totals over the same figures' as message
    from sum_bounds
    union all
    select
        'reconciliation' as check_name,
        'reconciliation' as finding_code,
        'warn' as severity,
        disclosure_id,
        place,
        left_label || ' ' || {{ interval_text('left_low', 'left_high') }} || ' against ' || right_label || ' '
        || {{ interval_text('right_low', 'right_high') }} as message
    from reconciliations
    union all
    select
        'unmapped_label' as check_name,
        'unmapped_label' as finding_code,
        'warn' as severity,
        disclosure_id,
        seed_file || ', ' || label_text as place,
        'no mapping for ' || label_text as message
    from unmapped
    union all
    select
        'mappings_contradict' as check_name,
        'mappings_contradict' as finding_code,
        'error' as severity,
        null as disclosure_id,
        seed_file || ', ' || label_text as place,
        coalesce(code, 'no code') || ' here, ' || {{ list_text('contradicting_codes') }}
        || ' in another row of the same label, force and period' as message
    from contradicting_mappings
    union all
    select
        'undeclared_marker' as check_name,
        'undeclared_marker' as finding_code,
        'warn' as severity,
        disclosure_id,
        table_name || ', ' || locator as place,
        'the document does not explain ' || value_text as message
    from disclosed_values
    where bounds_rule in ('undeclared_asterisk', 'undeclared_dash')
    union all
    select distinct
        'printed_code_conflict' as check_name,
        'printed_code_conflict' as finding_code,
        'warn' as severity,
        disclosure_id,
        table_name || ', ' || offence_text as place,
        offence_conflict as message
    from disclosed_values
    where offence_conflict is not null
    union all
    select distinct
        'printed_code_conflict' as check_name,
        'printed_code_conflict' as finding_code,
        'warn' as severity,
        disclosure_id,
        table_name || ', ' || outcome_text as place,
        outcome_conflict as message
    from disclosed_values
    where outcome_conflict is not null
    union all
    select
        'number_not_understood' as check_name,
        'number_not_understood' as finding_code,
        'error' as severity,
        disclosure_id,
        table_name || ', ' || locator as place,
        'no rule reads ' || value_text as message
    from disclosed_values
    where bounds_rule = 'not_understood'
    union all
    select
        'period_not_understood' as check_name,
        'period_not_understood' as finding_code,
        'error' as severity,
        disclosed_values.disclosure_id,
        disclosed_values.table_name || ', ' || disclosed_values.locator as place,
        'no rule reads the period ' || disclosed_values.period_text as message
    from disclosed_values
    inner join labels
        on disclosed_values.disclosed_value_id = labels.disclosed_value_id
    where
        labels.period_label is not null
        and disclosed_values.period_start_on is null
        and not {{ list_holds('disclosed_values.totalled_roles', "'period'") }}
    union all
    select
        'measure_not_understood' as check_name,
        'measure_not_understood' as finding_code,
        'error' as severity,
        disclosed_values.disclosure_id,
        disclosed_values.table_name || ', ' || disclosed_values.locator as place,
        'no unit is named ' || labels.measure_label || '; say with reads_as which one it is' as message
    from disclosed_values
    inner join labels
        on disclosed_values.disclosed_value_id = labels.disclosed_value_id
    where labels.measure_label not in ({{ measure_list() }})
    union all
    select
        'force_not_understood' as check_name,
        'force_not_understood' as finding_code,
        'error' as severity,
        disclosed_values.disclosure_id,
        disclosed_values.table_name || ', ' || disclosed_values.locator as place,
        'no force has the alias ' || coalesce(labels.force_label, '(none)') as message
    from disclosed_values
    inner join labels
        on disclosed_values.disclosed_value_id = labels.disclosed_value_id
    where
        disclosed_values.force_id is null
        and not {{ list_holds('disclosed_values.totalled_roles', "'force'") }}
    union all
    select
        coalesce(issue_codes.check_name, 'extraction') as check_name,
        issues.issue_code as finding_code,
        case issues.severity when 'error' then 'error' else 'warn' end as severity,
        issues.disclosure_id,
        issues.file_name || coalesce(', ' || nullif(issues.place, ''), '') as place,
        'found ' || issues.found || '; expected ' || issues.expected || '. ' || issues.remedy as message
    from issues
    left join issue_codes
        on issues.issue_code = issue_codes.issue_code
    union all
    select
        'stale_extraction' as check_name,
        'stale_extraction' as finding_code,
        'error' as severity,
        disclosure_id,
        'disclosures/' || disclosure_id as place,
        'an earlier good extraction stands in, because the current files have errors' as message
    from disclosures
    where is_stale
)

select distinct
    check_name,
    finding_code,
    severity,
    disclosure_id,
    place,
    message
from findings
