-- What was asked for and has no row, in tables that declare an absent row to mean none.
with tables as (
    select * from {{ ref('stg_tables') }}
    where absent_means = 'zero'
),

disclosures as (
    select * from {{ ref('stg_disclosures') }}
),

request_periods as (
    select * from {{ ref('stg_request_periods') }}
),

request_platforms as (
    select * from {{ ref('stg_request_platforms') }}
),

periods as (
    select * from {{ ref('int_period_texts') }}
),

platforms as (
    select * from {{ ref('int_platforms') }}
    where label_origin = 'request'
),

disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

pooled_platforms as (
    select platform_id from {{ ref('platforms') }}
    where is_pooled
),

asked as (
    select
        tables.disclosure_id,
        tables.table_name,
        tables.table_no,
        tables.locator,
        tables.measure,
        {{ map_value('tables.given', 'offence') }} as offence_text,
        disclosures.force_id,
        request_periods.period_text,
        periods.period_start_on,
        periods.period_end_on,
        periods.period_basis,
        request_platforms.platform_text,
        platforms.platform_id
    from tables
    inner join disclosures
        on tables.disclosure_id = disclosures.disclosure_id
    inner join request_periods
        on disclosures.request_id = request_periods.request_id
    inner join request_platforms
        on disclosures.request_id = request_platforms.request_id
    inner join periods
        on
            request_periods.period_text = periods.period_text
            and request_periods.period_basis = periods.declared_period_basis
    inner join platforms
        on request_platforms.platform_text = platforms.platform_label
    where platforms.platform_id is not null and periods.period_start_on is not null
)

select
    {{ surrogate_key([
        'asked.disclosure_id', 'asked.table_no', "'absent'", 'asked.period_text', 'asked.platform_text'
    ]) }}
        as disclosed_value_id,
    asked.disclosure_id,
    asked.table_name,
    asked.table_no,
    asked.locator || ' (no row for ' || asked.platform_text || ' ' || asked.period_text || ')' as locator,
    asked.force_id,
    asked.measure,
    asked.period_text,
    asked.period_start_on,
    asked.period_end_on,
    asked.period_basis,
    asked.platform_text,
    asked.platform_id,
    asked.offence_text
from asked
-- Any row that may be about the platform and reaches into the period leaves its figure open: a label without a mapping,
-- several platforms in one figure, half the year, a period that could not be read.
where not exists (
    select 1
    from disclosed_values
    where
        disclosed_values.disclosure_id = asked.disclosure_id
        and disclosed_values.table_no = asked.table_no
        and not {{ list_holds('disclosed_values.totalled_roles', "'platform'") }}
        and (
            disclosed_values.platform_id = asked.platform_id
            or disclosed_values.platform_id in (select platform_id from pooled_platforms)
            or (disclosed_values.platform_id is null and disclosed_values.platform_text is not null)
        )
        and coalesce(disclosed_values.period_start_on <= asked.period_end_on, true)
        and coalesce(disclosed_values.period_end_on >= asked.period_start_on, true)
)
