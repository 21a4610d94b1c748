"""Owns the reading of an article: its head, its body, and all that can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.content import Article
from gazette.desk import Desk
from gazette.markup import looks_linked, mistyped, pieces
from gazette.patterns import pattern
from gazette.problems import Problem
from gazette.references import Names, link_problem, near
from gazette.text import unseen
from gazette.typeface import missing

HEAD = ("title", "description")
HEAD_LIMIT = 300
BODY_LIMIT = 40_000
RUN_LIMIT = 500
"""So many letters without a space or a mark are no word of any language, and take minutes to set."""

_RUN = pattern(rf"[^\W_]{{{RUN_LIMIT + 1},}}")


def read_article(desk: Desk, path: str, text: str, id: str, language: str) -> Article | None:
    """An article from its text, or None with its problems on the `desk`."""
    lines = [line.rstrip() if line.startswith("---") else line for line in text.split("\n")]
    found = list(_shape(path, lines))
    if not found:
        end = lines.index("---", 1)
        front = dict(_pair(line) for line in lines[1:end] if line.strip())
        found = list(_head(path, lines[1:end])) + list(_size(path, lines, end + 1))
    if found:
        desk.problems += found
        return None
    return Article(id, language, front["title"], front["description"], "\n".join(lines[end + 1 :]))


def check_article(desk: Desk, article: Article, terms: Names | None) -> None:
    """The links and the words of an article."""
    path = desk.show(desk.root / "articles" / f"{article.id}.{article.language}.md")
    text = desk.texts[path]
    offset = text.count("\n", 0, len(text) - len(article.body)) + 1
    for piece in pieces(article.body):
        line = offset + piece.line
        if piece.kind == "picture":
            desk.add(Problem.at(path, line, 1, "picture", found=piece.text))
        elif piece.kind == "words":
            for wrong in mistyped(piece.text):
                desk.add(Problem.at(path, line, 1, wrong.code, found=wrong.found, likely=wrong.likely))
            if "&" in article.body:
                desk.problems += _written_as_numbers(path, line, piece.text, article.body)
        else:
            problem = link_problem(piece.text, terms)
            if problem:
                desk.add(Problem.at(path, line, 1, problem[0], **problem[1]))


def _written_as_numbers(path: str, line: int, words: str, body: str) -> Iterator[Problem]:
    """What `&#…;` brings into the words that could not be written itself."""
    hidden = unseen(plain := words.replace("\0", ""))
    for number in hidden:
        yield Problem.at(path, line, 1, "control_character", found=number)
    for character in missing(plain):
        code = f"U+{ord(character):04X}"
        if code not in hidden and character not in body:
            values = {"found": character, "code": code, "cure": _CURE.format(character)}
            yield Problem.at(path, line, 1, "character_missing", **values)


_CURE = "python tools/make_print_fonts.py --add {}"


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _shape(path: str, lines: list[str]) -> Iterator[Problem]:
    """Whether there is a head: the first line is `---`, and a later one."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        yield Problem.at(path, first + 1, 1, "article_front")
    elif first or lines[0] != "---":
        yield Problem.at(path, 1, 1, "article_blank")
    elif "---" not in lines[1:]:
        yield Problem.at(path, 1, 1, "article_open")


def _head(path: str, lines: list[str]) -> Iterator[Problem]:
    """The lines of the head, which begins in the second line of the file."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 2):
        key, value = _pair(line)
        if not line.strip():
            continue
        if ":" not in line:
            yield Problem.at(path, number, 1, "article_line", found=line.strip())
        elif key not in HEAD:
            yield Problem.at(path, number, 1, "article_key", found=key, near=near(key, HEAD), expected=", ".join(HEAD))
        elif key in found:
            yield Problem.at(path, number, 1, "yaml_duplicate", found=key, first=found[key])
        elif not value:
            yield Problem.at(path, number, 1, "empty", field=key)
        elif looks_linked(value):
            yield Problem.at(path, number, 1, "title_link", found=value)
        elif len(value) > HEAD_LIMIT:
            yield Problem.at(path, number, 1, "too_long", found=len(value), limit=HEAD_LIMIT)
        found.setdefault(key, number)
    absent = [key for key in HEAD if key not in found and not any(near(k, HEAD) == key for k in found if k not in HEAD)]
    for key in absent if all(":" in line for line in lines if line.strip()) else ():
        yield Problem.at(path, 1, 1, "article_field", field=key)


def _size(path: str, lines: list[str], start: int) -> Iterator[Problem]:
    """The length of the body, which begins with line `start` (from 0), and of what stands in it without a space."""
    length = len("\n".join(lines[start:]))
    if length > BODY_LIMIT:
        yield Problem.at(path, start + 1, 1, "too_long", found=length, limit=BODY_LIMIT)
    for number, line in enumerate(lines[start:], start + 1):
        match = _RUN.search(line)
        if match:
            values = {"found": len(match.group()), "limit": RUN_LIMIT}
            yield Problem.at(path, number, match.start() + 1, "long_run", **values)
