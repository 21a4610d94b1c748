"""The dates of publication on pages: those that are recorded, of what a page shows as it was recorded."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from gazette.model.records.publications import Publication, Publications, moment_text, published
from gazette.site.shown import digests_of_page, is_dated
from gazette.site.target import Slot, Target
from gazette.site.views.page import Dates, FormerView, Page


class Published(NamedTuple):
    """What is known of the publication of some pages: their `records`; `moment`, where they are made to be published,
    as of when; `slots` says the digests of the fragments in a slot: of their views, and of their HTML."""

    records: Publications = MappingProxyType({})
    moment: datetime.datetime | None = None
    slots: Callable[[Slot], tuple[str, str]] = lambda slot: (slot.name, slot.name)


NOTHING = Published()


def dated(pages: Iterable[Target], known: Published) -> list[Target]:
    """The same targets, the pages among them with their dates. A page that shows what is recorded has both dates; one
    that shows something else is not published yet: it has that of its first publication alone, unless it is made to be
    published. A page at a new address was first published at the address that leads to it now."""
    targets = [*pages]
    before = _formerly(targets) if known.records else {}
    return [_dated(target, known, before) if is_dated(target) else target for target in targets]


def _dated(target: Target, known: Published, before: dict[tuple[str, str], list[str]]) -> Target:
    page = target.view
    assert isinstance(page, Page)
    digests = digests_of_page(target, map(known.slots, target.slots))
    record, shown = known.records.get(target.path), frozenset(digests)
    record = record or _of_former(before.get((page.ref, page.language), ()), known.records)
    if known.moment is not None:
        record = published(record, shown, known.moment)
    first = moment_text(record.first) if record else ""
    last = moment_text(record.last) if record and record.shown & shown else ""
    return replace(target, view=replace(page, dates=Dates(digests, first, last)))


def awaits_publication(pages: Iterable[Target], records: Publications) -> bool:
    """Whether some of the pages, which have their dates, show something else than is recorded as published."""
    return any(
        target.path not in records or records[target.path].shown.isdisjoint(target.view.dates.shown)
        for target in pages
        if isinstance(target.view, Page) and target.view.dates
    )


def _formerly(targets: Sequence[Target]) -> dict[tuple[str, str], list[str]]:
    """The addresses that pages had before, by what they are (reference and language)."""
    found: dict[tuple[str, str], list[str]] = {}
    for target in targets:
        if isinstance(target.view, Page) and isinstance(target.view.view, FormerView):
            found.setdefault((target.view.view.now.ref, target.view.language), []).append(target.path)
    return found


def _of_former(paths: Iterable[str], records: Publications) -> Publication | None:
    """What is recorded of a page at addresses that it had; what it showed there is another page's."""
    found: Iterator[Publication] = (records[path] for path in paths if path in records)
    first = min((each.first for each in found), default=None)
    return Publication(first, first, frozenset()) if first else None
