"""Gives templates the words of the interface: filled in, with the numbers and dates of a language."""

from __future__ import annotations

from typing import Any

from gazette.messages.plurals import inflected
from gazette.model.records.content import ProgramWord, word
from gazette.rendering.formats import date_as_written, inner, number_as_written, plural_form, quoted_names
from gazette.rendering.templates import TemplateSet
from gazette.rendering.typography import han_number
from gazette.site.views.page import Page


class Words:
    """The words of the interface in the language of a `page`."""

    def __init__(self, template_set: TemplateSet, page: Page) -> None:
        self.template_set = template_set
        self.language, self.locale, self.script = page.language, page.locale, page.script

    def names(self) -> dict[str, Any]:
        """Return the functions that templates can call, and the words themselves (`w.nav.home`)."""
        return {
            "w": _word_tree(self.template_set, self.language),
            "count": self.count,
            "fill": self.fill,
            "date": self.date,
            "number": self.number,
            "ordinal": self.ordinal,
        }

    def word(self, name: ProgramWord) -> str:
        """Return a word that the program itself uses."""
        return word(self.template_set.words, name, self.language)

    def count(self, words: str, n: int, **values: object) -> str:
        """Return the form of `words` for `n`, filled in. The forms are separated by ` | `, in the order of CLDR's
        plural categories."""
        return self.fill(plural_form(words, n, self.locale), n=n, **values)

    def fill(self, words: str, **values: object) -> str:
        """Return `words` with the {names} filled in, and the form of `{n:one|others}` chosen by the number. Values
        inside quotation marks get inner marks (`inner`)."""
        words, quoted = inflected(words, values, self.locale), quoted_names(words)
        return words.format_map({name: inner(str(of)) if name in quoted else str(of) for name, of in values.items()})

    def date(self, iso: str, style: str = "long") -> str:
        """Format an ISO date, month or year in the style of the language."""
        return date_as_written(iso, style, self.locale)

    def number(self, value: int | str) -> str:
        """Format a number in the style of the language."""
        return number_as_written(str(value), self.locale)

    def ordinal(self, n: int) -> str:
        """Return a number as documents of the language number their parts: 十六 in Chinese, 16 elsewhere."""
        return han_number(n) if self.script in ("Hans", "Hant") else str(n)


class _WordTree:
    """Words by name: `w.state.none` and `w.state[code]`. A dict would answer `w.update` with its own method."""

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]


def _word_tree(template_set: TemplateSet, language: str) -> _WordTree:
    """Return the words of a language as a tree, so that templates can read `w.nav.home`."""
    tree = _WordTree()
    for name, text in template_set.words.items():
        *way, last = name.split(".")
        words = tree
        for step in way:
            words = words.__dict__.setdefault(step, _WordTree())
        words.__dict__[last] = text[language]
    return tree
