-- Classes and sub-codes in one dimension; a sub-code names the class it is counted in.
with classes as (
    select * from {{ ref('offence_classes') }}
),

codes as (
    select * from {{ ref('offence_codes') }}
),

successors as (
    select
        predecessor_code as offence_code,
        {{ sorted_list('offence_code') }} as successor_codes
    from classes
    where predecessor_code is not null
    group by predecessor_code
)

select
    classes.offence_code,
    'class' as code_level,
    classes.offence_code as class_code,
    [classes.offence_code] as class_codes,
    classes.title as offence_title,
    classes.former_title,
    classes.offence_group,
    classes.offence_subgroup,
    classes.former_group,
    classes.is_sexual_offence_group,
    classes.is_indecent_image,
    cast(classes.victim_age_low as bigint) as victim_age_low,
    cast(classes.victim_age_high as bigint) as victim_age_high,
    classes.victim_sex,
    classes.valid_from as valid_from_on,
    classes.valid_to as valid_to_on,
    classes.predecessor_code,
    coalesce(successors.successor_codes, []) as successor_codes,
    classes.note
from classes
left join successors
    on classes.offence_code = successors.offence_code
union all
select
    codes.offence_code,
    'sub-code' as code_level,
    codes.class_code,
    {{ re_split('codes.class_codes', '[|]') }} as class_codes,
    codes.title as offence_title,
    cast(null as varchar) as former_title,
    codes.offence_group,
    classes.offence_subgroup,
    cast(null as varchar) as former_group,
    codes.is_sexual_offence_group,
    codes.is_indecent_image,
    cast(codes.victim_age_low as bigint) as victim_age_low,
    cast(codes.victim_age_high as bigint) as victim_age_high,
    codes.victim_sex,
    codes.valid_from as valid_from_on,
    cast(null as date) as valid_to_on,
    cast(null as varchar) as predecessor_code,
    [] as successor_codes,
    codes.note
from codes
left join classes
    on codes.class_code = classes.offence_code
