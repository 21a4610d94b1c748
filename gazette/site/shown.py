"""What a page shows, as digests: its dates of publication move only when all of these do.

One digest is that of the page's view (with the date that states are measured against, where the page prints it) and of
the views of the fragments in its slots. Nothing of the HTML is in it, nor what all pages say of the site, nor a word of
the interface: so another template, style or word, another setting and another program leave it as it is. A field that a
new program adds to a view has a default, which stands for nothing to show: defaults are left out.

A view may hold more than its template shows, and many lists are made of the same. So a page with slots has a second
digest, that of its view and of the HTML of the fragments. Where either is as it was, nothing else was to be seen of the
content.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable

import msgspec

from gazette.site.stated import NOTHING_STATED, Stated
from gazette.site.target import Fragment, Target
from gazette.site.views.page import Page

_ENCODER = msgspec.msgpack.Encoder(order="sorted")


def short_digest(data: bytes) -> str:
    """A digest of 96 bits in 16 characters: tens of thousands are kept."""
    return b64encode(hashlib.sha256(data).digest()[:12]).decode()


def is_dated(target: Target) -> bool:
    """Whether a target has dates of publication: a page that readers read, or a feed that they subscribe to."""
    page = target.view
    return isinstance(page, Page) and target.kind == "pages" and (page.kind != "aside" or target.maker == "feed")


def digests_of_page(target: Target, slots: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """The digests of what a page shows; `slots` are those of the fragments in each of its slots, of their views and of
    their HTML."""
    page = target.view
    assert isinstance(page, Page)
    found = zip(*slots, strict=True) if target.slots else ((),)
    return tuple(short_digest(_ENCODER.encode((page.view, page.as_of, *each))) for each in found)


def digest_of_fragment(fragment: Fragment) -> str:
    """The digest of the view of what a unit adds to a page; empty for what is added to other files."""
    if fragment.kind != "pages":
        return ""
    view = fragment.view.view if isinstance(fragment.view, Page) else fragment.view
    return short_digest(_ENCODER.encode(view))


def stated(target: Target) -> Stated:
    """What is kept of a page: the dates of publication that it states, and the digests of what it shows."""
    dates = target.view.dates if isinstance(target.view, Page) else None
    return Stated(dates.first, dates.last, *dates.shown) if dates else NOTHING_STATED
