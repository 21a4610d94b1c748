"""Lists what is translated, part by part (units, shared content, articles, notices), and each translation with its
state and place."""

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
"""The state of a translation: missing, older than its source, or up to date."""


class Part(NamedTuple):
    """A part of the content whose texts are translated: a `unit`, or what is in no unit's file. Its id is that of the
    unit, `glossary`, `articles.about`, or `notices.` with the id of a notice. `records` names the file that records its
    right translations."""

    id: str
    records: str
    unit: OpenUnit | None = None

    @property
    def kind(self) -> str:
        """`unit`, or the file or folder that holds it: `glossary`, `articles`."""
        return "unit" if self.unit else self.id.partition(".")[0]


class Translation(NamedTuple):
    """A text with words in the source language, the state of its translation into `language`, and the file that has or
    should have it (`place`, shown as an editor types it), with line and column. A text of an article may be a
    `passage`, the `number`th (from 1). `name` is unique for its part and language."""

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
        """The present translation; "" if there is none."""
        return self.text.said.get(self.language, "")


def parts_of(content: OpenContent) -> list[Part]:
    """Return every part of the content: the units in their order, with drafts, then what they share."""
    units = sorted((*content.units.values(), *content.drafts), key=lambda each: each.order)
    articles = dict.fromkeys(ARTICLES + id for id, _ in content.shared.articles)
    notices = [NOTICES + file.id for file in content.opened.notices or ()]
    parts = [Part(unit.id, unit.id, unit) for unit in units]
    parts += [Part(id, OF_SHARED) for id in (*LISTS, *articles)]
    return [*parts, *(Part(id, OF_NOTICES) for id in notices)]


def translations_of(content: OpenContent, part: Part) -> list[Translation]:
    """Return every translation of a part, by language, in the order of the file."""
    return list(_of_unit(content, part, part.unit) if part.unit else _of_others(content, part))


def _of_unit(content: OpenContent, part: Part, unit: OpenUnit) -> Iterator[Translation]:
    source, *others = content.languages
    stale = {each.loc for each in unit.file.stale} if unit.file else set()
    for text in texts_of_file(unit):
        for language in others if source in text.said else ():
            loc = (*text.loc, language)
            state: State = "missing" if language not in text.said else "stale" if loc in stale else "fresh"
            node = content.opened.diagnostics.node(unit.shown, loc)
            yield Translation(
                part=part,
                place=unit.path,
                shown=unit.shown,
                text=text,
                name=text.key,
                language=language,
                state=state,
                spot=(node.line, node.column),
            )


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
        with_words = FileText(text.key, text.owner, text.loc, said)
        state: State = "missing" if language not in said else "stale" if each.is_stale else "fresh"
        full_path, spot = diagnostics.root / each.file, spot_of(diagnostics, each)
        yield Translation(
            part=part,
            place=full_path,
            shown=diagnostics.display(full_path),
            text=with_words,
            name=name,
            language=language,
            state=state,
            spot=spot,
            passage=each.passage,
            number=number,
        )


def _texts(content: OpenContent, part: Part) -> Iterable[SharedText]:
    opened = content.opened
    right = right_of(opened.diagnostics, part.records)
    if part.records == OF_NOTICES:
        (file,) = (file for file in opened.notices or () if NOTICES + file.id == part.id)
        return notice_texts(file, content.languages, right)
    return shared_texts(content.shared, right, part.id)
