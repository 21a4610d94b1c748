"""Owns the way from the bytes of a content file to a model, with every problem in its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gazette.messages import MESSAGES
from gazette.problems import Loc, Problem

T = TypeVar("T")

MAX_BYTES = 8_000_000
MAX_DEPTH = 32
MAX_NODES = 200_000

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, and the marks that reorder text (they can show a reader something else than is written)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with its place (from 1). A mapping's items are (key node, value node) pairs."""

    line: int
    column: int
    scalar: str | None = None
    plain: bool = True
    items: tuple[tuple[Node, Node], ...] | None = None
    entries: tuple[Node, ...] | None = None

    def data(self) -> Any:
        """The value as plain dicts, lists and text. Scalars stay text; an empty plain scalar is None."""
        if self.items is not None:
            return {key.scalar: value.data() for key, value in self.items}
        if self.entries is not None:
            return [entry.data() for entry in self.entries]
        if self.plain and self.scalar in ("", "~", "null"):
            return None
        return self.scalar

    def find(self, loc: Loc) -> Node:
        """The deepest node on the way `loc`; what does not exist is found at the node that should hold it."""
        node = self
        for step in loc:
            child = node._child(step)
            if child is None:
                return node
            node = child
        return node

    def find_key(self, loc: Loc) -> Node:
        """The key node for a `loc` that ends in a key of a mapping; else the same as `find`."""
        parent = self.find(loc[:-1])
        for key, _ in parent.items or ():
            if loc and key.scalar == loc[-1]:
                return key
        return self.find(loc)

    def _child(self, step: str | int) -> Node | None:
        if isinstance(step, int):
            entries = self.entries or ()
            return entries[step] if step < len(entries) else None
        return next((value for key, value in self.items or () if key.scalar == step), None)


# ── bytes → text ─────────────────────────────────────────────────────────────


def read_text(path: str, data: bytes) -> str:
    """The text of a content file. Raises ProblemsFound for an empty file, bytes that are not UTF-8, and control
    characters; a byte order mark and Windows line ends are accepted."""
    if len(data) > MAX_BYTES:
        raise ProblemsFound([Problem.at(path, 0, 0, "file_too_large", found=len(data), limit=MAX_BYTES)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([_encoding_problem(path, data, error)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ProblemsFound([Problem.at(path, 1, 1, "file_empty")])
    wrong = [
        Problem.at(path, *_place(text, match.start()), "control_character", found=f"U+{ord(match.group()):04X}")
        for match in _FORBIDDEN.finditer(text)
    ]
    if wrong:
        raise ProblemsFound(wrong[:50])
    return text


class ProblemsFound(Exception):
    """One file could not be read further. Carries its problems to the one who gathers them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _encoding_problem(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    good = data[: error.start].decode("utf-8", "replace")
    line, column = _place(good, len(good))
    guess = _guess_encoding(data)
    if guess:
        return Problem.at(path, line, column, "file_encoding_guess", guess=guess)
    return Problem.at(path, line, column, "file_encoding", found=f"0x{data[error.start]:02X}")


def _guess_encoding(data: bytes) -> str | None:
    """GBK and Big5 are what Windows editors save; a text in one of them decodes to mostly Han and ASCII."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    for name in ("gb18030", "big5"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [c for c in text if ord(c) > 127]
        common = sum("\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" or c in "“”‘’—…·" for c in foreign)
        if foreign and common >= 0.9 * len(foreign):
            return "GBK" if name == "gb18030" else "Big5"
    return None


# ── text → nodes ─────────────────────────────────────────────────────────────


def compose(path: str, text: str) -> Node:
    """The nodes of a YAML text. Raises ProblemsFound.

    The event stream is read by our own loop: libyaml's composer crashes the process on some 100,000 nested
    brackets, and the limits must hold before anything is built.
    """
    tabs = _tabs(path, text)
    if tabs:
        raise ProblemsFound(tabs)
    try:
        node, problems = _Composer(path).run(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([_yaml_problem(path, error)]) from None
    except yaml.YAMLError as error:
        raise ProblemsFound([Problem.at(path, 1, 1, "yaml", found=str(error).split("\n")[0])]) from None
    if problems:
        raise ProblemsFound(problems)
    if node is None:
        raise ProblemsFound([Problem.at(path, 1, 1, "file_empty")])
    return node


def _tabs(path: str, text: str) -> list[Problem]:
    if "\t" not in text:
        return []
    return [
        Problem.at(path, number, line.index("\t") + 1, "tab")
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line
    ][:50]


def _yaml_problem(path: str, error: yaml.MarkedYAMLError) -> Problem:
    mark: Any = error.problem_mark or error.context_mark
    if error.problem == "found unexpected end of stream" and error.context_mark:
        mark = error.context_mark  # where the quote or bracket was opened tells more than the end of the file
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem.at(path, line, column, "yaml", found=error.problem or error.context or "syntax")


class _Composer:
    """Builds nodes from events, bottom up, with a stack of open collections."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.stack: list[tuple[yaml.Event, list[Node]]] = []
        self.root: Node | None = None
        self.count = 0
        self.documents = 0

    def run(self, events: Iterator[yaml.Event]) -> tuple[Node | None, list[Problem]]:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._count(event)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._add(_at(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
        return self.root, self.problems

    def _problem(self, event: yaml.Event, code: str, **values: object) -> None:
        self.problems.append(Problem.at(self.path, *_mark(event), code, **values))

    def _stop(self, event: yaml.Event, code: str, **values: object) -> None:
        self._problem(event, code, **values)
        raise ProblemsFound(self.problems)

    def _count(self, event: yaml.NodeEvent) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(event, "yaml_size", limit=MAX_NODES)
        if event.anchor is not None:
            self._problem(event, "yaml_anchor", found=event.anchor)
            if len(self.problems) > 20:
                raise ProblemsFound(self.problems)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._problem(event, "yaml_tag", found=tag.replace("tag:yaml.org,2002:", "!!"))

    def _document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "yaml_documents")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line, column = _mark(event)
        self._add(Node(line, column, scalar=event.value, plain=event.style in (None, "")))

    def _open(self, event: yaml.Event) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._stop(event, "yaml_depth", limit=MAX_DEPTH)
        self.stack.append((event, []))

    def _close(self) -> None:
        event, children = self.stack.pop()
        line, column = _mark(event)
        if isinstance(event, yaml.SequenceStartEvent):
            self._add(Node(line, column, entries=tuple(children)))
        else:
            pairs = tuple(zip(children[::2], children[1::2], strict=True))
            self._check_keys(pairs)
            self._add(Node(line, column, items=pairs))

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.root = node

    def _check_keys(self, pairs: tuple[tuple[Node, Node], ...]) -> None:
        seen: dict[str, Node] = {}
        for key, _ in pairs:
            place = (self.path, key.line, key.column)
            if key.scalar is None:
                self.problems.append(Problem.at(*place, "yaml_key"))
            elif key.scalar == "<<" and key.plain:
                self.problems.append(Problem.at(*place, "yaml_merge"))
            elif key.scalar in seen:
                first = seen[key.scalar].line
                self.problems.append(Problem.at(*place, "yaml_duplicate", found=key.scalar, first=first))
            else:
                seen[key.scalar] = key


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _at(event: yaml.Event) -> Node:
    line, column = _mark(event)
    return Node(line, column, scalar="")


# ── nodes → models ───────────────────────────────────────────────────────────


def decode(path: str, node: Node, kind: type[T] | TypeAdapter[T], languages: Iterable[str] = ()) -> T:
    """`node` as a `kind`, texts in `languages`. Raises ProblemsFound with everything that is wrong."""
    adapter = kind if isinstance(kind, TypeAdapter) else TypeAdapter(kind)
    try:
        return adapter.validate_python(node.data(), context={"languages": tuple(languages)})
    except ValidationError as error:
        problems = [p for detail in error.errors(include_url=False) for p in _explain(path, node, kind, detail)]
        raise ProblemsFound(problems) from None


_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "dict_type": "not_mapping",
    "tuple_type": "not_list",
    "list_type": "not_list",
    "string_type": "not_text",
    "int_type": "not_number",
    "int_parsing": "not_number",
    "int_from_float": "not_number",
    "int_parsing_size": "not_number",
    "greater_than_equal": "number_range",
    "less_than_equal": "number_range",
    "bool_type": "not_boolean",
    "bool_parsing": "not_boolean",
    "literal_error": "not_choice",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "too_long": "too_many",
}


def _explain(path: str, root: Node, kind: Any, detail: ErrorDetails) -> Iterator[Problem]:
    """The problems behind one error of the type checker."""
    loc = tuple(detail["loc"])
    context: Mapping[str, Any] = detail.get("ctx", {})
    if detail["type"] == "several":
        for inner, found, told in context["several"]:
            spot = root.find_key((*loc, inner)) if inner is not None else _spot(root, loc)
            yield Problem.at(path, spot.line, spot.column, found, **told)
        return
    code = _CODES.get(detail["type"], detail["type"])
    place = root.find_key(loc) if code == "unknown_key" else _spot(root, loc)
    if code == "missing":
        place = root.find(loc[:-1])
    values: dict[str, Any] = {
        "found": _shown(detail["input"]),
        "field": str(loc[-1]) if loc else "",
        "limit": "",
        **context,
    }
    if code == "unknown_key":
        code, values = _unknown(str(loc[-1]), _fields(kind, loc[:-1]))
    elif code == "number_range":
        values["limit"] = f"≥ {context['ge']}" if "ge" in context else f"≤ {context['le']}"
    elif code == "too_long":
        values |= {"found": len(str(detail["input"])), "limit": context["max_length"]}
    elif code == "too_many":
        values |= {"found": context["actual_length"], "limit": context["max_length"]}
    elif code == "not_choice":
        values["expected"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    elif code not in MESSAGES:
        code, values = "invalid", {"found": values["found"], "reason": detail["msg"]}
    yield Problem.at(path, place.line, place.column, code, **values)


def _spot(root: Node, loc: Loc) -> Node:
    """Where a wrong value stands; an empty value has no place of its own, so its key is shown."""
    node = root.find(loc)
    return root.find_key(loc) if node.scalar == "" and node.plain and loc else node


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:4]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(entry) for entry in value[:4]) + "]"
    return "" if value is None else str(value)


def _unknown(found: str, expected: list[str]) -> tuple[str, dict[str, Any]]:
    near = difflib.get_close_matches(found, expected, 1)
    if near:
        return "unknown_key_near", {"found": found, "near": near[0]}
    return "unknown_key", {"found": found, "expected": ", ".join(expected)}


def _fields(kind: Any, loc: Loc) -> list[str]:
    """The field names of the record at `loc` inside `kind`."""
    record = _record(kind)
    for step in loc:
        if isinstance(step, str) and record is not None and step in record.model_fields:
            record = _record(record.model_fields[step].annotation)
    return list(record.model_fields) if record is not None else []


def _record(annotation: Any) -> type[BaseModel] | None:
    """The first record inside a type such as `tuple[Pledge, ...]` or `Target | None`."""
    if isinstance(annotation, TypeAdapter):
        return _record(annotation._type)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _record(inner)
        if found is not None:
            return found
    return None
