"""Compiles regular expressions on first use.

Most serve only to explain errors, and compiling all of them takes longer than making a page.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Compiles the regular expression on first attribute access; it has the attributes of the compiled pattern."""

    def __init__(self, *asked: Any) -> None:
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(*self._asked), name)
        return found


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile(text, flags)`, delayed until first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
