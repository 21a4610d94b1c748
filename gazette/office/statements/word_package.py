"""Rewrites a Word file so that all its text is in plain paragraphs.

Automatic numbers are written out, text boxes and formulas are moved to where they are read, and what does not belong to
the text is listed.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import msgspec

from gazette.lazy_re import pattern
from gazette.office.statements.word_numbers import Numbers, W

DOCUMENT = "word/document.xml"
COUNTED, NOTED = "\ufdd0", "\ufdd1"
"""Noncharacters, which no text has, before a number that was counted, and in place of a note."""

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BOX = W + "txbxContent"
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_AROUND = pattern(r"word/(?:header|footer)\d*\.xml|word/(?:charts|diagrams)/(?:chart|data)\d*\.xml")
_WRAPPERS = tuple(W + name for name in ("fldSimple", "dir", "bdo", "ruby", "rubyBase"))
"""Elements around words that mammoth would skip together with the words."""

_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_LETTERS = pattern(r"[^\W\d_]")


class WordText(msgspec.Struct, frozen=True):
    """A Word file (`data`) that mammoth reads completely; the words of its `notes`, in the order of their signs; the
    words `around` the text (headers, footers, drawings); and the numbers of tracked `changes`, `boxes` and
    `comments`."""

    data: bytes
    notes: tuple[str, ...]
    around: tuple[str, ...]
    changes: int
    boxes: int
    comments: int


def plain_word(data: bytes) -> WordText:
    """Rewrite a Word file. Raises what zipfile and ElementTree raise if it is not one."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    root = _root(parts[DOCUMENT])
    changes = sum(each.tag in _CHANGES for each in root.iter())
    boxes = _open_boxes(root)
    _unwrap(root)
    _write_numbers(root, Numbers(_part(parts, "word/numbering.xml"), _part(parts, "word/styles.xml")))
    notes = tuple(_take_notes(root, parts))
    comments = len(list((_part(parts, "word/comments.xml") or Element("none")).iter(W + "comment")))
    parts[DOCUMENT] = ET.tostring(root, "utf-8", xml_declaration=True)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return WordText(
        data=made.getvalue(), notes=notes, around=tuple(_around(parts)), changes=changes, boxes=boxes, comments=comments
    )


def _root(part: bytes) -> Element:
    return ET.fromstring(part)


def _part(parts: dict[str, bytes], name: str) -> Element | None:
    return _root(parts[name]) if name in parts else None


def words_in(element: Element) -> str:
    """Return all words of an element, of whatever kind its text is."""
    return "".join(each.text or "" for each in element.iter() if each.tag.endswith("}t")).strip()


def missing(word: WordText, read: str) -> tuple[str, ...]:
    """Return the texts of the file that are not part of what was `read`."""
    with zipfile.ZipFile(io.BytesIO(word.data)) as packed:
        root = _root(packed.read(DOCUMENT))
    moved = {id(each) for cut in root.iter(W + "moveFrom") for each in cut.iter()}
    here = _bare(read)
    texts = (_bare(each.text) for each in root.iter() if each.tag.endswith("}t") and id(each) not in moved)
    return tuple(text for text in texts if text not in here)


def _bare(text: str | None) -> str:
    """Return a text without spaces and our signs."""
    return "".join((text or "").split()).replace(COUNTED, "").replace(NOTED, "")


# ── moving text to where it is read ──────────────────────────────────────────


def _open_boxes(root: Element) -> int:
    """Move the paragraphs of text boxes after the paragraph that each is anchored to. Return how many drawings held
    some."""
    count = 0
    while (box := next(root.iter(_BOX), None)) is not None:
        above = {child: parent for parent in root.iter() for child in parent}
        holder = box
        while above[holder].tag != W + "r":
            holder = above[holder]
        paragraph = above[holder]
        while paragraph.tag != W + "p":
            paragraph = above[paragraph]
        above[holder].remove(holder)
        outer, index = above[paragraph], [*above[paragraph]].index(paragraph)
        # a drawing that is stored twice, for older programs too, is read once
        ways = [*holder] if holder.tag.endswith("}AlternateContent") else [holder]
        inner = next(boxes for way in ways if (boxes := [*_outermost(way)]))
        outer[index + 1 : index + 1] = [child for each in inner for child in each]
        count += 1
    return count


def _outermost(element: Element) -> Iterator[Element]:
    """Yield the text boxes in an element, without those inside others."""
    for child in element:
        if child.tag == _BOX:
            yield child
        else:
            yield from _outermost(child)


def _unwrap(root: Element) -> None:
    """Remove the wrappers of words, and write formulas as words."""
    for parent in [*root.iter()]:
        while (index := next((n for n, child in enumerate(parent) if child.tag in _WRAPPERS), None)) is not None:
            wrapper = parent[index]
            base = wrapper.findall(W + "rubyBase") if wrapper.tag == W + "ruby" else [*wrapper]
            parent[index : index + 1] = base
    for parent in [*root.iter()]:
        for index, child in enumerate([*parent]):
            if child.tag == f"{_MATH}oMath":
                parent[index] = _run(words_in(child))


def _run(words: str) -> Element:
    run = Element(W + "r")
    text = ET.SubElement(run, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = words
    return run


def _write_numbers(root: Element, numbers: Numbers) -> None:
    """Write the number of each paragraph before its words."""
    for paragraph in root.iter(W + "p"):
        number = numbers.of(paragraph)
        properties = paragraph.find(W + "pPr")
        for numbering in properties.findall(W + "numPr") if properties is not None else ():
            properties.remove(numbering)  # type: ignore[union-attr]
        if number and (words := words_in(paragraph)):
            space = " " if number[-1].isascii() and words[0].isascii() else ""
            paragraph.insert(0 if properties is None else 1, _run(f"{COUNTED}{number}{space}"))


def _take_notes(root: Element, parts: dict[str, bytes]) -> Iterator[str]:
    """Replace each footnote and endnote by a sign, and yield its words."""
    for run in [*root.iter(W + "r")]:
        for index, child in enumerate([*run]):
            part = _NOTES.get(child.tag.removeprefix(W))
            if part is not None:
                sign = Element(W + "t")
                sign.text = NOTED
                run[index] = sign
                yield _note(_part(parts, part), child.get(W + "id", ""))


def _note(notes: Element | None, id: str) -> str:
    notes_with_id = (each for each in (notes if notes is not None else ()) if each.get(W + "id") == id)
    return next(map(words_in, notes_with_id), "")


def _around(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the words of headers, footers and drawings, each once, without page numbers."""
    texts = Counter(words_in(_root(part)) for name, part in parts.items() if _AROUND.fullmatch(name))
    yield from (words for words in texts if _LETTERS.search(words))
