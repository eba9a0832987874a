-- The distinct labels that wait for a code, whoever printed them: what suggestions are made for.
select distinct
    'offence' as role,
    clean_label,
    {{ without_printed_code('clean_label', 'offence') }} as description,
    printed_code
from {{ ref('int_offences') }}
where offence_rule in ('unmapped', 'printed_code_contradicted')
union all
select distinct
    'outcome' as role,
    clean_label,
    {{ without_printed_code('clean_label', 'outcome') }} as description,
    printed_code
from {{ ref('int_outcomes') }}
where outcome_rule in ('unmapped', 'printed_code_contradicted')
union all
select distinct
    'platform' as role,
    {{ normalised_label('platform_label') }} as clean_label,
    {{ normalised_label('platform_label') }} as description,
    cast(null as varchar) as printed_code
from {{ ref('int_platforms') }}
where platform_rule = 'unmapped'
