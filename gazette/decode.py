"""Owns the way from nodes to a model, with every problem in its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gazette.hints import colon_slip
from gazette.messages import MESSAGES, choice_meant
from gazette.nodes import Node, compose, look
from gazette.problems import MOST_OF_ONE_FILE, Loc, Problem, ProblemsFound
from gazette.text import read_text

__all__ = ["Node", "ProblemsFound", "compose", "decode", "look", "read_text"]

T = TypeVar("T")


def decode(path: str, node: Node, kind: type[T] | TypeAdapter[T], languages: Iterable[str] = ()) -> T:
    """`node` as a `kind`, texts in `languages`. Raises ProblemsFound with everything that is wrong."""
    adapter = kind if isinstance(kind, TypeAdapter) else TypeAdapter(kind)
    try:
        return adapter.validate_python(node.data(), context={"languages": tuple(languages)})
    except ValidationError as error:
        details = _once_each(error.errors(include_url=False), kind)
        explained = (problem for detail in details for problem in _explain(path, node, kind, detail))
        first = list(islice(explained, MOST_OF_ONE_FILE + 1))
        raise ProblemsFound(first, sum(map(_weight, details)) - len(first)) from None


def _once_each(details: list[ErrorDetails], kind: Any) -> list[ErrorDetails]:
    """A field under a mistyped name is told where it stands; that it is missing as well would be told twice."""
    meant = {
        (*detail["loc"][:-1], _meant(str(detail["loc"][-1]), _fields(kind, detail["loc"][:-1])))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    return [detail for detail in details if detail["type"] != "missing" or detail["loc"] not in meant]


def _weight(detail: ErrorDetails) -> int:
    """How many problems are behind one error of the type checker."""
    return len(detail["ctx"]["several"]) if detail["type"] == "several" else 1


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


_TELLS_OF_NOTHING = ("text_shape", "empty_optional", "empty_record")
"""What is told of a value that is not there says so itself."""

_SHAPES = ("not_mapping", "not_list", "text_shape")
"""Where fields were expected: a text there may be a field whose colon YAML does not see."""


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
    if detail["input"] is None and loc and code not in _TELLS_OF_NOTHING:
        code = "empty" if loc and isinstance(loc[-1], str) else "empty_entry"
    place = root.find_key(loc) if code == "unknown_key" else _spot(root, loc)
    if code == "missing":
        place = root.find(loc[:-1])
    values: dict[str, Any] = {
        "found": _shown(detail["input"]),
        "field": next((step for step in reversed(loc) if isinstance(step, str)), ""),
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
        values["near"] = choice_meant(values["found"], values["expected"].split(", "))
    elif code in _SHAPES and place.plain and (slip := colon_slip(place.scalar or "")):
        _, (code, values), _, _ = slip
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


def _meant(found: str, expected: list[str]) -> str:
    """The field that was probably meant; empty where nobody can tell."""
    near = difflib.get_close_matches(found.lower().replace("-", "_"), expected, 1)
    return near[0] if near else ""


def _unknown(found: str, expected: list[str]) -> tuple[str, dict[str, Any]]:
    near = _meant(found, expected)
    if near:
        return "unknown_key_near", {"found": found, "near": near}
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
