-- The stretches of time in which a code stands for the same offences. A figure before a change of scope and one after
-- it are not one series, though both carry the code; a new title alone changes nothing.
with offences as (
    select * from {{ ref('dim_offence') }}
),

scope_changes as (
    select
        offence_code,
        changed_on,
        {{ sorted_list('other_codes') }} as codes_moved,
        {{ sorted_list('note') }} as notes
    from {{ ref('offence_changes') }}
    where change <> 'renamed'
    group by offence_code, changed_on
),

starts as (
    select
        offence_code,
        valid_from_on as series_from_on,
        cast(null as varchar) as scope_change
    from offences
    where
        valid_from_on is null
        or not exists (
            select 1 from scope_changes
            where
                scope_changes.offence_code = offences.offence_code
                and scope_changes.changed_on = offences.valid_from_on
        )
    union all
    select
        offence_code,
        changed_on as series_from_on,
        {{ list_text('notes') }} as scope_change
    from scope_changes
),

ordered as (
    select
        *,
        row_number() over (partition by offence_code order by series_from_on nulls first) as series_no,
        lead(series_from_on) over (partition by offence_code order by series_from_on nulls first) as next_from_on
    from starts
)

select
    ordered.offence_code || '#' || cast(ordered.series_no as varchar) as offence_series_id,
    ordered.offence_code,
    ordered.series_no,
    ordered.series_from_on,
    coalesce({{ add_days('ordered.next_from_on', -1) }}, offences.valid_to_on) as series_to_on,
    ordered.scope_change
from ordered
inner join offences
    on ordered.offence_code = offences.offence_code
