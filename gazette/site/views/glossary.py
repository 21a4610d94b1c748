"""The glossary."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, Ref, View


class TermView(View, frozen=True):
    """A glossary entry; `other` is the term in the other languages (tag, words), `formerly` are the places that it had
    before, `units` counts those that use it, of whom the first `named` are named, or all (0); `notes` say that its
    translation is older than its source."""

    id: str
    term: str
    other: tuple[tuple[str, str], ...]
    text: str
    basis: str
    outside: str
    see: tuple[Ref, ...]
    formerly: tuple[str, ...]
    units: int
    notes: tuple[NoteView, ...]
    named: int = 0


class GlossaryView(View, frozen=True):
    """All terms, in the order of their names; `by_pinyin`: that is the order of their Chinese sounds; `shared`: several
    units say the same of them."""

    terms: tuple[TermView, ...]
    by_pinyin: bool
    shared: bool


class PhraseView(View, frozen=True):
    """A term that so many units say, of whom the first `named` are named, or all (0)."""

    id: str
    term: str
    units: int
    named: int = 0


class PhrasesView(View, frozen=True):
    """What several units say in the same words, of so many units in all."""

    phrases: tuple[PhraseView, ...]
    units: int
