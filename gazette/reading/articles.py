"""Reads articles, head and body, and reports their faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem
from gazette.model.forms.record import Record
from gazette.model.forms.values import wording
from gazette.model.records.content import ARTICLES, POLICIES, Article
from gazette.model.text.markdown import Piece, parse, pieces
from gazette.model.text.markup import mistyped
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_record, read_shared
from gazette.reading.files.encoding import unseen
from gazette.reading.validation.misread import column_of, misread, misread_words
from gazette.reading.validation.references import Names, link_problem
from gazette.reading.validation.unprintable import tell

HEAD_LIMIT = 300
BODY_LIMIT = 40_000
RUN_LIMIT = 500
"""The longest run of letters without a space or mark. A longer one is no word of any language, and takes minutes to lay
out."""

_RUN = pattern(rf"[^\W_]{{{RUN_LIMIT + 1},}}")

HeadLine = Annotated[str, wording(HEAD_LIMIT)]


class Head(Record, frozen=True, kw_only=True):
    """The YAML between the two lines of `---`: the title, and the description for search engines."""

    title: HeadLine
    description: HeadLine


def read_article(diagnostics: Diagnostics, path: str, text: str, id: str, language: str) -> Article | None:
    """An article from its text; None if it is faulty, with its problems in `diagnostics`."""
    lines = [line.rstrip() if line.startswith("---") else line for line in text.split("\n")]
    problems = list(_shape(path, lines))
    if problems:
        diagnostics.problems += problems
        return None
    end = lines.index("---", 1)
    head = _read_head(diagnostics, path, "\n".join(["", *lines[1:end]]), language)
    problems = list(_size(path, lines, end + 1))
    diagnostics.problems += problems
    if head is None or problems:
        return None
    return Article(id, language, head.title, head.description, "\n".join(lines[end + 1 :]))


def open_articles(diagnostics: Diagnostics, languages: tuple[str, ...]) -> dict[tuple[str, str], Article]:
    """`{(id, language): article}` of a content folder: those that every site has, and each policy that exists in any
    language. Problems go to `diagnostics`."""
    folder = diagnostics.root / "articles"
    if diagnostics.files.kind(folder) != "folder" or not languages:
        return {}
    expected = {f"{id}.{code}.md": (id, code) for id in (*ARTICLES, *POLICIES) for code in languages}
    existing = {id for path in diagnostics.files.visible("articles") for id, _ in [expected.get(path.name, ("", ""))]}
    for path in diagnostics.files.visible("articles"):
        if path.name not in expected:
            diagnostics.report_file(path, "file_place", expected=", ".join(expected))
    articles = {}
    for name, (id, language) in expected.items():
        if id in POLICIES and id not in existing:
            continue
        text = read_shared(diagnostics, folder / name)
        if text is None:
            continue
        article = read_article(diagnostics, diagnostics.display(folder / name), text, id, language)
        if article is not None:
            articles[id, language] = article
    return articles


def check_article(diagnostics: Diagnostics, article: Article, terms: Names | None) -> None:
    """Report faulty links and words of an article, and Markdown that does not do what was meant."""
    path = diagnostics.display(diagnostics.root / "articles" / f"{article.id}.{article.language}.md")
    text, lines = diagnostics.texts[path], article.body.split("\n")
    offset = text.count("\n", 0, len(text) - len(article.body)) + 1
    tokens, noted = parse(article.body)
    for wrong in misread(article.body, tokens, noted):
        diagnostics.add(Problem.at(path, offset + wrong.line, wrong.column, wrong.code, **wrong.values))
    reported: set[str] = set()
    for piece in pieces(tokens):
        for problem in _check_piece(path, offset, piece, lines, terms):
            diagnostics.add(problem)
        if piece.kind == "read" and "&" in article.body:
            _check_numbers(diagnostics, (path, offset + piece.line), piece.text, article.body, reported)


def _check_piece(path: str, offset: int, piece: Piece, lines: list[str], terms: Names | None) -> Iterator[Problem]:
    line = offset + piece.line
    if piece.kind == "picture":
        yield Problem.at(path, line, column_of(piece.text, lines, piece.line), "picture", found=piece.text)
    elif piece.kind == "words":
        for wrong in mistyped(piece.text):
            column = column_of(wrong.found, lines, piece.line)
            yield Problem.at(path, line, column, wrong.code, found=wrong.found, likely=wrong.likely)
        for sign in misread_words(piece, lines):
            yield Problem.at(path, line, sign.column, sign.code, **sign.values)
    elif piece.kind == "link" and (problem := link_problem(piece.text, terms)):
        yield Problem.at(path, line, column_of(piece.text, lines, piece.line), problem[0], **problem[1])


def _check_numbers(diagnostics: Diagnostics, at: tuple[str, int], words: str, body: str, reported: set[str]) -> None:
    """Report characters written as `&#…;` that may not be written directly. `at` is (path, line); `reported` holds
    characters reported before, and grows."""
    path, line = at
    hidden, fonts = unseen(words), diagnostics.fonts
    for number in hidden:
        diagnostics.add(Problem.at(path, line, 1, "control_character", found=number))
    absent = [
        c for c in fonts.missing(words) if f"U+{ord(c):04X}" not in hidden and c not in body and c not in reported
    ]
    reported.update(absent)
    diagnostics.problems += tell(path, dict.fromkeys(absent, (line, 1)), fonts)


def _shape(path: str, lines: list[str]) -> Iterator[Problem]:
    """Problems if the article has no head between two lines of `---` at its beginning."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        yield Problem.at(path, first + 1, 1, "article_front")
    elif first or lines[0] != "---":
        yield Problem.at(path, 1, 1, "article_blank")
    elif "---" not in lines[1:]:
        yield Problem.at(path, 1, 1, "article_open")


def _read_head(diagnostics: Diagnostics, path: str, text: str, language: str) -> Head | None:
    """The head, read like any other YAML. The text begins with an empty line in place of the first `---`, so that lines
    are counted right."""
    if not text.strip():
        diagnostics.add(Problem.at(path, 1, 1, "article_front"))
        return None
    return decode_record(diagnostics, path, text, Head, (language,))


def _size(path: str, lines: list[str], start: int) -> Iterator[Problem]:
    """Problems if the body, which begins at line `start` (from 0), is too long or holds too long a run of letters."""
    length = len("\n".join(lines[start:]))
    if length > BODY_LIMIT:
        yield Problem.at(path, start + 1, 1, "too_long", found=length, limit=BODY_LIMIT)
    for number, line in enumerate(lines[start:], start + 1):
        match = _RUN.search(line)
        if match:
            values = {"found": len(match.group()), "limit": RUN_LIMIT}
            yield Problem.at(path, number, match.start() + 1, "long_run", **values)
