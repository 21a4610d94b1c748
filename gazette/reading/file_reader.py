"""Reads content files as text or records. Problems go to the diagnostics."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from gazette.files.walk import Stat
from gazette.messages.problems import FileProblems
from gazette.reading.decode import decode
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.encoding import read_text
from gazette.reading.files.listing import told
from gazette.reading.validation.unprintable import unprintable
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import compose, parse_leniently

T = TypeVar("T")


def read_shared(diagnostics: Diagnostics, path: Path) -> str | None:
    """The text of a shared file; None if it is faulty, with its problems in `diagnostics`."""
    display_path = diagnostics.display(path)
    try:
        data = diagnostics.files.bytes_of(path)
    except OSError as error:
        diagnostics.add(told(display_path, error))
        return None
    return decode_text(diagnostics, display_path, data)


def read_file(diagnostics: Diagnostics, path: Path) -> tuple[str, bytes, Stat] | None:
    """(path as editors type it, bytes, state when read) of a file; None if it cannot be read, with the problem in
    `diagnostics`."""
    display_path = diagnostics.display(path)
    try:
        return display_path, *diagnostics.files.read(path)
    except OSError as error:
        diagnostics.add(told(display_path, error))
        return None


def decode_text(diagnostics: Diagnostics, display_path: str, data: bytes) -> str | None:
    """The text of a file's bytes; None if they are faulty, with the problems in `diagnostics`."""
    try:
        text = diagnostics.texts[display_path] = read_text(display_path, data)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None
    diagnostics.problems += unprintable(display_path, text, diagnostics.fonts, comments=display_path.endswith(".yaml"))
    return text


def read_nodes(diagnostics: Diagnostics, path: Path) -> Node | None:
    """The nodes of a shared YAML file; None if it is faulty, with its problems in `diagnostics`."""
    text = read_shared(diagnostics, path)
    try:
        return None if text is None else compose(diagnostics.display(path), text)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None


def read_record(diagnostics: Diagnostics, path: Path, kind: type[T], languages: tuple[str, ...]) -> T | None:
    """A shared YAML file as a `kind`; None if it is faulty, with its problems in `diagnostics`. Without `languages`,
    because the settings cannot be read, only its syntax is checked."""
    text = read_shared(diagnostics, path)
    return None if text is None else decode_record(diagnostics, diagnostics.display(path), text, kind, languages)


def decode_record(
    diagnostics: Diagnostics, display_path: str, text: str, kind: type[T], languages: tuple[str, ...]
) -> T | None:
    """A YAML text as a `kind`; None if it is faulty, with its problems in `diagnostics`."""
    node, wrong = parse_leniently(display_path, text)
    diagnostics.problems += FileProblems(wrong).problems
    if node is None or not languages:
        return None
    record = decode_node(diagnostics, display_path, node, kind, languages)
    return None if wrong else record


def decode_node(
    diagnostics: Diagnostics, display_path: str, node: Node, kind: type[T], languages: tuple[str, ...]
) -> T | None:
    """A node as a `kind`; None if it is faulty, with its problems in `diagnostics`."""
    try:
        return decode(display_path, node, kind, languages)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None
