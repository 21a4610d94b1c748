"""WeasyPrint as this project uses it: loaded late, with the bundled fonts only, and with all changes to it."""

from __future__ import annotations

import ctypes.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from gazette.fonts.typeface import FOLDER
from gazette.installed import version
from gazette.pdf.problem import PdfProblem
from gazette.pdf.replaced import changed

TESTED = "70.0"
"""The WeasyPrint that all changes were tested with. With another one, each change is made only where what it replaces
is still as it was (`pdf.replaced`)."""


class Change(NamedTuple):
    """A change to WeasyPrint: a module of `gazette.pdf` with its REPLACED and its `install`."""

    module: str

    @property
    def is_required(self) -> bool:
        """Without it documents are wrong; without the others they only take longer."""
        return not self.module.startswith("patches.")

    def is_possible(self) -> bool:
        """Whether all that it replaces is as it was when it was written."""
        try:
            return not changed(import_module(f"gazette.pdf.{self.module}").REPLACED)
        except (ImportError, AttributeError):
            return False

    def make(self) -> None:
        """Make the change, once for the process."""
        import_module(f"gazette.pdf.{self.module}").install()


CHANGES = (
    Change("patches.styles"),
    Change("patches.shaping"),
    Change("composition.hooks"),
    Change("conformance.tags"),
)
"""In the order in which they are made."""


@lru_cache(maxsize=1)
def load_weasyprint() -> Any:
    """The `weasyprint` module, ready. Raises PdfProblem where Pango is not installed, and for a WeasyPrint in which
    something was changed that a required change replaces."""
    try:
        with bundled_fonts(), named_libraries():
            import weasyprint
    except OSError as error:
        raise PdfProblem("pdf_library", found=str(error).partition("\n")[0]) from None
    out = left_out()
    if any(change.is_required for change in out):
        raise PdfProblem("pdf_version", found=f"{weasyprint.__version__} / {TESTED}")
    for change in CHANGES:
        if change not in out:
            change.make()
    return weasyprint


@lru_cache(maxsize=1)
def left_out() -> tuple[Change, ...]:
    """The changes that cannot be made in the WeasyPrint that is installed. It is imported only if it is another than
    the one that was tested."""
    if version("weasyprint") == TESTED:
        return ()
    return tuple(change for change in CHANGES if not change.is_possible())


@contextmanager
def bundled_fonts() -> Iterator[None]:
    """Inside, Fontconfig finds the bundled fonts and none of the machine's.

    It reads its configuration when WeasyPrint is imported and whenever a document is begun (`FontConfiguration`), and
    the environment is the only thing that says which: WeasyPrint hands none on. Afterwards the variable is what it was,
    so that no other process inherits it.
    """
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(FOLDER / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


_VARIABLE = "FONTCONFIG_FILE"


@contextmanager
def named_libraries() -> Iterator[None]:
    """Inside, a library under Linux is the one that the loader finds by its name.

    WeasyPrint tries several names for each of seven libraries, that of Linux (`libpango-1.0.so.0`) late, and for every
    name that is none `ctypes` asks ldconfig, gcc and ld, whose best answer is that name again: fifty processes for each
    that prints.
    """
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _unknown
    try:
        yield
    finally:
        ctypes.util.find_library = before


def _unknown(name: str) -> None:
    """What is not named as the loader names it."""
