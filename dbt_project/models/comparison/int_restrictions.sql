-- What a figure is restricted to by each of its headings: one offence, outcome, group of victims or platform, where its
-- table does not break that down. A sum over a table that does is the whole; so is what the request itself asks for.
with figures as (
    select
        disclosed_values.disclosed_value_id,
        disclosed_values.disclosure_id,
        disclosed_values.table_no,
        disclosed_values.measure,
        disclosed_values.is_record,
        disclosures.request_id,
        coalesce(disclosed_values.value_high = 0, false) as is_nothing,
        tables.layout = 'statement' as is_told,
        {{ map_names('tables.given') }} as given_roles,
        coalesce(requests.offence_scope, '') as offence_scope,
        {{ offence_code_of_scope('requests.offence_scope') }} as scope_code,
        coalesce(
            {{ age_limit_of("concat_ws(' ', disclosures.victim_scope, requests.offence_scope)") }}, 999
        ) as scope_high,
        disclosures.victim_scope,
        {%- for role, code in [('offence', 'offence_code'), ('outcome', 'outcome_code'), ('platform', 'platform_id')] %}
        {{ list_holds('labels.totalled_roles', "'" ~ role ~ "'") }} as is_over_{{ role }},
        coalesce(disclosed_values.{{ code }}, lower(disclosed_values.{{ role }}_text)) as {{ role }}_key,
        {%- endfor %}
        {{ list_holds('labels.totalled_roles', "'victim'") }}
        or {{ list_holds('labels.totalled_roles', "'victim_sex'") }}
        or {{ list_holds('labels.totalled_roles', "'victim_age'") }} as is_over_victim,
        lower(disclosed_values.victim_text) as victim_key,
        disclosed_values.victim_sex,
        coalesce(disclosed_values.victim_age_low, disclosed_values.victim_age_high) is not null as has_ages,
        coalesce(disclosed_values.victim_age_low, 0) as from_age,
        coalesce(disclosed_values.victim_age_high, 999) as to_age,
        coalesce(offences.class_code, disclosed_values.offence_code) as class_code
    from {{ ref('fct_disclosed_value') }} as disclosed_values
    inner join {{ ref('stg_tables') }} as tables
        on
            disclosed_values.disclosure_id = tables.disclosure_id
            and disclosed_values.table_no = tables.table_no
    inner join {{ ref('dim_disclosure') }} as disclosures
        on disclosed_values.disclosure_id = disclosures.disclosure_id
    left join {{ ref('dim_request') }} as requests
        on disclosures.request_id = requests.request_id
    left join {{ ref('int_labels') }} as labels
        on disclosed_values.disclosed_value_id = labels.disclosed_value_id
    left join {{ ref('dim_offence') }} as offences
        on disclosed_values.offence_code = offences.offence_code
),

-- A heading a figure is added over restricts it to nothing, and 'any of the listed platforms' is all of them.
keyed as (
    select
        * exclude (offence_key, outcome_key, platform_key, victim_key),
        {%- for role in ['offence', 'outcome', 'victim'] %}
        case when not is_over_{{ role }} then {{ role }}_key end as {{ role }}_key,
        {%- endfor %}
        case when not is_over_platform and platform_key <> 'any_listed' then platform_key end as platform_key
    from figures
),

{% set roles = ['offence', 'outcome', 'victim', 'platform'] %}
-- What each heading of a table says of all its figures together. A zero that names nothing is in all of them.
tables_said as (
    select
        disclosure_id,
        table_no,
        measure,
        bool_and(is_record or is_nothing) as is_list_of_records,
        {%- for role in roles %}
        count(distinct {{ role }}_key) as {{ role }}_keys,
        min({{ role }}_key) as {{ role }}_only,
        count({{ role }}_key) > 0 and bool_or({{ role }}_key is null and not is_over_{{ role }} and not is_nothing)
            as is_{{ role }}_beside_all,
        {%- endfor %}
        case when count(offence_key) = count(class_code) and count(distinct class_code) = 1 then min(class_code) end
            as class_only,
        case
            when count(distinct victim_sex) = 1 and bool_and(victim_key is null or victim_sex is not null)
                then min(victim_sex)
        end as sex_only,
        case
            when bool_and(victim_key is null or has_ages) then min(case when victim_key is not null then from_age end)
        end as from_age,
        max(case when victim_key is not null then to_age end) as to_age,
        {{ sorted_list('platform_key') }} as platforms
    from keyed
    where not (is_nothing and coalesce(offence_key, outcome_key, victim_key, platform_key) is null)
    group by disclosure_id, table_no, measure
),

asked_platforms as (
    select
        request_platforms.request_id,
        count(distinct request_platforms.platform_text) as platforms_asked,
        {{ sorted_list('platforms.platform_id') }} as platform_ids
    from {{ ref('stg_request_platforms') }} as request_platforms
    left join {{ ref('int_platforms') }} as platforms
        on
            request_platforms.platform_text = platforms.platform_label
            and platforms.label_origin = 'request'
    group by request_platforms.request_id
),

-- The words of a restriction: those of the figure itself where it is told in a sentence or stands beside figures of the
-- whole, else those of its table where that says one thing of all. A list of records is whole: each prints its own.
worded as (
    select
        keyed.disclosed_value_id,
        keyed.measure,
        {%- for role in ['offence', 'outcome'] %}
        case
            when tables_said.is_{{ role }}_beside_all or keyed.is_told then keyed.{{ role }}_key
            when keyed.is_over_{{ role }} then null
            when tables_said.is_list_of_records and not {{ list_holds('keyed.given_roles', "'" ~ role ~ "'") }}
                then null
            when tables_said.{{ role }}_keys = 1 then tables_said.{{ role }}_only
            {%- if role == 'offence' %}
            else tables_said.class_only
            {%- endif %}
        end as {{ role }}_only,
        {%- endfor %}
        case
            when keyed.victim_key is null and tables_said.is_victim_beside_all then null
            when tables_said.is_victim_beside_all or keyed.is_told
                then case
                    when not keyed.has_ages then coalesce(keyed.victim_sex, keyed.victim_key)
                    else {{ victims_in_words(
                        'keyed.victim_sex', 'keyed.from_age', 'keyed.to_age', 'keyed.scope_high'
                    ) }}
                end
            when keyed.is_over_victim then null
            when
                tables_said.is_list_of_records
                and not {{ list_holds('keyed.given_roles', "'victim'") }}
                and not {{ list_holds('keyed.given_roles', "'victim_sex'") }}
                and not {{ list_holds('keyed.given_roles', "'victim_age'") }}
                then null
            when tables_said.victim_keys = 1 and tables_said.sex_only is null and tables_said.from_age is null
                then tables_said.victim_only
            when tables_said.victim_keys > 0
                then {{ victims_in_words(
                    'tables_said.sex_only', 'tables_said.from_age', 'tables_said.to_age', 'keyed.scope_high'
                ) }}
        end as victim_only,
        case
            when tables_said.is_platform_beside_all then keyed.platform_key
            when keyed.is_over_platform then null
            when
                asked_platforms.platforms_asked = len(asked_platforms.platform_ids)
                and {{ list_holds_all('tables_said.platforms', 'asked_platforms.platform_ids') }}
                then null
            when tables_said.platform_keys = 1 or asked_platforms.platforms_asked is not null
                then nullif({{ list_text('tables_said.platforms') }}, '')
        end as platform_only,
        keyed.scope_code,
        keyed.offence_scope,
        keyed.victim_scope
    from keyed
    left join tables_said
        on
            keyed.disclosure_id = tables_said.disclosure_id
            and keyed.table_no = tables_said.table_no
            and keyed.measure = tables_said.measure
    left join asked_platforms
        on keyed.request_id = asked_platforms.request_id
)

select
    disclosed_value_id,
    case
        when offence_only <> replace(offence_scope, '-', ' ') and coalesce(offence_only <> scope_code, true)
            then 'offence ' || offence_only
    end as offence_only,
    -- people charged are counted as such: that outcome is the measure
    case
        when measure <> 'people_charged' or outcome_only not in ('1', 'legacy:charged') then 'outcome ' || outcome_only
    end as outcome_only,
    case
        when coalesce(lower(victim_only) <> lower(victim_scope), true) then 'victims ' || victim_only
    end as victim_only,
    'platforms ' || platform_only as platform_only
from worded
