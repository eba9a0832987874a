-- Every text whose code is known: titles of the vocabularies, current and former, what the sub-codes of a class have
-- in common, and every label that was ever mapped.
with offence_classes as (
    select * from {{ ref('offence_classes') }}
),

offence_codes as (
    select * from {{ ref('offence_codes') }}
),

outcome_types as (
    select * from {{ ref('outcome_types') }}
),

platforms as (
    select * from {{ ref('platforms') }}
),

sub_code_titles as (
    select
        offence_code,
        class_code,
        title
    from offence_codes
    union all
    select
        offence_code,
        class_code,
        {{ explode(re_split('other_titles', ' [|] ')) }} as title
    from offence_codes
    where other_titles is not null
),

-- "Causing or inciting a child under 16 to engage in sexual activity - Female child penetration": the words before
-- the dash stand before several sub-codes and name their class.
shared_titles as (
    select
        class_code as code,
        {{ re_extract('title', '^(.{10,}?) ?(?: -|- |[(]).*$') }} as known_text
    from offence_codes
    where class_code is not null
    group by all
    having count(*) > 1
),

known as (
    select
        'offence' as role,
        offence_code as code,
        title as known_text,
        cast(null as varchar) as context_text
    from offence_classes
    union all
    select
        'offence' as role,
        offence_code as code,
        former_title as known_text,
        null as context_text
    from offence_classes
    union all
    select
        'offence' as role,
        sub_code_titles.offence_code as code,
        sub_code_titles.title as known_text,
        offence_classes.title as context_text
    from sub_code_titles
    left join offence_classes
        on sub_code_titles.class_code = offence_classes.offence_code
    union all
    select
        'offence' as role,
        code,
        known_text,
        null as context_text
    from shared_titles
    union all
    select
        'outcome' as role,
        outcome_code as code,
        title as known_text,
        outcome_group as context_text
    from outcome_types
    union all
    select
        'platform' as role,
        platform_id as code,
        platform_name as known_text,
        null as context_text
    from platforms
    {%- for role, code in [('offence', 'offence_code'), ('outcome', 'outcome_code'), ('platform', 'platform_id')] %}
    union all
    select
        '{{ role }}' as role,
        {{ code }} as code,
        label_text as known_text,
        null as context_text
    from {{ ref(role ~ '_mappings') }}
    where {{ code }} is not null
    {%- endfor %}
)

select
    {{ surrogate_key(['role', 'code', normalised_label('known_text')]) }} as known_label_id,
    role,
    code,
    {{ normalised_label('known_text') }} as known_label,
    min({{ normalised_label('context_text') }}) as context_label
from known
where known_text is not null
group by all
