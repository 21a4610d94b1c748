"""Draws an address as a QR code (ISO/IEC 18004) for printed documents."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape


@lru_cache(maxsize=64)
def qr(address: str) -> Markup:
    """Return an address as an SVG whose title is the address. Level M survives a fold; the quiet zone of four modules
    is included.

    Adjacent modules of a row are one rectangle: drawn one by one, they would print with white hairlines between them.
    """
    import segno

    rows = segno.make_qr(address, error="m").matrix_iter(border=4)
    path, side = "", 0
    for y, row in enumerate(rows):
        side, start = y + 1, None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                path += f"M{start} {y}h{x - start}v1h{start - x}z"
                start = None
    return Markup(
        f'<svg class="qr" viewBox="0 0 {side} {side}"><title>{escape(address)}</title>'
        f'<path fill="#000" d="{path}"/></svg>'
    )
