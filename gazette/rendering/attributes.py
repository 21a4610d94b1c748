"""What stands in the attributes of a page that we rendered: the one finder of addresses and places in HTML."""

from __future__ import annotations


def values(page: str, attribute: str) -> list[str]:
    """The values of an attribute in a page or a part of one, in order and as written (`&amp;` for `&`). Our templates
    and Markdown write each attribute after one space, in double quotes. To split is ten times faster than a regular
    expression."""
    return [piece.partition('"')[0] for piece in page.split(f' {attribute}="')[1:]]
