"""WeasyPrint as this program uses it: imported when it is needed, with bundled fonts only, and patched."""

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
from gazette.pdf.sources import changed

TESTED = {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
"""The versions of the libraries that all patches were tested with. With others, a patch is used only where the sources
that it replaces or relies on are the same (`pdf.sources`)."""


class Patch(NamedTuple):
    """A module of `gazette.pdf` that depends on insides of other libraries.

    Its REPLACED lists what it replaces in WeasyPrint, its RELIES_ON what it uses of other libraries. `install` makes
    the replacements.
    """

    module: str
    inside: str = ""
    """The patch whose `install` also makes this one, because both wrap one function. This one has an AROUND."""

    @property
    def is_required(self) -> bool:
        """Without it documents are wrong. Without the others they only take longer."""
        return not self.module.startswith("patches.")

    def is_possible(self) -> bool:
        """Whether it can be imported, and all that it replaces or relies on has the source that it was tested with."""
        try:
            found = self.imported()
            return not changed({**getattr(found, "REPLACED", {}), **getattr(found, "RELIES_ON", {})})
        except Exception:  # another version may break an import in any way
            return False

    def make(self, *inner: Patch) -> bool:
        """Make the replacements, together with those of `inner` patches, once for the process. Returns whether it
        could. A required patch raises what stands in its way."""
        try:
            if install := getattr(self.imported(), "install", None):
                install(*(each.imported().AROUND for each in inner))
        except Exception:
            if self.is_required:
                raise
            return False
        return True

    def imported(self) -> Any:
        """The module. To import it changes nothing."""
        return import_module(f"gazette.pdf.{self.module}")


PATCHES = (
    Patch("patches.styles"),
    Patch("patches.shaping"),
    Patch("patches.measuring", inside="composition.hooks"),
    Patch("composition.hooks"),
    Patch("conformance.tags"),
    Patch("conformance.metadata"),
    Patch("attach"),
)
"""In the order in which they are made."""


@lru_cache(maxsize=1)
def load_weasyprint() -> Any:
    """The `weasyprint` module, patched. Raises PdfProblem where Pango is not installed, and where a required patch is
    not possible with the installed libraries."""
    try:
        with bundled_fonts(), named_libraries():
            import weasyprint
    except OSError as error:
        raise PdfProblem("pdf_library", found=str(error).partition("\n")[0]) from None
    out = left_out()
    if any(patch.is_required for patch in out):
        raise PdfProblem("pdf_version", found=untested())
    usable = [patch for patch in PATCHES if patch not in out]
    for patch in usable:
        if not patch.inside:
            patch.make(*(inner for inner in usable if inner.inside == patch.module))
    return weasyprint


def untested() -> str:
    """The installed libraries whose versions are not the tested ones, as “name installed / tested”; empty where there
    are none."""
    found = {name: version(name) for name in TESTED}
    return ", ".join(f"{name} {found[name]} / {number}" for name, number in TESTED.items() if found[name] != number)


@lru_cache(maxsize=1)
def left_out() -> tuple[Patch, ...]:
    """The patches that are not possible with the installed libraries. Nothing is imported where all versions are the
    tested ones."""
    return tuple(patch for patch in PATCHES if not patch.is_possible()) if untested() else ()


@contextmanager
def bundled_fonts() -> Iterator[None]:
    """Inside, Fontconfig finds the bundled fonts and no others.

    Fontconfig reads its configuration when WeasyPrint is imported and for each new `FontConfiguration`. Only an
    environment variable can tell it which one, since WeasyPrint passes none on. Afterwards the variable is what it was,
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
    """Inside, `ctypes` on Linux leaves it to the dynamic loader to find a library by its file name.

    WeasyPrint tries several names for each of seven libraries, and the file name on Linux (`libpango-1.0.so.0`) is not
    the first. For each name before it `ctypes` would run ldconfig, gcc and ld, and find nothing: fifty processes for
    each process that makes documents.
    """
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _unknown
    try:
        yield
    finally:
        ctypes.util.find_library = before


def _unknown(name: str) -> None:
    """The answer of `find_library` for a library that it does not know."""
