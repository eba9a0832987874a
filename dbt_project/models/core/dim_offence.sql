-- Classes and sub-codes in one dimension; a sub-code names the class it is counted in.
with classes as (
    select * from {{ ref('offence_classes') }}
),

codes as (
    select * from {{ ref('offence_codes') }}
)

select
    offence_code,
    'class' as code_level,
    offence_code as class_code,
    title as offence_title,
    offence_group,
    offence_subgroup,
    is_sexual_offence_group,
    is_indecent_image,
    cast(victim_age_low as bigint) as victim_age_low,
    cast(victim_age_high as bigint) as victim_age_high,
    victim_sex,
    valid_from as valid_from_on,
    valid_to as valid_to_on
from classes
union all
select
    codes.offence_code,
    'sub-code' as code_level,
    codes.class_code,
    codes.title as offence_title,
    codes.offence_group,
    classes.offence_subgroup,
    codes.is_sexual_offence_group,
    codes.is_indecent_image,
    cast(codes.victim_age_low as bigint) as victim_age_low,
    cast(codes.victim_age_high as bigint) as victim_age_high,
    codes.victim_sex,
    codes.valid_from as valid_from_on,
    cast(null as date) as valid_to_on
from codes
left join classes
    on codes.class_code = classes.offence_code
