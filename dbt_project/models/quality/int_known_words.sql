-- The words of every known label, each with its weight: the fewer codes use a word, the more it tells. A sub-code is
-- also known by the words of its class, an outcome by those of its group; they explain a label but need not be said.
with known_labels as (
    select
        role,
        code,
        known_label_id,
        context_label,
        case role
            when 'offence' then {{ without_printed_code('known_label', 'offence') }}
            when 'outcome' then {{ without_printed_code('known_label', 'outcome') }}
            else known_label
        end as description
    from {{ ref('int_known_labels') }}
),

split_words as (
    select
        role,
        code,
        known_label_id,
        true as is_own,
        {{ explode(re_split(joined_words('description'), '[^a-z0-9]+')) }} as word
    from known_labels
    union all
    select
        role,
        code,
        known_label_id,
        false as is_own,
        {{ explode(re_split(joined_words('context_label'), '[^a-z0-9]+')) }} as word
    from known_labels
    where context_label is not null
),

stems as (
    select
        role,
        code,
        known_label_id,
        {{ word_stem('word') }} as word,
        bool_or(is_own) as is_own
    from split_words
    where word not in ({{ filler_words() }})
    group by all
),

codes as (
    select
        role,
        count(distinct code) as codes_known
    from known_labels
    group by role
),

weights as (
    select
        stems.role,
        stems.word,
        ln((1 + any_value(codes.codes_known)) / count(distinct stems.code)) as weight
    from stems
    inner join codes
        on stems.role = codes.role
    group by stems.role, stems.word
)

select
    stems.role,
    stems.code,
    stems.known_label_id,
    stems.word,
    stems.is_own,
    weights.weight
from stems
inner join weights
    on stems.role = weights.role and stems.word = weights.word
