"""A Typst source with the texts of a filled document: what stands side by side there does so here, and the contents
have page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HEAD = """#set page(paper: "a4", margin: (x: 22mm, y: 24mm), numbering: "1")
#set text(font: ("Noto Serif", "Noto Serif SC"), size: 10pt, lang: "zh", fallback: false)
#set par(justify: true, leading: 0.7em)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 11pt)
"""

_INLINE = frozenset(
    ["a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time", "wbr"]
)
_SILENT = frozenset(["head", "style", "script", "svg", "title"])
_CELLS = frozenset(["td", "th"])


def typst_source(html: str) -> str:
    """The source for the texts of a document."""
    import tinyhtml5

    root = tinyhtml5.parse(html, namespace_html_elements=False)
    return HEAD + "\n".join(_blocks(root)) + "\n"


def _blocks(element: Any) -> Iterator[str]:
    tag = _tag(element)
    if tag in _SILENT:
        return
    if tag == "nav":
        yield "#outline(title: none, depth: 1)"
    elif tag in ("h1", "h2"):
        yield f"#heading(level: {tag[1]}, outlined: {'true' if tag == 'h1' else 'false'})[{_words(element)}]"
    elif tag == "table" and not any(_is_pair(row) for row in element.iter("tr")):
        yield from _table(element)
    elif _is_pair(element):
        yield _side_by_side(element)
    elif all(_tag(child) in _INLINE | _SILENT for child in element):
        if words := _words(element):
            yield f"#block[{words}]"
    else:
        for child in element:
            yield from _blocks(child)


def _is_pair(element: Any) -> bool:
    """Whether parts of an element stand side by side, each in its language."""
    parts = [child for child in element if _tag(child) not in _INLINE | _SILENT]
    return len({child.get("lang") for child in parts if child.get("lang")}) > 1


def _side_by_side(element: Any) -> str:
    parts = [child for child in element if _tag(child) not in _SILENT]
    cells = [(" ".join(_blocks(child)), child.get("lang")) for child in parts]
    columns = ", ".join("1fr" if lang else "auto" for _, lang in cells)
    return f"#grid(columns: ({columns},), gutter: 5mm, {', '.join(f'[{cell}]' for cell, _ in cells)})"


def _table(element: Any) -> Iterator[str]:
    rows = [[child for child in row if _tag(child) in _CELLS] for row in element.iter("tr")]
    columns = max((sum(int(cell.get("colspan", 1)) for cell in row) for row in rows), default=0)
    cells = (f"table.cell(colspan: {cell.get('colspan', 1)})[{_words(cell)}]" for row in rows for cell in row)
    if columns:
        yield f"#block[#set text(size: 8pt)\n#table(columns: {columns}, stroke: none, {', '.join(cells)})]"


def _words(element: Any) -> str:
    """The words in an element, in its language."""
    words = " ".join(_texts(element)).replace("\\", "\\\\").replace('"', '\\"')
    words = " ".join(words.split())
    if not words:
        return ""
    language = (element.get("lang") or "").partition("-")[0]
    return f'#text(lang: "{language}", "{words}")' if language else f'#"{words}"'


def _texts(element: Any) -> Iterator[str]:
    if _tag(element) in _SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
