{# How much a part status tells, most informative first. #}
{% macro status_order(status) -%}
    case {{ status }}
        {%- for value in [
            'disclosed', 'partly_disclosed', 'refused_exempt', 'refused_cost', 'neither_confirm_nor_deny', 'not_held',
            'redirected', 'not_answered', 'unknown'
        ] %}
        when '{{ value }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}
