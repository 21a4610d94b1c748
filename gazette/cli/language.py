"""Chooses the language of messages.

Only the standard library is imported, as in `arguments`.
"""

from __future__ import annotations

import os
from itertools import pairwise

from gazette.messages.catalogue import languages


def language_of(arguments: list[str]) -> str:
    """Return the language of messages: that of `--messages`, also if the rest of the command is wrong, else that of the
    system."""
    asked = [text.removeprefix("--messages=") for text in arguments if text.startswith("--messages=")]
    asked += [value for option, value in pairwise(arguments) if option == "--messages"]
    return next((language for language in asked if language in languages()), None) or _system_language()


def _system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name:
        import locale

        name = locale.getlocale()[0] or ""
    return next((code for code in languages() if name.lower().startswith(code)), languages()[-1])
