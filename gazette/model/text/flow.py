"""Joins the lines of a text: says what a line end and an empty line mean to a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.lazy_re import pattern

PART = "\n\n"
"""Separates the paragraphs of a text once it is read."""

_WIDE = (
    r"〇\u2e80-\u2fdf\u3001-\u3029\u3030-\u30ff\u3105-\u312f\u31c0-\u31ef\u3200-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Han, kana and full-width marks, which put no space between words (clreq 2.1)."""

_EITHER = r"°±·×÷\u2010-\u2027\u2030-\u205e\u2100-\u22ff\u2460-\u24ff\u2500-\u27bf"
"""Marks that Chinese and Latin share, such as “ ” … — ① →. They are as wide as their neighbour."""

_OF_FULL_WIDTH = pattern(f"[{_WIDE}]")
_NO_SPACE = pattern(rf"(?<=[{_WIDE}]) *\n *(?=[{_WIDE}{_EITHER}])|(?<=[{_EITHER}]) *\n *(?=[{_WIDE}])")
_LINE_END = pattern(r" *\n *")
_PARTED = pattern(r"\n\s*\n\s*")

_MARK = "\u2060"
"""While YAML is read, marks a line end that leaves no space. No content holds this character (`text.read_text`)."""

_TO_MARK = pattern(rf"[{_WIDE}](?= *\n *[{_WIDE}{_EITHER}])|[{_EITHER}](?= *\n *[{_WIDE}])")
_MARKED = pattern(rf"{_MARK}[ \n]*")


def joined(text: str) -> str:
    """The lines of one paragraph as one line. A line end between two full-width characters leaves nothing, any other a
    space."""
    return _LINE_END.sub(" ", _NO_SPACE.sub("", text)) if "\n" in text else text


def is_wide(character: str) -> bool:
    """True if the character is of full width in every text."""
    return _OF_FULL_WIDTH.match(character) is not None


def leaves_a_space(before: str, after: str) -> bool:
    """True if a line end between these two texts leaves a space."""
    return _NO_SPACE.search(f"{before[-1:]}\n{after[:1]}") is None


def parts(text: str) -> list[str]:
    """The paragraphs of a text that was read."""
    return text.split(PART)


def flat(text: str) -> str:
    """The text on one line, with its paragraphs run together, for descriptions and other tight places."""
    return joined(text.replace(PART, "\n")) if PART in text else text


# ── what an editor meant to stand on a line of its own ───────────────────────

_ITEM = pattern(
    r" *(?:[-+•·▪●○◆■□☐☑](?![-+\d])|\*(?!\*)|\d{1,2}(?:[.．](?!\d)|[)）、])|[①-⑳]"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、)\s*[^\s*]"
)
"""The beginning of a line that is an item of a list."""

_BLANKS = pattern(r" *([\u3000\u00a0\u2000-\u200a][\s]*)")


def run_on(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Find lines that continue the line above although they were meant to begin anew.

    Yields (line from 0, column from 1, message code): lines indented as Chinese paragraphs are, and items of a list if
    at least two follow each other.
    """
    for number, line in enumerate(lines[1:], 1):
        above = lines[number - 1]
        if not above.strip():
            continue
        blanks = _BLANKS.match(line)
        if blanks:
            yield number, blanks.start(1) + 1, "line_indented"
        elif _ITEM.match(line) and _ITEM.match(above):
            yield number, len(line) - len(line.lstrip()) + 1, "item_run_on"


# ── in YAML ──────────────────────────────────────────────────────────────────


def marked(text: str) -> str:
    """YAML with a mark at each line end that leaves no space, before libyaml turns it into a space. YAML syntax has no
    full-width characters, so a mark can only stand inside a text, a name or a comment."""
    return _TO_MARK.sub(rf"\g<0>{_MARK}", text)


def unmarked(value: str, style: str) -> str:
    """A scalar of marked YAML as readers see it: paragraphs of one line each, separated by an empty line.

    `style` is the scalar's style in YAML (`|`, `>`, a quote, or "" for plain). After `|` all line ends are kept; in the
    other styles those that libyaml left begin a paragraph.
    """
    if _MARK in value:
        value = _MARKED.sub("", value)
    if "\n" not in value:
        return value
    if style == "|":
        return PART.join(joined(part) for part in _PARTED.split(value.strip()))
    paragraphs: list[str] = []
    before = ""
    for line in value.split("\n"):
        indented = style == ">" and " " in (line[:1], before[:1])
        if line.strip() and indented and before.strip():
            paragraphs[-1] = joined(f"{paragraphs[-1]}\n{line.strip()}")
        elif line.strip():
            paragraphs.append(line.strip())
        before = line
    return PART.join(paragraphs)
