-- The text of every role as it is to be read: as printed, unless disclosure.yml says what it stands for. A heading
-- that only says 'total' is no label: it has no code and is not missing one.
with disclosed_values as (
    select * from {{ ref('stg_disclosed_values') }}
),

readings as (
    select * from {{ ref('stg_readings') }}
),

tables as (
    select * from {{ ref('stg_tables') }}
),

disclosures as (
    select * from {{ ref('stg_disclosures') }}
),

matched as (
    {%- for role in label_roles() %}
    select
        disclosed_values.disclosed_value_id,
        readings.role,
        readings.row_no,
        readings.meant_text
    from disclosed_values
    inner join readings
        on
            disclosed_values.disclosure_id = readings.disclosure_id
            and disclosed_values.table_no = readings.table_no
            and coalesce(readings.row_no, disclosed_values.row_no) = disclosed_values.row_no
            and lower(disclosed_values.{{ role }}_text) = lower(readings.printed_text)
    where readings.role = '{{ role }}'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- However often a text is read, a figure has one label of a role: what is said of this one figure goes first.
chosen as (
    select
        disclosed_value_id,
        role,
        coalesce(min(case when row_no is not null then meant_text end), min(meant_text)) as meant_text
    from matched
    group by disclosed_value_id, role
),

totalled as (
    select
        disclosure_id,
        table_no,
        row_no,
        {{ sorted_list('totalled_role') }} as totalled_roles,
        {{ sorted_list('case when is_heading then totalled_role end') }} as heading_roles
    from {{ ref('stg_totals') }}
    group by disclosure_id, table_no, row_no
)

select
    disclosed_values.disclosed_value_id,
    disclosed_values.disclosure_id,
    disclosed_values.table_no,
    disclosed_values.row_no,
    disclosures.force_id as default_force_id,
    tables.period_basis as declared_period_basis,
    {%- for role in label_roles() %}
    case
        when not {{ list_holds('totalled.heading_roles', "'" ~ role ~ "'") }}
            then coalesce({{ role }}_reading.meant_text, disclosed_values.{{ role }}_text)
    end as {{ role }}_label,
    {%- endfor %}
    disclosed_values.value_text,
    coalesce(totalled.totalled_roles, []) as totalled_roles,
    coalesce(totalled.heading_roles, []) as heading_roles
from disclosed_values
inner join tables
    on
        disclosed_values.disclosure_id = tables.disclosure_id
        and disclosed_values.table_no = tables.table_no
inner join disclosures
    on disclosed_values.disclosure_id = disclosures.disclosure_id
left join totalled
    on
        disclosed_values.disclosure_id = totalled.disclosure_id
        and disclosed_values.table_no = totalled.table_no
        and disclosed_values.row_no = totalled.row_no
{%- for role in label_roles() %}
left join chosen as {{ role }}_reading
    on
        {{ role }}_reading.role = '{{ role }}'
        and disclosed_values.disclosed_value_id = {{ role }}_reading.disclosed_value_id
{%- endfor %}
