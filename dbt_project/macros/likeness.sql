{# How a label is taken apart to be compared with what is known. Suggestions only: nothing here ever decides a code. #}

{# Words that say nothing about which code is meant. #}
{% macro filler_words() -%}
    'a', 'an', 'and', 'as', 'at', 'be', 'been', 'by', 'for', 'from', 'in', 'into', 'is', 'it', 'of', 'on', 'or', 'the',
    'to', 'was', 'were', 'with', 'etc', 'e', 'g', 'ie', 'offence', 'type', 'aged', 'age', 'all', 'other', ''
{%- endmacro %}

{# A normalised label without the code it prints: what is left is its description. #}
{% macro without_printed_code(clean_label, role) -%}
    {%- if role == 'outcome' -%}
    {{ re_replace(clean_label, '^(type|outcome|oc)? ?0*\\d{1,2}[a-z]?([.]\\d)?([.: -]|$)', ' ') }}
    {%- elif role == 'offence' -%}
    {{ re_replace(clean_label, printed_offence_code(), ' ') }}
    {%- else -%}
    {{ clean_label }}
    {%- endif -%}
{%- endmacro %}

{# A description in which what belongs together is one word: 'under 16', '16 and over', 'no penetration'. Codes of a
   force's own system, a letter and digits (E28), are left out. #}
{% macro joined_words(description) -%}
    {{ re_replace(
        re_replace(
            re_replace(
                re_replace(
                    re_replace(
                        re_replace(description, "\\b[a-z]\\d{2,3}\\b", " "),
                        "(\\d{1,2}) ?(?:years?)? ?(?:and|or|&) (?:over|above|older)", " over\\1"
                    ),
                    "\\b(?:over|above) (?:the age of )?(\\d{1,2})\\b", " over\\1"
                ),
                "\\b(?:under|below) (?:the age of )?(\\d{1,2})\\b", " under\\1"
            ),
            "\\b(?:without|not?) ([a-z])", " no\\1"
        ),
        "n''t\\b", " "
    ) }}
{%- endmacro %}

{# A word without its ending, so that causing is cause and photographs is photograph. Ages stay whole. #}
{% macro word_stem(word) -%}
    case
        when length({{ word }}) <= 4 or {{ re_matches(word, "\\d") }} then {{ word }}
        else {{ re_replace(word, "(?:ions?|ings?|ed|es|ive|ally|al|e|s|y)$", "") }}
    end
{%- endmacro %}

{# From 0 to 1, whether two stems are the same word: equal, an abbreviation of the other (pol, police; sus, suspect),
   or a slip of the pen. #}
{% macro word_likeness(left_word, right_word) -%}
    case
        when {{ left_word }} = {{ right_word }} then 1.0
        when {{ re_matches(left_word ~ " || " ~ right_word, "\\d") }} then 0.0
        when length({{ left_word }}) >= 3 and length({{ right_word }}) >= 3
            and (starts_with({{ left_word }}, {{ right_word }}) or starts_with({{ right_word }}, {{ left_word }}))
            then 0.9
        when length({{ left_word }}) >= 5 and length({{ right_word }}) >= 5
            and left({{ left_word }}, 1) = left({{ right_word }}, 1)
            and {{ similarity(left_word, right_word) }} >= 0.93
            then 0.8
        else 0.0
    end
{%- endmacro %}

{# The section of an Act that a text names first: s.15A, Sec 15A (1), section 15a. #}
{% macro named_section(text) -%}
    {{ re_extract("lower(" ~ text ~ ")", "\\b(?:s|ss|sec|secs|section|sections)[. ]{0,2}(\\d{1,3}[a-z]{0,2})\\b") }}
{%- endmacro %}

{# An Act by its initials and year, as people abbreviate it: Sexual Offences Act 2003 is soa2003. #}
{% macro act_initials(act) -%}
    {{ re_replace(
        re_replace("lower(" ~ act ~ ")", "\\b(?:and|of|the|in)\\b|[^a-z0-9 ]", " "),
        "([a-z])[a-z]* *", "\\1"
    ) }}
{%- endmacro %}

{# The word that says the contrary, in the form words are compared in: male and female, under and over an age, the
   presence and the absence of a thing. #}
{% macro contrary_word(word) -%}
    case
        when {{ word }} = 'male' then 'femal'
        when {{ word }} = 'femal' then 'male'
        when {{ re_matches(word, "^under\\d") }} then {{ re_replace(word, "^under", "over") }}
        when {{ re_matches(word, "^over\\d") }} then {{ re_replace(word, "^over", "under") }}
        when {{ re_matches(word, "^no[a-z]{4}") }} then {{ re_replace(word, "^no", "") }}
        else 'no' || {{ word }}
    end
{%- endmacro %}

{# What half the evidence, or more, is worth when it is not the words: a code printed in the label, the section of an
   Act that one code alone has, or that it shares with others. #}
{% macro evidence_of(kind) -%}
    {{ return({'printed_code': 0.6, 'section': 0.6, 'shared_section': 0.3}[kind]) }}
{%- endmacro %}
