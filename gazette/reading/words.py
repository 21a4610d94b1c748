"""Reads the interface words from words.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gazette.messages.problems import Problem
from gazette.model.forms.values import LANGUAGE_PATTERN
from gazette.model.forms.words import Word
from gazette.model.records.content import Words
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_node
from gazette.reading.wording import JOINT_LIMIT, absent, long_joints, silent
from gazette.reading.yaml.nodes import Node


def common_languages(words: Node | None, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that most interface words have, if they differ from those in the settings; otherwise (). So a wrong
    language is reported once, not for each text."""
    if words is None or not languages:
        return ()
    keys = [{key.scalar or "" for key, _ in text.items or ()} for text in _texts(words)]
    used = Counter(key for codes in keys for key in codes)
    common = sorted(code for code, n in used.items() if n > len(keys) / 2 and re.fullmatch(LANGUAGE_PATTERN, code))
    agree = all(used[code] for code in languages) and set(common) <= set(languages)
    return () if agree else tuple(common)


def _texts(node: Node) -> Iterator[Node]:
    """The innermost mappings of words.yaml, which are the texts."""
    inner = [value for _, value in node.items or () if value.items is not None]
    if node.items and not inner:
        yield node
    for value in inner:
        yield from _texts(value)


def read_words(diagnostics: Diagnostics, node: Node, languages: tuple[str, ...]) -> Words | None:
    """`{dotted name: text}` of the interface words; None if any is faulty, with its problems in `diagnostics`."""
    words: Words = {}
    before, path = len(diagnostics.problems), diagnostics.display(diagnostics.root / "words.yaml")
    for name, texts in _named_texts(node, languages):
        word = decode_node(diagnostics, path, texts, Word, languages)
        if word is not None:
            words[name] = word
    if len(diagnostics.problems) == before:
        _check_words(diagnostics, path, node, languages, words)
    return words if len(diagnostics.problems) == before else None


def _named_texts(node: Node, languages: tuple[str, ...], name: tuple[str, ...] = ()) -> Iterator[tuple[str, Node]]:
    """(dotted name, node) of the words below `node`. A mapping that has a language as a key is a text."""
    keys = {key.scalar for key, _ in node.items or ()}
    if node.items is None or keys & set(languages):
        yield ".".join(name), node
        return
    for key, value in node.items:
        yield from _named_texts(value, languages, (*name, key.scalar or ""))


def _check_words(diagnostics: Diagnostics, path: str, node: Node, languages: tuple[str, ...], words: Words) -> None:
    """Report needed words that are missing, words that may not be empty, and words between others that are too long."""
    texts = ", ".join(f"{language}: …" for language in languages)
    for group, names in absent(words):
        spot = node.find(tuple(group.split(".")))
        values = {"found": group, "likely": ", ".join(f"{name}: {{{texts}}}" for name in names)}
        diagnostics.add(Problem.at(path, spot.line, spot.column, "words_missing", **values))
    for name, language, length in long_joints(words):
        spot = node.find((*name.split("."), language))
        diagnostics.add(Problem.at(path, spot.line, spot.column, "too_long", found=length, limit=JOINT_LIMIT))
    for name, language in silent(words):
        loc = (*name.split("."), language)
        spot = node.find_key(loc)
        diagnostics.add(Problem.at(path, spot.line, spot.column, "word_silent", found=name, language=language))
