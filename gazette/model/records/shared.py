"""Defines the records that units refer to: themes, programmes, glossary terms."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.fields import IfFilled, ListRule, invalid
from gazette.model.forms.record import FormerIds, Record, References
from gazette.model.forms.texts import Prose, Sentences, Title
from gazette.model.forms.values import Id


class Theme(Record, frozen=True, kw_only=True):
    """A subject under which the editors file pledges."""

    id: Id
    name: Title
    text: Prose
    formerly: FormerIds = ()


Basis = Literal["source", "usage", "outside", "unexplained"]
"""Who explains a word: the source itself, general usage (in the editors' words), a named outside source, or nobody."""


def _outside_is_named(basis: Basis, outside: object) -> None:
    if basis == "outside" and outside is None:
        raise invalid("outside_missing")


class Programme(Record, frozen=True, kw_only=True):
    """A named campaign, plan or scheme."""

    id: Id
    name: Title
    text: Prose
    basis: Basis
    outside: IfFilled[Sentences] = None
    formerly: FormerIds = ()

    def __post_init__(self) -> None:
        _outside_is_named(self.basis, self.outside)


class Term(Record, frozen=True, kw_only=True):
    """A glossary entry."""

    id: Id
    term: Title
    text: Prose
    basis: Basis
    outside: IfFilled[Sentences] = None
    see: References = ()
    formerly: FormerIds = ()

    def __post_init__(self) -> None:
        _outside_is_named(self.basis, self.outside)


Themes = Annotated[tuple[Theme, ...], ListRule(most=40)]
"""The content of themes.yaml. Each theme is a column of the overview table."""

Programmes = Annotated[tuple[Programme, ...], ListRule(most=500)]

Glossary = Annotated[tuple[Term, ...], ListRule(most=2_000)]
