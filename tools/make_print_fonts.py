"""Makes the print fonts of gazette/fonts/ from the fonts' npm packages: a fixed repertoire, one file a weight.

    python tools/make_print_fonts.py             make all again
    python tools/make_print_fonts.py --add 㐂    add a rare character for good, then make all again

The same packages and lists give the same bytes. `npm` must be installed.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb

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
    """A font file inside an npm package. `han` says whether it gets the Han repertoire."""

    package: str
    version: str
    member: str
    name: str
    han: bool


SOURCES = (
    Source("noto-serif-sc", "0.4.3", "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", True),
    Source("noto-serif-sc", "0.4.3", "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", True),
    Source("noto-sans-sc", "0.4.3", "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", True),
    Source("noto-serif", "0.4.2", "400Regular/NotoSerif_400Regular.ttf", "NotoSerif-Regular.ttf", False),
    Source("noto-serif", "0.4.2", "400Regular_Italic/NotoSerif_400Regular_Italic.ttf", "NotoSerif-Italic.ttf", False),
    Source("noto-serif", "0.4.2", "700Bold/NotoSerif_700Bold.ttf", "NotoSerif-Bold.ttf", False),
    Source("noto-sans", "0.4.2", "400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf", False),
)


def main() -> None:
    """Read the options and make the fonts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", default="", metavar="CHARACTERS", help="characters to add to the repertoire")
    options = parser.parse_args()
    if options.add:
        with (LISTS / "added.txt").open("a", encoding="utf-8") as file:
            file.writelines(f"{character}\n" for character in options.add if not character.isspace())
    latin, han = latin_repertoire(), han_repertoire()
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            font = fetch(source, Path(folder))
            wanted = latin | han if source.han else latin
            data = subset(font, wanted)
            (FONTS / source.name).write_bytes(data)
            print(f"{source.name:24} {len(data):>9,} bytes  sha256 {hashlib.sha256(data).hexdigest()}")


def han_repertoire() -> set[int]:
    """通用规范汉字表, GB2312 and what was added."""
    found: set[int] = set()
    for path in (LISTS / "tongyong-guifan.txt", LISTS / "added.txt"):
        lines = (line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
        found |= {ord(character) for line in lines for character in line.strip()}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def latin_repertoire() -> set[int]:
    """Latin with its accents (pinyin included), punctuation of both worlds, marks, figures in circles, units."""
    ranges = (
        (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C),
        (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF),
        (0x2500, 0x25FF), (0x2610, 0x2613), (0x2713, 0x2717), (0x3000, 0x303F), (0xFE10, 0xFE4F), (0xFF01, 0xFFE6),
    )  # fmt: skip
    return {code for first, last in ranges for code in range(first, last + 1)}


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


if __name__ == "__main__":
    main()
