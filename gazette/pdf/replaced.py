"""Whether the parts of WeasyPrint that are replaced are still as they were when their replacements were written."""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import textwrap
from collections.abc import Mapping
from typing import Any

Replaced = Mapping[str, str]
"""What a module replaces: `package.module:Class.name` → the digest of the source that it was written against."""


def changed(replaced: Replaced) -> list[str]:
    """The names whose source is another than it was, or that are there no more."""
    return [name for name, digest in replaced.items() if digest_of(name) != digest]


def digest_of(name: str) -> str:
    """A digest of the source of `package.module:Class.name`, whatever its comments and its layout; empty where there is
    no such thing."""
    module, _, inner = name.partition(":")
    try:
        thing: Any = importlib.import_module(module)
        for step in inner.split("."):
            thing = inspect.getattr_static(thing, step)
        if isinstance(thing, property):
            thing = thing.fget
        source = inspect.getsource(thing)
        tree = ast.parse(textwrap.dedent(source))
    except (ImportError, AttributeError, TypeError, OSError, SyntaxError):
        return ""
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:12]
