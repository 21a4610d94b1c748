"""Owns what the bundled font files hold: their characters, and subsets of them."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "fonts"
PRINT_FONTS = tuple(sorted(FOLDER.glob("*.ttf")))

_HEADING_FEATURES = ("kern", "pwid", "locl", "ccmp", "liga", "chws", "palt")
"""`pwid` gives English its narrow quotes, `chws` closes up neighbouring Chinese marks."""


@lru_cache(maxsize=32)
def characters_of(font: Path) -> frozenset[int]:
    """The code points that a font file has a glyph for."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(font))).unicodes)


@lru_cache(maxsize=1)
def repertoire() -> frozenset[int]:
    """The code points that the print fonts have together."""
    return frozenset().union(*(characters_of(font) for font in PRINT_FONTS))


def missing(text: str) -> str:
    """The characters of `text` that no print font has, sorted; white space and line ends count as present."""
    known = repertoire()
    return "".join(sorted(c for c in set(text) if ord(c) not in known and not c.isspace() and c != "\u200b"))


def heading_woff2(font: Path, characters: str) -> bytes:
    """A WOFF2 with the glyphs of `characters` and the features that headings use. Equal arguments, equal bytes."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    order = hb.SubsetInput()
    order.unicode_set.update(map(ord, characters))
    order.layout_feature_tag_set.clear()
    order.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _HEADING_FEATURES)
    order.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    subset = hb.subset(hb.Face(hb.Blob.from_file_path(str(font))), order)
    out = io.BytesIO()
    packed: Any = TTFont(io.BytesIO(subset.blob.data), recalcTimestamp=False, lazy=False)
    packed.flavor = "woff2"
    packed.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def digest() -> str:
    """One digest over the font files: other fonts make other pages."""
    total = hashlib.sha256()
    for font in PRINT_FONTS:
        total.update(font.name.encode() + font.read_bytes())
    return total.hexdigest()
