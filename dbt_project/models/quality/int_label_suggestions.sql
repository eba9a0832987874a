-- What a waiting label might be: the three nearest codes by its words and its evidence, each with a score from 0 to 1.
-- Never applied. Of a class and its sub-codes with the same score the sub-code stands first where the label says more
-- than the class does. A status of before April 2013 comes after an outcome of today that fits as well.
with likeness as (
    select * from {{ ref('int_label_likeness') }}
),

evidence as (
    select * from {{ ref('int_label_evidence') }}
),

-- A label of strange words only is compared letter by letter, and never scores more than 0.3.
strangers as (
    select
        queued_labels.role,
        queued_labels.clean_label,
        known_labels.code,
        max(0.3 * {{ similarity('queued_labels.clean_label', 'known_labels.known_label') }}) as letter_score
    from {{ ref('int_queued_labels') }} as queued_labels
    left join likeness
        on queued_labels.role = likeness.role and queued_labels.clean_label = likeness.clean_label
    inner join {{ ref('int_known_labels') }} as known_labels
        on queued_labels.role = known_labels.role
    where likeness.code is null
    group by queued_labels.role, queued_labels.clean_label, known_labels.code
),

by_words_or_letters as (
    select
        role,
        clean_label,
        code,
        label_share,
        word_score
    from likeness
    union all
    select
        role,
        clean_label,
        code,
        0 as label_share,
        letter_score as word_score
    from strangers
    where letter_score > 0
),

candidates as (
    select
        role,
        clean_label,
        code
    from by_words_or_letters
    union
    select
        role,
        clean_label,
        code
    from evidence
),

scored as (
    select
        candidates.role,
        candidates.clean_label,
        candidates.code,
        coalesce(by_words_or_letters.label_share, 0) as label_share,
        coalesce(evidence.evidence, 0) as evidence,
        round(
            coalesce(evidence.evidence, 0)
            + (1 - coalesce(evidence.evidence, 0)) * coalesce(by_words_or_letters.word_score, 0)
            * case when candidates.code like 'legacy:%' then 0.8 else 1 end, 3
        ) as score
    from candidates
    left join by_words_or_letters
        on
            candidates.role = by_words_or_letters.role
            and candidates.clean_label = by_words_or_letters.clean_label
            and candidates.code = by_words_or_letters.code
    left join evidence
        on
            candidates.role = evidence.role
            and candidates.clean_label = evidence.clean_label
            and candidates.code = evidence.code
),

ranked as (
    select
        role,
        clean_label,
        code as suggested_code,
        score as suggestion_score,
        row_number() over (
            partition by role, clean_label
            order by
                score desc,
                evidence desc,
                case when (label_share < 0.999) = (code like '%/%') then 0 else 1 end asc,
                code asc
        ) as suggestion_rank
    from scored
)

select
    role,
    clean_label,
    suggestion_rank,
    suggested_code,
    suggestion_score
from ranked
where suggestion_rank <= 3
