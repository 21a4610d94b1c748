"""Finds the values of attributes in HTML that we rendered: addresses and ids."""

from __future__ import annotations


def values(page: str, attribute: str) -> list[str]:
    """Return the values of an attribute in a page or a part of one, in order and as written (`&amp;` for `&`). Our
    templates and our Markdown write each attribute after one space, in double quotes. Splitting is ten times faster
    than a regular expression."""
    return [piece.partition('"')[0] for piece in page.split(f' {attribute}="')[1:]]
