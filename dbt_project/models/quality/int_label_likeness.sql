-- How like each code a waiting label is by its words, from 0 to 1: the share of the label that the code explains and,
-- for half of it, the share of the code's own title that the label says. A title that says the contrary of a word of
-- the label (male for female, over 18 for under 18) counts half.
with label_words as (
    select * from {{ ref('int_label_words') }}
),

known_words as (
    select * from {{ ref('int_known_words') }}
),

distinct_words as (
    select distinct
        role,
        clean_label,
        word,
        weight
    from label_words
),

label_totals as (
    select
        role,
        clean_label,
        sum(weight) as total_weight
    from distinct_words
    group by role, clean_label
),

known_totals as (
    select
        known_label_id,
        sum(weight) as total_weight
    from known_words
    where is_own
    group by known_label_id
),

matches as (
    select
        label_words.role,
        label_words.clean_label,
        label_words.word,
        label_words.weight as label_weight,
        label_words.likeness,
        known_words.code,
        known_words.known_label_id,
        known_words.word as known_word,
        known_words.is_own,
        known_words.weight as known_weight
    from label_words
    inner join known_words
        on label_words.role = known_words.role and label_words.known_word = known_words.word
),

explained as (
    select
        role,
        clean_label,
        code,
        known_label_id,
        word,
        max(label_weight * likeness) as weight
    from matches
    group by role, clean_label, code, known_label_id, word
),

said as (
    select
        role,
        clean_label,
        known_label_id,
        known_word,
        max(known_weight * likeness) as weight
    from matches
    where is_own
    group by role, clean_label, known_label_id, known_word
),

contradicted as (
    select distinct
        label_words.role,
        label_words.clean_label,
        known_words.known_label_id
    from label_words
    inner join known_words
        on label_words.role = known_words.role and {{ contrary_word('label_words.word') }} = known_words.word
    left join label_words as also_said
        on
            label_words.role = also_said.role
            and label_words.clean_label = also_said.clean_label
            and known_words.word = also_said.word
    where also_said.word is null
),

label_shares as (
    select
        explained.role,
        explained.clean_label,
        explained.code,
        explained.known_label_id,
        sum(explained.weight) / any_value(label_totals.total_weight) as label_share
    from explained
    inner join label_totals
        on explained.role = label_totals.role and explained.clean_label = label_totals.clean_label
    group by explained.role, explained.clean_label, explained.code, explained.known_label_id
),

known_shares as (
    select
        said.role,
        said.clean_label,
        said.known_label_id,
        sum(said.weight) / any_value(known_totals.total_weight) as known_share
    from said
    inner join known_totals
        on said.known_label_id = known_totals.known_label_id
    group by said.role, said.clean_label, said.known_label_id
)

select
    label_shares.role,
    label_shares.clean_label,
    label_shares.code,
    max(label_shares.label_share) as label_share,
    max(
        label_shares.label_share * (0.5 + 0.5 * coalesce(known_shares.known_share, 0))
        * case when contradicted.known_label_id is null then 1 else 0.5 end
    ) as word_score
from label_shares
left join known_shares
    on
        label_shares.role = known_shares.role
        and label_shares.clean_label = known_shares.clean_label
        and label_shares.known_label_id = known_shares.known_label_id
left join contradicted
    on
        label_shares.role = contradicted.role
        and label_shares.clean_label = contradicted.clean_label
        and label_shares.known_label_id = contradicted.known_label_id
group by label_shares.role, label_shares.clean_label, label_shares.code
