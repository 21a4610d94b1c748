"""Makes the print fonts of gazette/fonts/ from the fonts' npm packages: a fixed repertoire, one file a weight.

    python tools/make_print_fonts.py             make all again
    python tools/make_print_fonts.py --add 㐂    add a rare character for good, then make all again

The same packages and lists give the same bytes. `npm` must be installed. `--add` says of each character whether a font
has it now; where none of the sources has one of them it changes nothing for that one, and ends with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent
LISTS = ROOT / "repertoire"
FONTS = ROOT.parent / "gazette" / "fonts"

FEATURES = (
    "kern",
    "locl",
    "ccmp",
    "liga",
    "chws",
    "halt",
    "palt",
    "pwid",
    "vert",
    "mark",
    "mkmk",
    "tnum",
    "lnum",
    "case",
)


@dataclass(frozen=True)
class Source:
    """A font file inside an npm package. `kind` says which repertoire it gets: `han`, `latin` or `signs`."""

    package: str
    version: str
    member: str
    name: str
    kind: str


SOURCES = (
    Source("noto-serif-sc", "0.4.3", "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", "han"),
    Source("noto-serif-sc", "0.4.3", "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", "han"),
    Source("noto-sans-sc", "0.4.3", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", "han"),
    Source("noto-serif", "0.4.2", "400Regular/NotoSerif_400Regular.ttf", "NotoSerif-Regular.ttf", "latin"),
    Source("noto-serif", "0.4.2", "400Regular_Italic/NotoSerif_400Regular_Italic.ttf", "NotoSerif-Italic.ttf", "latin"),
    Source("noto-serif", "0.4.2", "700Bold/NotoSerif_700Bold.ttf", "NotoSerif-Bold.ttf", "latin"),
    Source("noto-sans", "0.4.2", "400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf", "latin"),
    Source(
        "noto-sans-symbols-2",
        "0.4.1",
        "400Regular/NotoSansSymbols2_400Regular.ttf",
        "NotoSansSymbols2-Regular.ttf",
        "signs",
    ),
)


def main() -> int:
    """Read the options and make the fonts. Returns 1 where a character could not be added."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", default="", metavar="CHARACTERS", help="characters to add to the repertoire")
    options = parser.parse_args()
    asked = [character for character in dict.fromkeys(options.add) if not character.isspace()]
    with tempfile.TemporaryDirectory() as folder:
        fonts = {source: fetch(source, Path(folder)) for source in SOURCES}
        found = add(asked, fonts)
        if found or not asked:
            make(fonts)
    return int(len(found) < len(asked))


def add(asked: Iterable[str], fonts: Mapping[Source, bytes]) -> list[str]:
    """Notes the characters that are asked for, if one of the fonts has them, and says of each what became of it.
    Returns those that are in the repertoire now."""
    wanted = {kind: repertoire(kind) for kind in ("han", "latin", "signs")}
    found, new = [], []
    for character in asked:
        code = f"{character} U+{ord(character):04X}"
        having = [source for source, data in fonts.items() if ord(character) in hb.Face(data).unicodes]
        if not having:
            print(f"{code}: none of the source fonts has it; nothing changes. Write another form, or say it in words.")
            continue
        found.append(character)
        if any(ord(character) in wanted[source.kind] for source in having):
            print(f"{code}: the fonts have it already.")
        else:
            new.append(character)
            print(f"{code}: added; now in {', '.join(source.name for source in having)}.")
    if new:
        with (LISTS / "added.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"{character}\n" for character in new)
    return found


def make(fonts: Mapping[Source, bytes]) -> None:
    """Writes each bundled font with its repertoire."""
    lines = next(font for source, font in fonts.items() if source.kind == "han")
    for source, font in fonts.items():
        data = subset(font, repertoire(source.kind))
        data = as_tall_as(data, lines) if source.kind == "signs" else data
        (FONTS / source.name).write_bytes(data)
        print(f"{source.name:28} {len(data):>9,} bytes  sha256 {hashlib.sha256(data).hexdigest()}")


def repertoire(kind: str) -> set[int]:
    """The characters that a font of a kind gets, as far as its source has them."""
    added = _listed("added.txt")
    if kind == "signs":
        return set(map(ord, SIGNS)) | added
    return latin_repertoire() | added | (han_repertoire() if kind == "han" else set())


def han_repertoire() -> set[int]:
    """通用规范汉字表, GB/T 2312, the common characters of Big5 (for traditional Chinese), and the units and words in a
    square that input methods offer."""
    found = _listed("tongyong-guifan.txt") | set(range(0x3200, 0x3400))
    return found | _coded("gb2312", range(0xA1, 0xF8)) | _coded("big5", range(0xA4, 0xC7))


def _listed(name: str) -> set[int]:
    """The characters of a list; what follows `#` is a comment."""
    lines = (line.partition("#")[0] for line in (LISTS / name).read_text("utf-8").splitlines())
    return {ord(character) for line in lines for character in line.strip()}


def _coded(encoding: str, rows: Iterable[int]) -> set[int]:
    """The characters of some rows of a code of two bytes."""
    found = set()
    for row in rows:
        for cell in range(0x40, 0xFF):
            text = bytes((row, cell)).decode(encoding, "ignore")
            found |= {ord(text)} if len(text) == 1 else set()
    return found


def latin_repertoire() -> set[int]:
    """Latin with its accents (pinyin, Romanian and Vietnamese included), Greek, Cyrillic, punctuation of both worlds,
    marks, figures in circles, units."""
    ranges = (
        (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2027),
        (0x2030, 0x205E), (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF),
        (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x27BF), (0x3000, 0x303F), (0xFE10, 0xFE4F), (0xFF01, 0xFFE6),
    )  # fmt: skip
    return {code for first, last in ranges for code in range(first, last + 1)}


SIGNS = " \u00a0☐☑☒✓✔✕✖✗✘"
"""Ballot boxes and ticks, which the other sources have not, and the spaces between them."""


def fetch(source: Source, folder: Path) -> bytes:
    """The bytes of a font, from its npm package."""
    name = f"expo-google-fonts-{source.package}-{source.version}.tgz"
    if not (folder / name).exists():
        package = f"@expo-google-fonts/{source.package}@{source.version}"
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=sys.stderr)
    with tarfile.open(folder / name) as archive:
        member = archive.extractfile(f"package/{source.member}")
        assert member is not None
        return member.read()


def subset(font: bytes, wanted: set[int]) -> bytes:
    """The font with the wanted characters and the layout features that the pages use, without hinting."""
    order = hb.SubsetInput()
    order.unicode_set.update(wanted)
    order.layout_feature_tag_set.clear()
    order.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in FEATURES)
    order.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in ("DSIG", "VORG", "STAT", "meta"))
    order.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    data: bytes = hb.subset(hb.Face(font), order).blob.data
    return data


def as_tall_as(data: bytes, other: bytes) -> bytes:
    """A font whose lines are as high as those of another, so that a sign in a line does not push the next one down."""
    font, model = (TTFont(io.BytesIO(each), recalcTimestamp=False) for each in (data, other))
    scale = font["head"].unitsPerEm / model["head"].unitsPerEm
    for table, names in HEIGHTS.items():
        for name in names:
            setattr(font[table], name, round(getattr(model[table], name) * scale))
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


HEIGHTS = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}
"""Where a font says how high its lines are."""


if __name__ == "__main__":
    sys.exit(main())
