"""Puts the dates of publication on pages, from the record of what each page showed when it was published."""

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
    """What is known of the publication of pages. `records` are by path. `moment` is the time of publication of a build
    that is made to be published, else None. `slots` returns the two digests of a slot's fragments: of their views and
    of their HTML."""

    records: Publications = MappingProxyType({})
    moment: datetime.datetime | None = None
    slots: Callable[[Slot], tuple[str, str]] = lambda slot: (slot.name, slot.name)


NOTHING = Published()


def dated(pages: Iterable[Target], publications: Published) -> list[Target]:
    """Return the same targets, with the dates of publication on pages.

    A page that shows what is recorded has both dates. One that shows something else is not published yet: it has only
    the date of its first publication, unless there is a `moment`. A page at a new address takes the first publication
    of the former address that now leads to it.
    """
    targets = [*pages]
    before = _formerly(targets) if publications.records else {}
    return [_dated(target, publications, before) if is_dated(target) else target for target in targets]


def _dated(target: Target, publications: Published, before: dict[tuple[str, str], list[str]]) -> Target:
    page = target.view
    assert isinstance(page, Page)
    digests = digests_of_page(target, map(publications.slots, target.slots))
    record, now_shown = publications.records.get(target.path), frozenset(digests)
    record = record or _of_former(before.get((page.ref, page.language), ()), publications.records)
    if publications.moment is not None:
        record = published(record, now_shown, publications.moment)
    first = moment_text(record.first) if record else ""
    last = moment_text(record.last) if record and record.shown & now_shown else ""
    return replace(target, view=replace(page, dates=Dates(digests, first, last)))


def awaits_publication(pages: Iterable[Target], records: Publications) -> bool:
    """True if one of `pages`, which have their dates, shows something else than is recorded as published."""
    return any(
        target.path not in records or records[target.path].shown.isdisjoint(target.view.dates.shown)
        for target in pages
        if isinstance(target.view, Page) and target.view.dates
    )


def _formerly(targets: Sequence[Target]) -> dict[tuple[str, str], list[str]]:
    """Return the former addresses of pages: `{(reference, language): [path]}`."""
    former: dict[tuple[str, str], list[str]] = {}
    for target in targets:
        if isinstance(target.view, Page) and isinstance(target.view.view, FormerView):
            former.setdefault((target.view.view.now.ref, target.view.language), []).append(target.path)
    return former


def _of_former(paths: Iterable[str], records: Publications) -> Publication | None:
    """Return a record of the first publication at one of the former addresses `paths`; None if there is none. What
    these showed is not kept: another page shows it now."""
    former: Iterator[Publication] = (records[path] for path in paths if path in records)
    first = min((each.first for each in former), default=None)
    return Publication(first, first, frozenset()) if first else None
