with platforms as (
    select * from {{ ref('platforms') }}
)

select
    platform_id,
    platform_name,
    owner as owner_name,
    renamed_from,
    renamed_on,
    is_pooled
from platforms
