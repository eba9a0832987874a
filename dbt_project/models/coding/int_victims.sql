-- Victim text -> sex and range of ages in whole years. One row per combination of the three printed texts.
with labels as (
    select distinct
        victim_label,
        victim_sex_label,
        victim_age_label
    from {{ ref('int_labels') }}
    where coalesce(victim_label, victim_sex_label, victim_age_label) is not null
),

normalised as (
    select
        *,
        {{ normalised_label("coalesce(victim_sex_label, victim_label, '')") }} as sex_text,
        {{ normalised_label("coalesce(victim_age_label, victim_label, '')") }} as age_text
    from labels
),

-- The number a rule needs, whichever rule it is; at most one of these patterns is the longest that fits.
numbers as (
    select
        *,
        {{ re_extract('age_text', under_age()) }} as under_age,
        {{ re_extract('age_text', '(\\d{1,3})(?: years)?(?: old)? (?:and|or|&) (?:under|younger|below)') }}
            as up_to_age,
        {{ re_extract('age_text', '(\\d{1,3})(?: years)?(?: old)?(?: (?:and|or|&) (?:over|older|above)|\\+)') }}
            as from_age,
        {{ re_extract('age_text', '(?:over|above|older than)(?: the age of)? (\\d{1,3})') }} as over_age,
        {{ re_extract('age_text', '(\\d{1,3}) ?(?:-|to|and) ?\\d{1,3}') }} as between_low,
        {{ re_extract('age_text', '\\d{1,3} ?(?:-|to|and) ?(\\d{1,3})') }} as between_high,
        {{ re_extract('age_text', only_age()) }} as single_age
    from normalised
)

select
    victim_label,
    victim_sex_label,
    victim_age_label,
    case
        when
            {{ re_matches('sex_text', '\\b(female|females|girl|girls|woman|women)\\b|^f$') }}
            and not {{ re_matches('sex_text', '\\b(male|males|boy|boys|man|men)\\b') }} then 'female'
        when
            {{ re_matches('sex_text', '\\b(male|males|boy|boys|man|men)\\b|^m$') }}
            and not {{ re_matches('sex_text', '\\b(female|females|girl|girls|woman|women)\\b') }} then 'male'
        when {{ re_matches('sex_text', '^(unknown|not known|u/k|not stated|not recorded|unspecified)') }} then 'unknown'
    end as victim_sex,
    {{ to_integer('case
        when between_low is not null then between_low
        when under_age is not null or up_to_age is not null then null
        when from_age is not null then from_age
        when over_age is not null then cast(cast(over_age as bigint) + 1 as varchar)
        else single_age
    end') }} as victim_age_low,
    {{ to_integer('case
        when between_high is not null then between_high
        when under_age is not null then cast(cast(under_age as bigint) - 1 as varchar)
        when up_to_age is not null then up_to_age
        when from_age is not null or over_age is not null then null
        else single_age
    end') }} as victim_age_high
from numbers
