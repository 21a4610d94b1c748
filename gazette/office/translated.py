"""What of the content is translated, part by part: the units, what they share, the articles, the notices. And each
translation with its state and its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from gazette.model.translated.passages import Passage
from gazette.model.translated.shared_texts import ARTICLES, LISTS, NOTICES, SharedText, notice_texts, shared_texts
from gazette.model.translated.translations import digest, distinct
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.file_texts import FileText, texts_of_file
from gazette.reading.files.listing import OF_NOTICES, OF_SHARED
from gazette.reading.shared_translations import right_of, spot_of

State = Literal["missing", "stale", "fresh"]
"""What a translation is like: not there, older than its source, or neither."""


class Part(NamedTuple):
    """A part of the content whose texts are translated: a `unit`, or what stands in no unit's file. Its id is that of
    the unit, `glossary`, `articles.about`, `notices.` with the id of a notice. `records` is the name of the file in
    which its right translations are recorded."""

    id: str
    records: str
    unit: OpenUnit | None = None

    @property
    def kind(self) -> str:
        """`unit`, or the file or folder that it stands in: `glossary`, `articles`."""
        return "unit" if self.unit else self.id.partition(".")[0]


class Translation(NamedTuple):
    """A text that says something in the source, what its translation into `language` is like, and the file in which
    that stands or should stand (`place`, shown as an editor types it) with line and column. Of an article it may be a
    `passage`, which is the `number`th (from 1). No other of the part and language has its `name`."""

    part: Part
    place: Path
    shown: str
    text: FileText
    name: str
    language: str
    state: State
    spot: tuple[int, int]
    passage: Passage | None = None
    number: int = 0

    @property
    def where(self) -> str:
        """`path:line:column`, as an editor types it."""
        return f"{self.shown}:{self.spot[0]}:{self.spot[1]}"

    @property
    def before(self) -> str:
        """What the translation says now; empty where there is none."""
        return self.text.said.get(self.language, "")


def parts_of(content: OpenContent) -> list[Part]:
    """Every part of the content: the units in their order, with those that are drafts, then what they share."""
    units = sorted((*content.units.values(), *content.drafts), key=lambda each: each.order)
    articles = dict.fromkeys(ARTICLES + id for id, _ in content.shared.articles)
    notices = [NOTICES + file.id for file in content.opened.notices or ()]
    found = [Part(unit.id, unit.id, unit) for unit in units]
    found += [Part(id, OF_SHARED) for id in (*LISTS, *articles)]
    return [*found, *(Part(id, OF_NOTICES) for id in notices)]


def translations_of(content: OpenContent, part: Part) -> list[Translation]:
    """Every translation of a part, by language, in order of file."""
    return list(_of_unit(content, part, part.unit) if part.unit else _of_others(content, part))


def _of_unit(content: OpenContent, part: Part, unit: OpenUnit) -> Iterator[Translation]:
    source, *others = content.languages
    stale = {each.loc for each in unit.file.stale} if unit.file else set()
    for text in texts_of_file(unit):
        for language in others if source in text.said else ():
            loc = (*text.loc, language)
            state: State = "missing" if language not in text.said else "stale" if loc in stale else "fresh"
            node = content.opened.diagnostics.node(unit.shown, loc)
            yield Translation(part, unit.path, unit.shown, text, text.key, language, state, (node.line, node.column))


def _of_others(content: OpenContent, part: Part) -> Iterator[Translation]:
    diagnostics, numbers = content.opened.diagnostics, dict[str, int]()
    seen = {language: Counter[str]() for language in content.languages}
    for each in _texts(content, part):
        text, language, said = each.text, each.language, each.text.said
        if content.languages[0] not in said:
            continue
        name = f"{text.key}.{digest(each.passage.source)}" if each.passage else text.key
        name = distinct(name, seen[language])
        number = numbers[language] = numbers.get(language, 0) + 1 if each.passage else 0
        own = FileText(text.key, text.owner, text.loc, said)
        state: State = "missing" if language not in said else "stale" if each.is_stale else "fresh"
        place, spot = diagnostics.root / each.file, spot_of(diagnostics, each)
        where = part, place, diagnostics.display(place)
        yield Translation(*where, own, name, language, state, spot, each.passage, number)


def _texts(content: OpenContent, part: Part) -> Iterable[SharedText]:
    opened = content.opened
    right = right_of(opened.diagnostics, part.records)
    if part.records == OF_NOTICES:
        (file,) = (file for file in opened.notices or () if NOTICES + file.id == part.id)
        return notice_texts(file, content.languages, right)
    return shared_texts(content.shared, right, part.id)
