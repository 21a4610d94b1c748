"""Prepares pyHanko. It is imported late, since builds do not need it, and kept silent, since we tell what is found."""

from __future__ import annotations

import logging
import sys

from gazette.messages.problems import COMMAND, ContentError, Problem


def ready() -> None:
    """Check that pyHanko is installed. Raises ContentError that says how to install it."""
    try:
        import pyhanko.sign  # noqa: F401
    except ImportError:
        raise ContentError([Problem.at(COMMAND, 0, 0, "sign_package", python=sys.executable)]) from None
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).addHandler(logging.NullHandler())
