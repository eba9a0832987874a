-- The labels of each figure beside what decides which mapping rows hold for them: the force the figure is of, which
-- a table naming several forces says row by row, and the day its period starts.
with labels as (
    select * from {{ ref('int_labels') }}
),

forces as (
    select * from {{ ref('int_forces') }}
),

periods as (
    select * from {{ ref('int_period_texts') }}
)

select
    labels.disclosed_value_id,
    labels.disclosure_id,
    case when labels.force_label is null then labels.default_force_id else forces.force_id end as force_id,
    periods.period_start_on,
    labels.offence_label,
    labels.outcome_label,
    labels.platform_label
from labels
left join forces
    on labels.force_label = forces.force_label
left join periods
    on
        labels.period_label = periods.period_text
        and labels.declared_period_basis is not distinct from periods.declared_period_basis
