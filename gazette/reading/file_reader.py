"""From a file of the content folder to its text, or to a record; what is wrong goes to the diagnostics."""

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
    """The text of a file that all units share, or None with its problems noted."""
    shown = diagnostics.display(path)
    try:
        data = diagnostics.files.bytes_of(path)
    except OSError as error:
        diagnostics.add(told(shown, error))
        return None
    return decode_text(diagnostics, shown, data)


def read_file(diagnostics: Diagnostics, path: Path) -> tuple[str, bytes, Stat] | None:
    """A file of the folder: its path as an editor types it, its bytes, and its state when they were read; None, with
    its problem noted, where it cannot be."""
    shown = diagnostics.display(path)
    try:
        return shown, *diagnostics.files.read(path)
    except OSError as error:
        diagnostics.add(told(shown, error))
        return None


def decode_text(diagnostics: Diagnostics, shown: str, data: bytes) -> str | None:
    """The text of a file's bytes, or None with its problems noted."""
    try:
        text = diagnostics.texts[shown] = read_text(shown, data)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None
    diagnostics.problems += unprintable(shown, text, diagnostics.fonts, comments=shown.endswith(".yaml"))
    return text


def read_nodes(diagnostics: Diagnostics, path: Path) -> Node | None:
    """The nodes of a YAML file that all units share, or None with its problems noted."""
    text = read_shared(diagnostics, path)
    try:
        return None if text is None else compose(diagnostics.display(path), text)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None


def read_record(diagnostics: Diagnostics, path: Path, kind: type[T], languages: tuple[str, ...]) -> T | None:
    """A YAML file that all units share as a `kind`, or None with its problems noted. Without languages (the settings
    could not be read) it is only looked at as YAML: its texts cannot be judged."""
    text = read_shared(diagnostics, path)
    return None if text is None else decode_record(diagnostics, diagnostics.display(path), text, kind, languages)


def decode_record(
    diagnostics: Diagnostics, shown: str, text: str, kind: type[T], languages: tuple[str, ...]
) -> T | None:
    """A YAML text as a `kind`, or None with its problems noted."""
    node, wrong = parse_leniently(shown, text)
    diagnostics.problems += FileProblems(wrong).problems
    if node is None or not languages:
        return None
    record = decode_node(diagnostics, shown, node, kind, languages)
    return None if wrong else record


def decode_node(
    diagnostics: Diagnostics, shown: str, node: Node, kind: type[T], languages: tuple[str, ...]
) -> T | None:
    """A node as a `kind`, or None with its problems noted."""
    try:
        return decode(shown, node, kind, languages)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None
