"""PyHanko as this project uses it: asked for late, since a build does without it, and silent, since we tell."""

from __future__ import annotations

import logging
import sys

from gazette.messages.problems import COMMAND, ContentError, Problem


def ready() -> None:
    """See that pyHanko is there. Raises ContentError with what to type where it is not."""
    try:
        import pyhanko.sign  # noqa: F401
    except ImportError:
        raise ContentError([Problem.at(COMMAND, 0, 0, "sign_package", python=sys.executable)]) from None
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).addHandler(logging.NullHandler())
