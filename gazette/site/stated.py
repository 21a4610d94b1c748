"""Defines what a page states about its publication, as it is stored with the page.

Only the standard library is imported: a build that has nothing to do reads it, too.
"""

from __future__ import annotations

from typing import NamedTuple


class Stated(NamedTuple):
    """The dates of first publication and last change that a page states (`YYYY-MM-DDTHH:MM+08:00`, empty if unknown),
    and the digests of what it shows: of its views, and of the HTML in its slots if it has any (`site/shown.py`)."""

    first: str = ""
    last: str = ""
    views: str = ""
    html: str = ""


NOTHING_STATED = Stated()
"""Stands for what files without dates of publication state."""
