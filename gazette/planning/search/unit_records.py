"""Lists what a search finds of one unit, in one language: the unit and its pledges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.text.flow import flat
from gazette.model.text.markup import plain
from gazette.planning.unit_views import UnitViews
from gazette.searching.postings import Searched
from gazette.site.views.elements import NoteView
from gazette.site.views.pledge import PledgeView, UpdateView

UNIT = 0
"""The number of the unit itself among its records. A pledge has its own number."""


def unit_records(unit: UnitViews) -> Iterator[tuple[int, str, Searched]]:
    """Yield the records of a unit: number, reference, and what finds it."""
    yield UNIT, unit.ref.ref, _unit(unit)
    for view in unit.statement.pledges:
        yield view.item.number, view.item.ref, _pledge(unit, view)


def _unit(unit: UnitViews) -> Searched:
    view, card, others = unit.statement.unit, unit.card, unit.unit_file.unit
    names = [card.short, card.also, unit.unit_file.id, card.signed_name, *(head.name for head in view.heads)]
    names += [*unit.former_names, *(text for each in (others.name, others.short) for text in each.values())]
    word, code = unit.lang.content.word, unit.lang.code
    signed = f"{word('unit.signed_by', code)}{word('gap.colon', code)}{card.signed_name}"
    texts = [card.summary, card.signed_title, signed, *(head.what for head in view.heads), *_notes(view.notes)]
    subtitle = f"{card.signed_title} {card.signed_name}"
    return Searched(card.name, some(names), texts=some(map(readable, texts)), shown=subtitle)


def _pledge(unit: UnitViews, view: PledgeView) -> Searched:
    """Return the record of a pledge. It does not repeat the names of its unit: the script adds them."""
    item, themes = view.item, [theme.name for theme in view.item.themes]
    names = [item.id, *view.formerly, *item.numbers]
    beside = [*themes, *(programme.name for programme in item.programmes), *(joint.name for joint in item.joint)]
    texts = [item.text, view.done_when, *_notes(item.notes), view.withdrawn_reason]
    texts += [text for update in view.updates for text in _update(update)]
    texts += [each.name for each in view.assigned] + ([view.reply.text] if view.reply else [])
    theme_names = unit.lang.content.word("gap.list", unit.lang.code).join(themes)
    return Searched(
        item.title, some(names), some(beside), some(map(readable, texts)), f"{unit.ref.name} · {theme_names}"
    )


def _update(update: UpdateView) -> tuple[str, ...]:
    reply = update.reply.text if update.reply else ""
    return update.text, update.reason, update.body, update.by, reply


def _notes(notes: Iterable[NoteView]) -> Iterator[str]:
    for note in notes:
        yield from (note.printed, note.text)


def readable(text: str) -> str:
    """Return a text without its markup, in one line."""
    return flat(plain(text)) if text else ""


def some(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))
