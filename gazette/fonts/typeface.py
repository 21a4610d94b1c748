"""Reads the bundled font files: their characters, and subsets of them."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from gazette.files.cache import NO_CACHE, Cache
from gazette.files.walk import Stat

FOLDER = Path(__file__).parent
PRINT_FONTS = tuple(sorted(FOLDER.glob("*.ttf")))

HEADING_LICENCE = FOLDER / "OFL-Noto-SerifSC.txt"
"""The licence that must accompany the heading font (OFL 1.1, condition 2), with the font's own copyright notice."""

_HEADING_FEATURES = ("kern", "pwid", "locl", "ccmp", "liga", "chws", "palt")
"""`pwid` gives English its narrow quotes; `chws` closes up adjacent Chinese marks."""


def characters_of(font: Path) -> frozenset[int]:
    """The code points for which a font file has a glyph."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(font))).unicodes)


class PrintFonts(NamedTuple):
    """The print fonts: one digest over their files, because other fonts make other pages, and the code points that they
    have together."""

    digest: str
    repertoire: frozenset[int]

    def missing(self, text: str) -> str:
        """The characters of `text` that no print font has, sorted. White space and line ends count as present."""
        known = self.repertoire
        return "".join(sorted(c for c in set(text) if ord(c) not in known and not c.isspace() and c != "\u200b"))


def load_fonts(cache: Cache = NO_CACHE) -> PrintFonts:
    """The print fonts as they are now. Reading the files takes longer than making a page, so the result is kept in
    `cache` until a file changes."""
    stats = ((font.name, Stat.of(font.stat())) for font in PRINT_FONTS)
    source = "\n".join(f"{name} {' '.join(map(str, stat))}" for name, stat in stats)
    return cache.get_or_compute("fonts", source, partial(_read_fonts, source), PrintFonts)


@lru_cache(maxsize=1)
def _read_fonts(_source: str) -> PrintFonts:
    """Read the files. `_source` describes their state, and serves only as a cache key."""
    total = hashlib.sha256()
    for font in PRINT_FONTS:
        total.update(font.name.encode() + font.read_bytes())
    return PrintFonts(total.hexdigest(), frozenset().union(*(characters_of(font) for font in PRINT_FONTS)))


_HEADING_EM = 500
"""Units per em of the heading font: half of the original's. No screen shows the difference, and it saves a tenth of the
bytes."""


_NOT_FOR_PAGES = ("vhea", "vmtx", "VORG", "BASE")
"""Tables of the heading font for vertical text."""


def heading_woff2(font: Path, characters: str) -> bytes:
    """A WOFF2 file with the glyphs of `characters` and the features that headings use. Equal arguments give equal
    bytes."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.scaleUpem import scale_upem

    order = hb.SubsetInput()
    order.unicode_set.update(map(ord, characters))
    order.layout_feature_tag_set.clear()
    order.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _HEADING_FEATURES)
    order.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _NOT_FOR_PAGES)
    order.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    subset = hb.subset(hb.Face(hb.Blob.from_file_path(str(font))), order)
    out = io.BytesIO()
    packed: Any = TTFont(io.BytesIO(subset.blob.data), recalcTimestamp=False, lazy=False)
    scale_upem(packed, _HEADING_EM)
    packed.flavor = "woff2"
    packed.save(out)
    return out.getvalue()
