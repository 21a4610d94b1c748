"""Writes the draft of a unit's file: filled in with what the statement says, open where only an editor can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gazette.messages.catalogue import catalogue
from gazette.model.forms.texts import TITLE_LIMIT
from gazette.model.text.flow import PART
from gazette.office.statements.statement import Item, UnitStatement
from gazette.office.yaml_writing import block_lines, inline

ITEM_LIMIT = 12
"""The most characters of the number of an item."""


def draft_of(unit: UnitStatement, id: str, order: int, languages: Sequence[str], spoken: str) -> str:
    """Return the file of a unit with its id and its position in the official order. The statement is in the first of
    `languages`; comments are in the language `spoken`."""
    messages, source, name = catalogue(spoken).statement, languages[0], unit.name[:TITLE_LIMIT]
    signed = "、".join(dict.fromkeys(each.name for each in unit.signatories))
    titles = "、".join(dict.fromkeys(each.title for each in unit.signatories))
    lines = [
        f"# {messages['draft_head']}",
        "draft: true",
        *_text("name", {source: name}, languages),
        *_text("short", {}, languages),
        f"kind: {unit.kind}  # {messages['draft_kind']}",
        f"order: {order}",
        f"commitments: {len(unit.items)}  # {messages['draft_commitments']}" if unit.items else "commitments:",
        "signed_by:",
        *_text("name", {source: signed[:TITLE_LIMIT]}, languages, 2),
        *_text("title", {source: titles[:TITLE_LIMIT]}, languages, 2),
        *_text("summary", {}, languages),
        "original: |",
        *block_lines(PART.join(unit.rest), 2),
        "pledges:" if unit.items else "pledges: []",
    ]
    for number, item in enumerate(unit.items, 1):
        lines += _pledge(item, f"{id}-{number}", number, name, languages)
    return "\n".join(lines) + "\n"


def _pledge(item: Item, id: str, number: int, section: str, languages: Sequence[str]) -> Iterator[str]:
    source = {"section": section, "paragraph": str(item.paragraph)}
    if 0 < len(item.label) <= ITEM_LIMIT:
        source["item"] = item.label
    yield f"  - id: {id}"
    yield "    draft: true"
    yield f"    covers: [{number}]"
    yield from _text("title", {}, languages, 4)
    yield from _text("text", {}, languages, 4)
    yield "    themes: []"
    yield "    checkable:"
    yield from _text("done_when", {}, languages, 4)
    yield "    deadline:"
    yield f"    source: {inline(source)}"
    yield "    original: |"
    yield from block_lines(PART.join(item.wording), 6)


def _text(name: str, words: Mapping[str, str], languages: Sequence[str], indent: int = 0) -> Iterator[str]:
    """Yield a text with a line for each language, empty where there are no words yet."""
    yield f"{' ' * indent}{name}:"
    for language in languages:
        written = f" {inline(words[language], in_flow=False)}" if words.get(language) else ""
        yield f"{' ' * indent}  {language}:{written}"
