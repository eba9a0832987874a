-- Answers of one force, to whatever request, that state the same quantity: how far they agree. Of answers with the same
-- figure the first speaks for all, so that many copies make no more pairs than there are answers.
with comparison_values as (
    select * from {{ ref('int_comparison_values') }}
    where value_origin <> 'derived_across_platforms' and not is_rolled_up and dimension_code is not null
),

disclosures as (
    select
        * exclude (victim_scope),
        {{ victim_scope_of('victim_scope') }} as victim_scope
    from {{ ref('dim_disclosure') }}
),

requests as (
    select * from {{ ref('dim_request') }}
),

quantities as (
    select
        comparison_values.comparison_value_id,
        comparison_values.disclosure_id,
        comparison_values.force_id,
        comparison_values.measure,
        comparison_values.period_start_on,
        comparison_values.period_end_on,
        comparison_values.dimension,
        comparison_values.dimension_code,
        comparison_values.value_low,
        comparison_values.value_high,
        {{ surrogate_key([
            'comparison_values.force_id', 'comparison_values.measure', 'comparison_values.period_start_on',
            'comparison_values.period_end_on', 'comparison_values.period_basis', 'comparison_values.dimension',
            'comparison_values.dimension_code', 'requests.offence_scope', 'disclosures.victim_scope',
            'disclosures.counting_method', 'comparison_values.restricted_to'
        ]) }} as quantity_id
    from comparison_values
    inner join disclosures
        on comparison_values.disclosure_id = disclosures.disclosure_id
    inner join requests
        on comparison_values.request_id = requests.request_id
),

spoken_for as (
    select
        *,
        min(disclosure_id) over (partition by quantity_id, value_low, value_high) as speaker_id
    from quantities
),

speakers as (
    select * from spoken_for
    where disclosure_id = speaker_id
),

-- An answer against the speaker of its own figure, and against the speaker of every other; two speakers meet once.
pairs as (
    select
        answers.quantity_id,
        answers.comparison_value_id as answer_value_id,
        speakers.comparison_value_id as speaker_value_id,
        answers.disclosure_id < speakers.disclosure_id as is_answer_first
    from spoken_for as answers
    inner join speakers
        on
            answers.quantity_id = speakers.quantity_id
            and answers.disclosure_id <> speakers.disclosure_id
            and not (answers.disclosure_id = answers.speaker_id and answers.disclosure_id > speakers.disclosure_id)
),

ordered as (
    select
        case when is_answer_first then answer_value_id else speaker_value_id end as earlier_value_id,
        case when is_answer_first then speaker_value_id else answer_value_id end as later_value_id
    from pairs
)

select
    earlier.comparison_value_id,
    later.comparison_value_id as other_comparison_value_id,
    earlier.disclosure_id,
    later.disclosure_id as other_disclosure_id,
    earlier.force_id,
    earlier.measure,
    earlier.period_start_on,
    earlier.period_end_on,
    earlier.dimension,
    earlier.dimension_code,
    earlier.value_low,
    earlier.value_high,
    later.value_low as other_value_low,
    later.value_high as other_value_high,
    {{ interval_status('earlier.value_low', 'earlier.value_high', 'later.value_low', 'later.value_high') }} as status
from ordered
inner join quantities as earlier
    on ordered.earlier_value_id = earlier.comparison_value_id
inner join quantities as later
    on ordered.later_value_id = later.comparison_value_id
