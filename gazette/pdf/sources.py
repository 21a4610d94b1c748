"""Whether the sources of other libraries are still those that this program was tested with.

Parts of `gazette.pdf` replace functions of WeasyPrint, or use what WeasyPrint, pydyf and cssselect2 do not document.
Each such part lists the names with a digest of their source. Another digest means that somebody has to look.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import io
import tokenize
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

Digests = Mapping[str, str]
"""Names in other libraries → digests of their sources. A name is `package.module:Class.name`, or `package.module` for
a whole module."""


def changed(digests: Digests) -> list[str]:
    """The names whose source has another digest, or that no longer exist."""
    return [name for name, digest in digests.items() if digest_of(name) != digest]


def digest_of(name: str) -> str:
    """A digest of 12 hexadecimal digits of the source that a name stands for; empty where there is none.

    Comments and the layout of the source make no difference, and neither does the version of Python.
    """
    module, _, inner = name.partition(":")
    try:
        thing: Any = importlib.import_module(module)
        for step in inner.split(".") if inner else ():
            thing = _function_of(inspect.getattr_static(thing, step))
        words = "".join(_words(_source(thing)))
    except (ImportError, AttributeError, TypeError, OSError, SyntaxError, tokenize.TokenError):
        return ""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _function_of(thing: Any) -> Any:
    """The function inside a property or a method of a class."""
    if isinstance(thing, property):
        return thing.fget
    if isinstance(thing, cached_property):
        return thing.func
    return thing.__func__ if isinstance(thing, classmethod | staticmethod) else thing


def _source(thing: Any) -> str:
    """The source of a function, class or module; of a named tuple, which has none, the names of its fields."""
    return " ".join(thing._fields) if hasattr(thing, "_fields") else inspect.getsource(thing)


_MARKS = {tokenize.NEWLINE: "\n", tokenize.INDENT: "{", tokenize.DEDENT: "}"}
_WITHOUT_MEANING = (tokenize.COMMENT, tokenize.NL)


def _words(source: str) -> Iterator[str]:
    """The tokens of a source. An f-string is one token before Python 3.12 and several after it: joined without blanks
    and without doubled braces, both are the same."""
    lines = inspect.cleandoc("\n" + source) if source[:1].isspace() else source
    for token in tokenize.generate_tokens(io.StringIO(lines + "\n").readline):
        if token.type in _MARKS:
            yield _MARKS[token.type]
        elif token.type not in _WITHOUT_MEANING:
            yield "".join(token.string.split()).replace("{{", "{").replace("}}", "}")
