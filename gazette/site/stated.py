"""What a page states of its publication, as it is kept with the page.

Only the standard library is imported: a build that has nothing to do reads it, too.
"""

from __future__ import annotations

from typing import NamedTuple


class Stated(NamedTuple):
    """The dates of its publication that a page states (`YYYY-MM-DDTHH:MM+08:00`, empty where that is not known), and
    the digests of what it shows: of its views and, of a page with slots, of the HTML in them (`site/shown.py`)."""

    first: str = ""
    last: str = ""
    views: str = ""
    html: str = ""


NOTHING_STATED = Stated()
"""That of what has no dates of publication."""
