-- Every check and every disclosure: what was found, one row each, or that nothing was. A waived finding stays here with
-- the reason, and counts again from the day its waiver expires. What is checked outside dbt arrives in
-- raw.check_results once dbt has ended; this statement is then run again on the same build.
with checks as (
    select * from {{ ref('checks') }}
),

disclosures as (
    select * from {{ ref('dim_disclosure') }}
),

scopes as (
    select * from {{ ref('int_check_scope') }}
),

check_results as (
    select * from {{ ref('stg_check_results') }}
),

waivers as (
    select * from {{ ref('stg_waivers') }}
),

found as (
    select
        check_name,
        finding_code,
        severity,
        disclosure_id,
        place,
        message
    from {{ ref('int_findings') }}
    union all
    select
        check_name,
        check_name as finding_code,
        case status when 'FAIL' then 'error' else 'warn' end as severity,
        disclosure_id,
        place,
        message
    from check_results
    where status in ('FAIL', 'WARN')
),

waived as (
    select
        found.check_name,
        found.severity,
        found.disclosure_id,
        found.place,
        found.message,
        min(waivers.reason) as waiver_reason,
        max(waivers.expires_on) as waived_until
    from found
    left join waivers
        on
            found.disclosure_id = waivers.disclosure_id
            and waivers.check_name in (found.check_name, found.finding_code)
            and (waivers.place is null or found.place = waivers.place)
            and found.severity <> 'error'
            and waivers.expires_on > {{ today() }}
    group by found.check_name, found.severity, found.disclosure_id, found.place, found.message
),

findings as (
    select
        *,
        case
            when waiver_reason is not null then 'WAIVED'
            when severity = 'error' then 'FAIL'
            else 'WARN'
        end as status
    from waived
),

-- A waiver that nothing was ever found for: of a finding since mended, or with a slip in its check or place.
waivers_in_vain as (
    select distinct
        waivers.disclosure_id,
        waivers.check_name || coalesce(', ' || waivers.place, '') as place
    from waivers
    left join found
        on
            waivers.disclosure_id = found.disclosure_id
            and waivers.check_name in (found.check_name, found.finding_code)
            and (waivers.place is null or waivers.place = found.place)
            and found.severity <> 'error'
    where found.check_name is null
),

open_or_waived as (
    select
        check_name,
        status,
        severity,
        disclosure_id,
        place,
        message,
        waiver_reason,
        waived_until
    from findings
    union all
    select
        'waiver_in_vain' as check_name,
        'WARN' as status,
        'warn' as severity,
        disclosure_id,
        place,
        'nothing is found that it waives' as message,
        null as waiver_reason,
        null as waived_until
    from waivers_in_vain
),

-- A check of the models passes where it applies and found nothing; any other says so itself.
unfound as (
    select
        checks.check_name,
        checks.severity,
        disclosures.disclosure_id,
        case
            when checks.check_kind = 'finding'
                then case when scopes.is_applicable then 'PASS' else 'NOT_APPLICABLE' end
            else coalesce(max(check_results.status), 'NOT_APPLICABLE')
        end as status,
        coalesce(max(check_results.message), '') as told
    from checks
    cross join disclosures
    left join scopes
        on checks.check_name = scopes.check_name and disclosures.disclosure_id = scopes.disclosure_id
    left join check_results
        on
            checks.check_name = check_results.check_name
            and disclosures.disclosure_id = check_results.disclosure_id
    left join open_or_waived
        on
            checks.check_name = open_or_waived.check_name
            and disclosures.disclosure_id = open_or_waived.disclosure_id
    where checks.scope = 'disclosure' and open_or_waived.check_name is null
    group by
        checks.check_name, checks.severity, checks.check_kind, disclosures.disclosure_id, scopes.is_applicable
    union all
    select
        checks.check_name,
        checks.severity,
        null as disclosure_id,
        'PASS' as status,
        '' as told
    from checks
    left join findings
        on checks.check_name = findings.check_name
    where checks.scope = 'warehouse' and checks.check_kind = 'finding' and findings.check_name is null
),

every as (
    select * from open_or_waived
    union all
    select
        check_name,
        status,
        severity,
        disclosure_id,
        null as place,
        case
            when told <> '' then told
            when status = 'PASS' then 'nothing found'
            else 'nothing in this answer to check'
        end as message,
        null as waiver_reason,
        null as waived_until
    from unfound
    union all
    select
        check_name,
        status,
        'warn' as severity,
        disclosure_id,
        place,
        case when message = '' then 'nothing found' else message end as message,
        null as waiver_reason,
        null as waived_until
    from check_results
    where disclosure_id is null and status not in ('FAIL', 'WARN')
)

select
    {{ surrogate_key(['every.check_name', 'every.disclosure_id', 'every.place', 'every.message']) }} as finding_id,
    every.check_name,
    coalesce(checks.check_kind, 'dbt_test') as check_kind,
    every.status,
    every.severity,
    every.disclosure_id,
    every.place,
    every.message,
    every.waiver_reason,
    every.waived_until
from every
left join checks
    on every.check_name = checks.check_name
