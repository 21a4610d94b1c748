"""Whether a box is in the normal flow: a style knows it for all of its boxes."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

REPLACED = {
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": "1f765a7f6fa9",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Puts the change into WeasyPrint, once for the process."""
    boxes.Box.is_in_normal_flow = _is_in_normal_flow


def _is_in_normal_flow(self: Any) -> bool:
    """As the method of `Box`, which asks for float and position five times over, for each box again and again."""
    style = self.style
    found: bool | None = getattr(style, "in_flow", None)
    if found is None:
        found = style.in_flow = style["float"] == "none" and style["position"] in ("static", "relative")
    return found
