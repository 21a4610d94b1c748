"""Recognizes files that systems and editors leave in a folder: they are neither content nor published."""

from __future__ import annotations

import re

from gazette.lazy_re import pattern

_LITTER = pattern(
    r"\..*"  # hidden: .DS_Store, .name.swp, .#name
    r"|~.*|.*~"  # copies of office programs and of Vim, Emacs, Kate
    r"|#.*#"  # Emacs, while one types
    r"|\d{4,5}"  # Vim tries whether it may write: 4913, 5036, …
    r"|.*\.(?:tmp|temp|swp|swo|swx|part|partial|crdownload|download)"  # being written, or being fetched
    r"|(?:eh)?thumbs\.db|desktop\.ini|icon\r|\$recycle\.bin|system volume information|__macosx|@eadir",
    re.I,
)


def is_litter(name: str) -> bool:
    """Return whether to ignore a file or folder with this name."""
    return _LITTER.fullmatch(name) is not None
