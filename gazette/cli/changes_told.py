"""Puts changes into sentences, for the person who signs off an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from gazette.cli.console import sentence
from gazette.editions.differing import Difference, Side
from gazette.messages.catalogue import Catalogue, catalogue
from gazette.messages.problems import FOUND, clip
from gazette.model.forms.periods import Period, in_spans
from gazette.model.published.facts import EVIDENCE
from gazette.model.published.shared_fields import WORDS
from gazette.model.published.snapshot_lines import DETAILS
from gazette.model.records.changes import OTHERWISE, PERIODS, Change, by_group, due_day, in_language, of_all
from gazette.model.text.markup import LINK

LEAD = 24
"""How many characters before the first difference of two long texts are shown."""


def told(difference: Difference, language: str) -> Iterator[str]:
    """Yield the two sides, the number of changes in each group, then each change as a sentence."""
    before = _named(difference.before, language)
    yield sentence("differs", language, before=before, now=_named(difference.now, language))
    yield summed_up(difference.changes, language)
    yield from (f"  {line}" for line in lines(difference.changes, language))


def _named(side: Side, language: str) -> str:
    if side.edition is not None:
        return sentence("side_edition", language, number=side.edition.number, date=side.edition.date)
    return sentence("side_folder", language, folder=side.folder) if side.folder else sentence("side_none", language)


def summed_up(changes: Iterable[Change], language: str) -> str:
    """Return how many changes there are in each group, or that there are none."""
    words = catalogue(language).changes
    counts = [words[f"n_{group}"].format(n=n) for group, n in by_group(changes).items()]
    return words["summary"].format(counts=words["between"].join(counts)) if counts else words["nothing"]


def lines(changes: Iterable[Change], language: str) -> Iterator[str]:
    """Yield each change as a sentence, with the id of what it is about."""
    words = catalogue(language)
    for change in changes:
        names = {"unit": in_language(change.name, language), "pledge": in_language(change.title, language)}
        yield words.changes[_subject(change)].format(id=change.id, **names) + _said(change, language, words)


def _subject(change: Change) -> str:
    """Return the code of the words for what a change is about."""
    if change.of:
        return f"subject_{change.of}"
    return "subject_notice" if change.is_of_notice else "subject" if change.title else "subject_unit"


def _said(change: Change, language: str, words: Catalogue) -> str:
    before, after = (_text(change, texts, language, words) for texts in (change.before, change.after))
    before, after = in_view(before, after)
    values = {
        "day": change.day,
        "before": before,
        "after": after,
        "by": in_language(change.by, language),
        "n": change.n,
        "due": due_day(change),
        "event": words.events.get(change.what, change.what),
        "field": _field(change, words),
    }
    kind = of_all(change.kind)
    said = words.changes["accepted_late" if kind == "accepted" and change.n else kind].format(**values)
    if change.what == EVIDENCE and change.before:
        name, is_there = change.before[""], bool(change.after[""])
        said += words.changes["file_changed" if is_there else "file_gone"].format(name=name)
    elif change.what == DETAILS:
        said += words.changes["entry"].format(**values)
        said = f"{said.rstrip('。.')}{words.changes['was'].format(**values)}" if before else said
    elif kind in OTHERWISE:
        way = ("was_is" if values["after"] else "was") if values["before"] else "is" if values["after"] else "no_more"
        said += words.changes[way].format(**values)
    return said


def _field(change: Change, words: Catalogue) -> str:
    """Return the name of what changed. A word of the interface is named after where it is read: a column or code in the
    data dictionary, elsewhere its group and name in the file."""
    if change.of != WORDS:
        return (words.shared if change.of else words.fields).get(change.what, change.what)
    group, _, name = change.what.partition(".")
    of, _, name = name.partition(".")
    if group in ("column", "code") and name:
        return words.changes[f"word_{group}"].format(of=of, name=name)
    return words.changes["word"].format(name=change.what)


def in_view(before: str, after: str) -> tuple[str, str]:
    """Shorten two texts to what a line has room for. If they begin alike for longer than that, they start shortly
    before their first difference."""
    same = (one == other for one, other in zip(before, after, strict=False))
    first = next((n for n, is_same in enumerate(same) if not is_same), min(len(before), len(after)))
    start = first - LEAD if first > FOUND - LEAD else 0
    space = before.find(" ", start, first)  # do not cut a word, in languages with spaces between words
    start = space + 1 if start and space >= 0 else start
    before, after = (f"…{text[start:]}" if start and text else text for text in (before, after))
    return clip(before), clip(after)


def _text(change: Change, texts: Mapping[str, str], language: str, words: Catalogue) -> str:
    """Return a former or present value: a text in the language of the messages, or in the first language that differs;
    a code in words."""
    if change.kind in PERIODS:
        return words.changes["list"].join(_span(words, *span) for span in in_spans(texts.get("", "").split()))
    different = {code: text for code, text in texts.items() if change.before.get(code) != change.after.get(code)}
    text = in_language(different or texts, language)
    if text and (change.what == "step" or (change.what == DETAILS and texts is change.after)):
        day, _, event = text.partition(" ")
        return f"{day} {words.events.get(event, event)}"
    is_list = change.kind in ("merged", "divided", "split") or change.kind.endswith("_of")
    between = words.changes["list" if is_list else "comma"]
    return LINK.sub(r"\1", words.deadlines.get(text, text)).replace(" | ", between)


def _span(words: Catalogue, first: Period, last: Period) -> str:
    is_one = first == last
    return first.stated if is_one else words.changes["span"].format(first=first.stated, last=last.stated)


def as_report(difference: Difference, language: str) -> dict[str, Any]:
    """Return the difference as data for other programs (JSON types)."""
    changes = [
        {**msgspec.to_builtins(change), "group": change.group, "sentence": line}
        for change, line in zip(difference.changes, lines(difference.changes, language), strict=True)
    ]
    sides = {"before": _as_side(difference.before), "now": _as_side(difference.now)}
    return {**sides, "summary": dict(by_group(difference.changes)), "changes": changes}


def _as_side(side: Side) -> dict[str, Any]:
    edition = side.edition
    return {"edition": edition.number, "date": str(edition.date)} if edition else {"folder": side.folder or None}
