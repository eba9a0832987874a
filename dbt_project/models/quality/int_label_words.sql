-- Every word of a waiting label beside each known word it may be: the same, an abbreviation, a slip of the pen. A word
-- that no code uses stands alone, with the weight of a word that some codes use: it takes from every code alike.
with queued_labels as (
    select
        role,
        clean_label,
        {{ explode(re_split(joined_words('description'), '[^a-z0-9]+')) }} as word
    from {{ ref('int_queued_labels') }}
),

label_words as (
    select distinct
        role,
        clean_label,
        {{ word_stem('word') }} as word
    from queued_labels
    where word not in ({{ filler_words() }})
),

words as (
    select distinct
        role,
        word
    from label_words
),

known_words as (
    select distinct
        role,
        word,
        weight
    from {{ ref('int_known_words') }}
),

pairs as (
    select
        words.role,
        words.word,
        known_words.word as known_word,
        known_words.weight,
        {{ word_likeness('words.word', 'known_words.word') }} as likeness
    from words
    inner join known_words
        on words.role = known_words.role
    where {{ word_likeness('words.word', 'known_words.word') }} > 0
)

select
    label_words.role,
    label_words.clean_label,
    label_words.word,
    pairs.known_word,
    pairs.likeness,
    coalesce(max(pairs.weight) over (partition by label_words.role, label_words.word), 3) as weight
from label_words
left join pairs
    on label_words.role = pairs.role and label_words.word = pairs.word
