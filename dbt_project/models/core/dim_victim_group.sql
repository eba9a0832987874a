with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

groups_printed as (
    select distinct
        victim_sex,
        victim_age_low,
        victim_age_high
    from disclosed_values
    where victim_text is not null
)

select
    {{ surrogate_key(['victim_sex', 'victim_age_low', 'victim_age_high']) }} as victim_group_id,
    victim_sex,
    victim_age_low,
    victim_age_high,
    {{ victim_label('victim_sex', 'victim_age_low', 'victim_age_high') }} as victim_group_label
from groups_printed
