"""Owns WeasyPrint as this project uses it: loaded late, with the bundled fonts only, and with all changes to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from gazette.fonts.typeface import FOLDER

PATCHED_FOR = "70.0"
"""The changes below replace parts of WeasyPrint that are not its public interface: they hold for this version."""


class OtherVersion(Exception):
    """Another WeasyPrint is installed than the one that the changes were made for. Carries its version."""


@lru_cache(maxsize=1)
def engine() -> Any:
    """The `weasyprint` module, ready. Raises OSError where Pango is not installed, OtherVersion for a WeasyPrint that
    the changes were not made for."""
    import weasyprint
    from weasyprint import pdf

    from gazette.pdf.composition.breaking import compose_lines
    from gazette.pdf.composition.justification import justify_chinese
    from gazette.pdf.composition.last_lines import keep_company
    from gazette.pdf.composition.overlong import break_overlong
    from gazette.pdf.conformance.tags import complete_tags
    from gazette.pdf.patches.boxes import lighten_boxes
    from gazette.pdf.patches.drawing import draw_fast, draw_once
    from gazette.pdf.patches.shaping import measure_once
    from gazette.pdf.patches.styles import share_styles

    if weasyprint.__version__ != PATCHED_FOR:
        raise OtherVersion(weasyprint.__version__)
    share_styles()
    lighten_boxes()
    draw_fast()  # what writes a line lies below the compositor, what remembers lines above it
    justify_chinese()
    compose_lines()
    break_overlong()
    keep_company()  # it makes lines twice, which then may have been broken
    measure_once()
    draw_once()
    complete_tags()
    pdf.ColorProfile = _closing(pdf.ColorProfile)
    return weasyprint


def use_bundled_fonts() -> None:
    """A fontconfig of our own, so that the fonts of the machine make no difference. Fontconfig takes it from the
    environment alone, whenever a document is begun: then it is put there, whatever has become of it since."""
    os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts.conf")


def _closing(profile: Any) -> Callable[..., Any]:
    """WeasyPrint opens the colour profile of a PDF/A and leaves it open."""

    def read(file: Any, *rest: Any) -> Any:
        with file:
            return profile(file, *rest)

    return read
