-- Which figures a printed total adds up: the rows of its table that agree with it at every heading it does not add
-- over, and, where they are printed, the totals in between (a grand total adds the row totals).
with disclosed_values as (
    select * from {{ ref('int_disclosed_values') }}
),

printed as (
    select * from {{ ref('stg_disclosed_values') }}
),

keyed as (
    select
        disclosed_values.disclosed_value_id,
        disclosed_values.disclosure_id,
        disclosed_values.table_no,
        disclosed_values.table_name,
        disclosed_values.locator,
        disclosed_values.is_total,
        disclosed_values.totalled_roles,
        disclosed_values.other_dims,
        {%- for role in label_roles() %}
        printed.{{ role }}_text,
        {%- endfor %}
        {{ dimension_names('disclosed_values.totalled_roles') }} as totalled_dims
    from disclosed_values
    inner join printed
        on disclosed_values.disclosed_value_id = printed.disclosed_value_id
),

-- A total of a region among forces carries a dimension of its own (other:area_text): its rows need not have it.
pairs as (
    select
        totals.disclosed_value_id as total_id,
        parts.disclosed_value_id as part_id,
        totals.disclosure_id,
        totals.table_no,
        totals.table_name || ', ' || totals.locator as place,
        {{ list_text('totals.totalled_roles') }} as totalled_over,
        {{ list_text('parts.totalled_roles') }} as parts_totalled_over
    from keyed as totals
    inner join keyed as parts
        on
            totals.disclosure_id = parts.disclosure_id
            and totals.table_no = parts.table_no
            and (
                not parts.is_total
                or (
                    len(parts.totalled_roles) between 1 and len(totals.totalled_roles) - 1
                    and {{ list_holds_all('totals.totalled_roles', 'parts.totalled_roles') }}
                )
            )
            and {{ maps_agree('totals.other_dims', 'parts.other_dims', 'totals.totalled_dims') }}
            and {{ headings_agree('totals', 'parts') }}
    where len(totals.totalled_roles) > 0
),

rows_added as (
    select
        total_id,
        count(*) as rows_behind
    from pairs
    where parts_totalled_over = ''
    group by total_id
),

-- Totals in between stand for the rows only where every row is in exactly one of them.
in_between as (
    select
        pairs.total_id,
        pairs.parts_totalled_over,
        rows_added.rows_behind
    from pairs
    inner join pairs as behind
        on pairs.part_id = behind.total_id and behind.parts_totalled_over = ''
    inner join rows_added
        on pairs.total_id = rows_added.total_id
    where pairs.parts_totalled_over <> ''
    group by pairs.total_id, pairs.parts_totalled_over, rows_added.rows_behind
    having count(behind.part_id) = rows_added.rows_behind and count(distinct behind.part_id) = rows_added.rows_behind
)

select
    pairs.total_id,
    pairs.part_id,
    pairs.disclosure_id,
    pairs.table_no,
    pairs.place,
    pairs.totalled_over,
    nullif(pairs.parts_totalled_over, '') as parts_totalled_over
from pairs
left join in_between
    on pairs.total_id = in_between.total_id and pairs.parts_totalled_over = in_between.parts_totalled_over
where pairs.parts_totalled_over = '' or in_between.total_id is not null
