"""Defines the views of the glossary."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, Ref, View


class TermView(View, frozen=True):
    """A glossary entry.

    `other` is the term in the other languages, as (tag, words); `formerly` are its former ids; `units` counts the units
    that use it. The first `named` of them are named, 0 for all. `notes` say that the translation is older than its
    source.
    """

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
    """All terms, by name. `by_pinyin` says that this is the Chinese phonetic order; `shared` says that several units
    use the same term."""

    terms: tuple[TermView, ...]
    by_pinyin: bool
    shared: bool


class PhraseView(View, frozen=True):
    """A term that several units use. The first `named` of them are named, 0 for all."""

    id: str
    term: str
    units: int
    named: int = 0


class PhrasesView(View, frozen=True):
    """The terms that several of `units` units use."""

    phrases: tuple[PhraseView, ...]
    units: int
