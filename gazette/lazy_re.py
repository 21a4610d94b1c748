"""The regular expressions that are compiled when they are first asked for: most are for what goes wrong, and
compiling all of them takes longer than making a page."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a pattern until it is asked for something; then it has what the pattern has."""

    def __init__(self, *asked: Any) -> None:
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(*self._asked), name)
        return found


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile(text, flags)`, later."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
