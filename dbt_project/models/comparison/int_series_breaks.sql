-- Every break found in the series of a force, with its evidence: labels of another generation, other offences, changes
-- the force declares, codes that begin, end or take in another offence.
with makeup_breaks as (
    select * from {{ ref('int_makeup_breaks') }}
),

declared as (
    select
        disclosures.request_id,
        disclosures.disclosure_id,
        disclosures.force_id,
        breaks.break_on,
        breaks.break_kind,
        breaks.reason
    from {{ ref('stg_series_breaks') }} as breaks
    inner join {{ ref('dim_disclosure') }} as disclosures
        on breaks.disclosure_id = disclosures.disclosure_id
    where disclosures.request_id is not null and disclosures.force_id is not null
),

-- Only the codes of which a force gives figures on both sides.
code_series as (
    select
        request_id,
        force_id,
        measure,
        dimension,
        dimension_code,
        min(period_start_on) as first_on,
        max(period_end_on) as last_on
    from {{ ref('int_comparison_groups') }}
    where dimension in ('offence', 'outcome') and dimension_code is not null
    group by request_id, force_id, measure, dimension, dimension_code
),

-- A code that begins within a week of a period is counted over the whole of it: 071/17 and the year from 1 April 2017.
code_breaks as (
    select
        code_series.request_id,
        code_series.force_id,
        code_series.measure,
        code_series.dimension,
        code_series.dimension_code,
        breaks.break_on,
        breaks.evidence
    from code_series
    inner join {{ ref('int_code_breaks') }} as breaks
        on
            code_series.dimension = breaks.dimension
            and code_series.dimension_code = breaks.dimension_code
            and {{ add_days('code_series.first_on', 7) }} < breaks.break_on
            and code_series.last_on >= breaks.break_on
),

found as (
    select
        request_id,
        disclosure_id,
        force_id,
        measure,
        cast(null as varchar) as dimension,
        cast(null as varchar) as dimension_code,
        break_on,
        break_kind,
        trait,
        evidence,
        alike_since,
        figures_since,
        alike_before,
        figures_before
    from makeup_breaks
    union all
    select
        request_id,
        disclosure_id,
        force_id,
        null as measure,
        null as dimension,
        null as dimension_code,
        break_on,
        break_kind,
        null as trait,
        reason as evidence,
        null as alike_since,
        null as figures_since,
        null as alike_before,
        null as figures_before
    from declared
    union all
    select
        request_id,
        null as disclosure_id,
        force_id,
        measure,
        dimension,
        dimension_code,
        break_on,
        'code_validity' as break_kind,
        null as trait,
        evidence,
        null as alike_since,
        null as figures_since,
        null as alike_before,
        null as figures_before
    from code_breaks
)

select
    {{ surrogate_key([
        'request_id', 'disclosure_id', 'force_id', 'measure', 'dimension', 'dimension_code', 'break_on', 'break_kind',
        'trait', 'evidence'
    ]) }} as series_break_id,
    request_id,
    disclosure_id,
    force_id,
    measure,
    dimension,
    dimension_code,
    break_on,
    break_kind,
    trait,
    evidence,
    alike_since,
    figures_since,
    alike_before,
    figures_before
from found
