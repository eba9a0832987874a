-- Number text -> lowest and highest value and status, with the rule that read it. One row per disclosed value.
with disclosed_values as (
    select * from {{ ref('stg_disclosed_values') }}
),

tables as (
    select * from {{ ref('stg_tables') }}
),

-- One row per marker, however often it is declared; declarations that disagree leave the widest bounds, suppressed.
markers as (
    select
        disclosure_id,
        table_no,
        {{ squeezed('marker_text') }} as marker_text,
        min(value_low) as value_low,
        case when count(*) = count(value_high) then max(value_high) end as value_high,
        case when count(distinct value_status) = 1 then min(value_status) else 'suppressed' end as value_status
    from {{ ref('stg_markers') }}
    group by disclosure_id, table_no, {{ squeezed('marker_text') }}
),

number_words as (
    select * from {{ ref('number_words') }}
),

texts as (
    select
        disclosed_values.disclosed_value_id,
        disclosed_values.is_record,
        tables.blank_means,
        markers.marker_text,
        markers.value_low as marker_low,
        markers.value_high as marker_high,
        markers.value_status as marker_status,
        {{ normalised_label("coalesce(disclosed_values.value_text, '')") }} as clean_text
    from disclosed_values
    inner join tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    left join markers
        on
            disclosed_values.disclosure_id = markers.disclosure_id
            and disclosed_values.table_no = markers.table_no
            and {{ squeezed('disclosed_values.value_text') }} = markers.marker_text
),

-- What stands around the number: 'less than' before it, 'or fewer' after it, a second number behind a hyphen.
shapes as (
    select
        *,
        case
            when {{ re_matches('clean_text', '^(<=|≤|up to) ?') }} then 'at_most'
            when {{ re_matches('clean_text', '^(<|less than|fewer than|under) ?') }} then 'below'
            when {{ re_matches('clean_text', '^(>=|≥|>|more than|over|in excess of|at least) ?') }} then 'at_least'
            when {{ re_matches('clean_text', ' or (fewer|less)$') }} then 'at_most'
            when {{ re_matches('clean_text', ' or more$') }} then 'at_least'
            when {{ re_matches('clean_text', '^\\d+ ?(-|to) ?\\d+$') }} then 'between'
            else 'exact'
        end as shape,
        {{ re_extract('clean_text', '^(\\d+) ?(?:-|to) ?\\d+$') }} as first_digits,
        {{ re_extract('clean_text', '^\\d+ ?(?:-|to) ?(\\d+)$') }} as last_digits,
        {{ re_replace(
            re_replace('clean_text', '^(<=|≤|up to|<|less than|fewer than|under|>=|≥|>|more than|over|in excess of|at least) ?', ''),
            ' or (fewer|less|more)$', ''
        ) }} as bare_text
    from texts
),

spelt as (
    select
        *,
        -- 77, 686 and 1 535 are grouped digits; 12 34 is not a number. Only tables declared as signed have landed -6.
        case
            when {{ re_matches('bare_text', '^(-?\\d+|\\d{1,3}((, ?| )\\d{3})+)$') }}
                then {{ to_integer(re_replace('bare_text', '[, ]', '')) }}
        end as digits_value,
        {{ re_replace(re_replace('bare_text', '-', ' '), '^an? ', 'one ') }} as words_text
    from shapes
),

word_parts as (
    select
        *,
        {{ re_extract('words_text', '^(.*?) thousand') }} as thousands_text,
        {{ re_extract(re_replace('words_text', '^.* thousand( and)? ?', ''), '^(.*?) hundred') }} as hundreds_text,
        nullif(
            {{ re_replace(re_replace('words_text', '^.* thousand( and)? ?', ''), '^.* hundred( and)? ?', '') }}, ''
        ) as rest_text
    from spelt
),

numbered as (
    select
        word_parts.*,
        coalesce(
            word_parts.digits_value,
            case
                when
                    (word_parts.thousands_text is null) = (thousands.number_value is null)
                    and (word_parts.hundreds_text is null) = (hundreds.number_value is null)
                    and (word_parts.rest_text is null) = (rest.number_value is null)
                    then cast(
                        coalesce(thousands.number_value, 0) * 1000 + coalesce(hundreds.number_value, 0) * 100
                        + coalesce(rest.number_value, 0) as bigint
                    )
            end
        ) as number_value
    from word_parts
    left join number_words as thousands
        on word_parts.thousands_text = thousands.number_word
    left join number_words as hundreds
        on word_parts.hundreds_text = hundreds.number_word
    left join number_words as rest
        on word_parts.rest_text = rest.number_word
),

ruled as (
    select
        *,
        case
            when is_record then 'record'
            when marker_text is not null then 'declared_marker'
            when clean_text = '' then 'blank_' || blank_means
            when shape = 'between' and {{ to_integer('first_digits') }} < {{ to_integer('last_digits') }} then 'band'
            when shape = 'between' then 'not_understood'
            when shape = 'below' and number_value < 1 then 'not_understood'
            when number_value is not null then shape
            when {{ re_matches('clean_text', '^[*]+$') }} then 'undeclared_asterisk'
            when {{ re_matches('clean_text', '^-+$') }} then 'undeclared_dash'
            else 'not_understood'
        end as bounds_rule
    from numbered
),

bounded as (
    select
        disclosed_value_id,
        bounds_rule,
        case bounds_rule
            when 'record' then 1
            when 'declared_marker' then marker_low
            when 'blank_zero' then 0
            when 'blank_suppressed' then 1
            when 'exact' then number_value
            when 'below' then least(1, greatest(number_value - 1, 0))
            when 'at_most' then 0
            when 'at_least' then number_value
            when 'band' then {{ to_integer('first_digits') }}
            when 'undeclared_asterisk' then 1
        end as value_low,
        case bounds_rule
            when 'record' then 1
            when 'declared_marker' then marker_high
            when 'blank_zero' then 0
            when 'exact' then number_value
            when 'below' then greatest(number_value - 1, 0)
            when 'at_most' then number_value
            when 'band' then {{ to_integer('last_digits') }}
        end as value_high,
        case bounds_rule
            when 'record' then 'reported'
            when 'declared_marker' then marker_status
            when 'blank_suppressed' then 'suppressed'
            when 'exact' then 'reported'
            when 'below' then 'suppressed'
            when 'at_most' then 'suppressed'
            when 'at_least' then 'bound'
            when 'band' then 'bound'
            when 'undeclared_asterisk' then 'suppressed'
            else 'blank'
        end as printed_status
    from ruled
)

select
    disclosed_value_id,
    bounds_rule,
    value_low,
    value_high,
    -- Where only one number is left, as in '<2', nothing is hidden.
    case
        when printed_status in ('suppressed', 'bound') and value_low = value_high then 'reported' else printed_status
    end as value_status
from bounded
