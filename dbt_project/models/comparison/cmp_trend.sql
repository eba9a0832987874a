-- Changes from one period to the next, and from the first to the last: only where both count the same thing and nothing
-- breaks the series between them. Otherwise the reason stands in place of the change.
with figures as (
    select * from {{ ref('int_comparison_groups') }}
    where period_days <= 366 and dimension_code is not null
),

series_breaks as (
    select * from {{ ref('int_series_breaks') }}
),

-- Months and half years are series of their own; a part of a year stands among the years.
in_order as (
    select
        *,
        case when period_basis in ('month', 'half') then period_basis else 'years' end as series_kind
    from figures
),

numbered as (
    select
        *,
        {{ surrogate_key(['request_id', 'dimension', 'dimension_code', 'measure', 'force_id', 'series_kind']) }}
            as series_id,
        row_number() over series as period_no,
        count(*) over (
            partition by request_id, dimension, dimension_code, measure, force_id, series_kind
        ) as periods
    from in_order
    window series as (
        partition by request_id, dimension, dimension_code, measure, force_id, series_kind
        order by period_start_on, period_end_on
    )
),

pairs as (
    select
        later.series_id,
        later.request_id,
        later.dimension,
        later.dimension_code,
        later.grain,
        later.measure,
        later.force_id,
        case when later.period_no = earlier.period_no + 1 then 'next' else 'first to last' end as span,
        earlier.period_start_on as earlier_start_on,
        earlier.period_end_on as earlier_end_on,
        later.period_start_on as later_start_on,
        later.period_end_on as later_end_on,
        {{ period_label('earlier.period_start_on', 'earlier.period_end_on') }} as earlier_label,
        {{ period_label('later.period_start_on', 'later.period_end_on') }} as later_label,
        earlier.value_low as earlier_low,
        earlier.value_high as earlier_high,
        later.value_low as later_low,
        later.value_high as later_high,
        earlier.period_basis as earlier_basis,
        later.period_basis as later_basis,
        earlier.period_days as earlier_days,
        later.period_days as later_days,
        earlier.comparison_group as earlier_group,
        later.comparison_group as later_group,
        earlier.is_exact and later.is_exact as is_exact,
        earlier.is_mixed or later.is_mixed as is_mixed
    from numbered as later
    inner join numbered as earlier
        on
            later.series_id = earlier.series_id
            and (
                later.period_no = earlier.period_no + 1
                or (earlier.period_no = 1 and later.period_no = later.periods and later.periods > 2)
            )
),

breaks_between as (
    select
        pairs.series_id,
        pairs.span,
        pairs.earlier_start_on,
        pairs.later_start_on,
        {{ sorted_list("'series break: ' || series_breaks.evidence") }} as evidence
    from pairs
    inner join series_breaks
        on
            pairs.request_id = series_breaks.request_id
            and pairs.force_id = series_breaks.force_id
            and coalesce(pairs.measure = series_breaks.measure or series_breaks.trait is not null, true)
            and coalesce(pairs.dimension = series_breaks.dimension, true)
            and coalesce(pairs.dimension_code = series_breaks.dimension_code, true)
            and {{ add_days('pairs.earlier_start_on', 7) }} < series_breaks.break_on
            and pairs.later_end_on >= series_breaks.break_on
    group by pairs.series_id, pairs.span, pairs.earlier_start_on, pairs.later_start_on
),

{% set other_reasons = [
    ['period_overlap', "later_start_on <= earlier_end_on", "'the periods overlap'"],
    ['part_year', "'part_year' in (earlier_basis, later_basis) or abs(earlier_days - later_days) > 3",
        "'the periods are not of the same length: ' || cast(earlier_days as varchar) || ' and ' || cast(later_days as varchar) || ' days'"],
    ['period_basis', "earlier_basis is distinct from later_basis and 'part_year' not in (earlier_basis, later_basis)",
        "'counted over ' || " ~ basis_words('earlier_basis') ~ " || ', then over ' || " ~ basis_words('later_basis')],
    ['counted_otherwise', "earlier_group <> later_group and earlier_basis is not distinct from later_basis",
        "'counted as ' || earlier_group || ', then as ' || later_group"],
    ['mapping', "not is_exact", "'labels are wider or narrower than the code, or fit it only roughly'"],
    ['mixed_methods', "is_mixed", "'answers of this force were found by different methods or for different victims'"]
] %}

joined as (
    select
        pairs.*,
        coalesce(breaks_between.evidence, []) as breaks
    from pairs
    left join breaks_between
        on
            pairs.series_id = breaks_between.series_id
            and pairs.span = breaks_between.span
            and pairs.earlier_start_on = breaks_between.earlier_start_on
            and pairs.later_start_on = breaks_between.later_start_on
),

reasoned as (
    select
        *,
        {{ reasons_where(other_reasons) }} as other_reasons,
        {{ reason_codes_where(other_reasons) }} as other_codes
    from joined
),

judged as (
    select
        *,
        len(breaks) + len(other_reasons) = 0 as is_comparable,
        {{ difference_low('later_low', 'earlier_high') }} as least_change,
        {{ difference_high('later_high', 'earlier_low') }} as most_change
    from reasoned
)

select
    {{ surrogate_key(['series_id', 'span', 'earlier_start_on', 'earlier_end_on', 'later_start_on', 'later_end_on']) }}
        as trend_id,
    request_id,
    dimension,
    dimension_code,
    grain,
    measure,
    force_id,
    span,
    earlier_label,
    earlier_start_on,
    earlier_end_on,
    later_label,
    later_start_on,
    later_end_on,
    earlier_low,
    earlier_high,
    later_low,
    later_high,
    is_comparable,
    case when is_comparable then least_change end as change_low,
    case when is_comparable then most_change end as change_high,
    case when is_comparable then round(100 * ({{ share_low('later_low', 'earlier_high') }} - 1), 1) end
        as change_percent_low,
    case when is_comparable then round(100 * ({{ share_high('later_high', 'earlier_low') }} - 1), 1) end
        as change_percent_high,
    case
        when not is_comparable then null
        when least_change > 0 then 'up'
        when most_change < 0 then 'down'
        when least_change = 0 and most_change = 0 then 'same'
        else 'open'
    end as direction,
    {{ lists_joined('breaks', 'other_reasons') }} as reasons,
    {{ lists_joined(same_for_each('breaks', 'series_break'), 'other_codes') }} as reason_codes
from judged
