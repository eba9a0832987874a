with exemptions as (
    select * from {{ ref('exemptions') }}
)

select
    section,
    title as exemption_title,
    kind as exemption_kind,
    absolute_or_qualified,
    class_or_prejudice
from exemptions
