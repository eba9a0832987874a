"""Several questions in one paragraph: 'Request: 1. Offences of stalking by year. 2. Suspects aged under 18.'"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?:^|(?<=[\s:;]))\(?(\d{1,2})[.)]\s+(?=[A-Za-z'\"‘“])")


def inline_questions(text: str) -> dict[str, str]:
    """The questions of a paragraph by their numbers; nothing where it does not count them 1, 2, ... itself."""
    marks = list(_NUMBER.finditer(text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark[1]: text[mark.start() : end].strip() for mark, end in zip(marks, ends, strict=True)}
