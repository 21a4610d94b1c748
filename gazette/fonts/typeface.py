"""What the bundled font files hold: their characters, and subsets of them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from gazette.files.cache import NO_CACHE, Cache
from gazette.files.walk import Stat

FOLDER = Path(__file__).parent
PRINT_FONTS = tuple(sorted(FOLDER.glob("*.ttf")))

HEADING_LICENCE = FOLDER / "OFL-Noto-SerifSC.txt"
"""Goes along with the heading font (OFL 1.1, condition 2), with the copyright that the font itself names."""

_HEADING_FEATURES = ("kern", "pwid", "locl", "ccmp", "liga", "chws", "palt")
"""`pwid` gives English its narrow quotes, `chws` closes up neighbouring Chinese marks."""


def characters_of(font: Path) -> frozenset[int]:
    """The code points that a font file has a glyph for."""
    import uharfbuzz as hb

    return frozenset(hb.Face(hb.Blob.from_file_path(str(font))).unicodes)


Facts = tuple[str, frozenset[int]]
"""One digest over the print fonts, and the code points that they have together."""

_known: list[Facts] = []


def load_facts(cache: Cache) -> Facts:
    """The facts about the print fonts as they are now, for all that this process makes from here on. Reading the fonts
    for them takes longer than making a page, so they are remembered until one of the files is another."""
    stats = ((font.name, Stat.of(font.stat())) for font in PRINT_FONTS)
    source = "\n".join(f"{name} {' '.join(map(str, stat))}" for name, stat in stats)
    _known[:] = [cache.get_or_compute("fonts", source, _facts, Facts)]
    return _known[0]


def _facts_known() -> Facts:
    return _known[0] if _known else load_facts(NO_CACHE)


def _facts() -> Facts:
    total = hashlib.sha256()
    for font in PRINT_FONTS:
        total.update(font.name.encode() + font.read_bytes())
    return total.hexdigest(), frozenset().union(*(characters_of(font) for font in PRINT_FONTS))


def digest() -> str:
    """One digest over the font files: other fonts make other pages."""
    return _facts_known()[0]


def repertoire() -> frozenset[int]:
    """The code points that the print fonts have together."""
    return _facts_known()[1]


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
