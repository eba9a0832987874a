-- Every distinct stretch of time that a figure or a request speaks of, with one label however it was printed.
with printed as (
    select
        period_start_on,
        period_end_on,
        period_basis
    from {{ ref('int_disclosed_values') }}
    where period_start_on is not null
    union
    select
        period_start_on,
        period_end_on,
        period_basis
    from {{ ref('int_period_texts') }}
    where period_start_on is not null
)

select
    {{ surrogate_key(['period_start_on', 'period_end_on', 'period_basis']) }} as period_id,
    period_start_on,
    period_end_on,
    period_basis,
    {{ period_label('period_start_on', 'period_end_on') }} as period_label,
    {{ days_between('period_start_on', 'period_end_on') }} + 1 as days_long
from printed
