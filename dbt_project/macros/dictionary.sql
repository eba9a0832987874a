{# The dictionary lives in the warehouse: descriptions written once in the YAML become comments of tables and columns. #}

{# A table's comment: its description and, where its YAML warns, what its user has to mind. #}
{% macro described_table(model) -%}
    {%- set warnings = model.config.get('meta', {}).get('usage_warnings', []) -%}
    {{ return(model.description | trim ~ (' Mind: ' ~ warnings | join('; ') ~ '.' if warnings else '')) }}
{%- endmacro %}

{# dbt's own way of persisting docs, with the usage warnings in the comment of the table. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do run_query(alter_relation_comment(relation, described_table(model))) -%}
    {%- endif -%}
    {{ default__persist_docs(relation, model, false, for_columns) }}
{%- endmacro %}

{# SQL for the hook that runs before everything: the landed tables, which no model makes, get the descriptions of the
   sources' YAML. A column that staging hands on under the same name has its description there. #}
{% macro describe_raw() -%}
    {%- if execute -%}
    {%- set statements = [] -%}
    {%- for source in graph.sources.values() if source.package_name == project_name -%}
        {%- set relation = adapter.get_relation(source.database, source.schema, source.identifier) -%}
        {%- if relation is not none -%}
            {%- do statements.append(alter_relation_comment(relation, source.description)) -%}
            {%- set told = {} -%}
            {%- for node in graph.nodes.values()
                if node.resource_type == 'model' and source.unique_id in node.depends_on.nodes -%}
                {%- do told.update(node.columns) -%}
            {%- endfor -%}
            {%- for column in source.columns.values() if column.description -%}
                {%- do told.update({column.name: column}) -%}
            {%- endfor -%}
            {%- for column in adapter.get_columns_in_relation(relation) if column.name in told -%}
                {%- do statements.append(
                    'comment on column ' ~ relation ~ '.' ~ adapter.quote(column.name) ~ ' is '
                    ~ duckdb_escape_comment(told[column.name].description) ~ ';'
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(statements | join('\n') ~ '\ncommit;' if statements else '') }}
    {%- endif -%}
{%- endmacro %}
