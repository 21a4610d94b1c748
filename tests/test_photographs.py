"""Pictures made fit to be shown: turned, in the colours of screens, small, without what telephones write."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile, ImageOps

from gazette.messages.problems import FileProblems
from gazette.model.records.evidence_files import WIDTHS, EvidenceFile, fitted
from gazette.pictures.photographs import photographs
from gazette.reading.file_contents import inspect

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 40), (20, 40, 180), (255, 255, 255)


def flag(width: int = 120, height: int = 80) -> Image.Image:
    """Red at the top left, green at the top right, blue below."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 95, "subsampling": 0} if kind == "JPEG" else {}), **how)
    return out.getvalue()


def shown(data: bytes, width: int = 640) -> Image.Image:
    """What is made of a picture, as a reader sees it; a browser would turn it by its EXIF."""
    (made,) = photographs(data, (width,))
    picture = Image.open(io.BytesIO(made))
    assert picture.format == "JPEG" and picture.mode == "RGB"
    return ImageOps.exif_transpose(picture)


def is_near(found: Any, wanted: tuple[int, int, int], by: int = 14) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def size_of(data: bytes, ending: str = "jpg") -> tuple[int, int]:
    file = inspect(f"a.{ending}", data, "").file
    assert file.kind
    return file.width, file.height


# ── turned ───────────────────────────────────────────────────────────────────

BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the camera lay, by the number that it writes (Exif 2.3, 4.6.4 Orientation)."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_it_was_seen(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = flag().transpose(BACK[orientation]) if orientation > 1 else flag()
    data = saved(lying, kind, exif=exif, **({"lossless": True} if kind == "WEBP" else {}))
    seen = shown(data)
    assert seen.size == size_of(data, kind.lower()) == (120, 80)
    corners = [seen.getpixel(at) for at in ((8, 8), (110, 8), (60, 72))]
    assert all(map(is_near, corners, (RED, GREEN, BLUE))), corners


# ── nothing left ─────────────────────────────────────────────────────────────


def segments(data: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels (ISO/IEC 10918-1, B.1.1)."""
    found, place = [], 2
    while data[place + 1] != 0xDA:
        assert data[place] == 0xFF
        found.append(data[place + 1])
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return found


def telephone() -> bytes:
    """A photograph as a telephone saves it, with all that it knows."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Secret Maker", "Secret Model", "2031:03:01 10:00:00"
    exif[0x8825] = {1: "N", 2: (30.0, 35.0, 1.0), 3: "E", 4: (114.0, 18.0, 1.0)}
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- secret xmp --></x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(flag(1000, 800), exif=exif, comment=b"secret place", xmp=xmp, icc_profile=profile)


def test_nothing_of_what_a_telephone_writes_is_left() -> None:
    data = telephone()
    assert {0xE1, 0xE2, 0xFE} <= {*segments(data)} and data.count(b"ecret") >= 4
    for made in photographs(data, WIDTHS):
        assert {*segments(made)} == {0xE0, 0xDB, 0xC2, 0xC4}  # JFIF, quantities, a progressive frame, Huffman tables
        assert b"ecret" not in made and b"Exif" not in made and not Image.open(io.BytesIO(made)).getexif()


def test_nothing_of_other_kinds_is_left() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "secret")
    told.add_itxt("Comment", "secret")
    for data in (saved(flag(), "PNG", pnginfo=told), saved(flag(), "WEBP", xmp=b"secret")):
        assert b"secret" in data
        assert all(
            b"secret" not in made and {*segments(made)} <= {0xE0, 0xDB, 0xC2, 0xC4}
            for made in photographs(data, WIDTHS)
        )


def test_a_second_picture_in_the_file_is_left_behind() -> None:
    """Telephones save a depth map or a film beside the picture (MPO)."""
    data = saved(flag(), "MPO", save_all=True, append_images=[Image.new("RGB", (120, 80), WHITE)])
    assert Image.open(io.BytesIO(data)).format == "MPO" and size_of(data) == (120, 80)
    assert is_near(shown(data).getpixel((8, 8)), RED)


# ── colours ──────────────────────────────────────────────────────────────────


def test_the_inks_of_printers_become_colours_of_screens() -> None:
    inks = Image.merge("CMYK", [Image.new("L", (40, 40), ink) for ink in (0, 255, 255, 0)])
    red, green, blue = shown(saved(inks)).getpixel((20, 20))
    assert red > 180 and green < 80 and blue < 80


def test_grey_of_16_bits_keeps_its_lights() -> None:
    """A plain conversion would show all of it white."""
    steps = Image.frombytes(
        "I;16", (64, 64), b"".join(struct.pack("<H", x * 1000) for _ in range(64) for x in range(64))
    )
    data = saved(steps, "PNG")
    seen = shown(data)
    assert [seen.getpixel((x, 30))[0] for x in (0, 32, 63)] == pytest.approx([0, 125, 246], abs=6)


def test_what_is_transparent_is_white() -> None:
    palette = Image.new("P", (40, 40), 0)
    palette.putpalette([0, 0, 0, *RED])
    palette.paste(1, (20, 0, 40, 40))
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    clear.paste((*RED, 255), (20, 0, 40, 40))
    grey = Image.merge("LA", [Image.new("L", (40, 40), 10), clear.getchannel("A")])
    through = [saved(palette, "PNG", transparency=0), saved(clear, "PNG"), saved(clear, "WEBP", lossless=True)]
    for data in through:
        seen = shown(data)
        assert is_near(seen.getpixel((5, 20)), WHITE, 4) and is_near(seen.getpixel((34, 20)), RED)
    assert is_near(shown(saved(grey, "PNG")).getpixel((5, 20)), WHITE, 4)
    assert is_near(shown(saved(Image.new("1", (9, 9), 1), "PNG")).getpixel((4, 4)), WHITE, 4)


def profile(red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...]) -> bytes:
    """An ICC profile (ICC.1:2001-04) of a screen with such primaries (XYZ), a plain gamma of 1.8."""
    xyz = {b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue, b"wtpt": (0.9642, 1.0, 0.8249)}
    parts = {
        name: b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in at) for name, at in xyz.items()
    }
    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(1.8 * 256))
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    parts[b"cprt"] = b"text\0\0\0\0none\0\0\0\0"
    parts[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78 + 1)
    table, data, place = b"", b"", 128 + 4 + 12 * len(parts)
    for name, part in parts.items():
        table += name + struct.pack(">II", place + len(data), len(part))
        data += part + bytes(-len(part) % 4)
    head = struct.pack(">I4sI4s4s4s", place + len(data), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2031, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + struct.pack(">I", len(parts)) + table + data


SWAPPED = profile((0.1431, 0.0606, 0.7141), (0.3851, 0.7169, 0.0971), (0.4361, 0.2225, 0.1393))
"""A screen that calls blue what all others call red."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_colours_of_another_screen_become_those_of_all(kind: str) -> None:
    picture = Image.new("RGB", (40, 40), (255, 0, 0))
    red, green, blue = shown(saved(picture, kind, icc_profile=SWAPPED)).getpixel((20, 20))
    assert blue > 200 and red < 60 and green < 60
    assert is_near(shown(saved(picture, kind)).getpixel((20, 20)), (255, 0, 0))


@pytest.mark.parametrize("wrong", [b"no profile at all", SWAPPED[:200]])
def test_a_profile_that_is_damaged_is_as_if_it_were_not_there(wrong: bytes) -> None:
    assert is_near(shown(saved(flag(), icc_profile=wrong)).getpixel((8, 8)), RED)
    grey = Image.new("L", (40, 40), 90)
    assert is_near(shown(saved(grey, icc_profile=SWAPPED)).getpixel((8, 8)), (90, 90, 90))


# ── sizes, bytes ─────────────────────────────────────────────────────────────


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_sizes_keep_the_shape_and_grow_never(width: int, height: int) -> None:
    file = EvidenceFile("zhiyuan/a.png", "png", 1, "0", width, height)
    paths = [published.path for published in file.published]
    assert paths == [f"files/zhiyuan/a-{most}.jpg" for most in (WIDTHS if width > WIDTHS[-1] else WIDTHS[-1:])]
    for published, most in zip(file.published, WIDTHS[-len(paths) :], strict=True):
        assert published.width == min(width, most)
        assert (
            published.height == max(1, height)
            if width <= most
            else abs(published.height * width - height * most) <= width
        )
        assert fitted(width, height, most) == (published.width, published.height)


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_files_are_as_large_as_is_said(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(flag(4000, 1000), exif=exif)
    file = inspect("a.jpg", data, "").file
    made = photographs(data, WIDTHS)
    assert [Image.open(io.BytesIO(each)).size for each in made] == [each[1:] for each in file.published]
    assert [each.width for each in file.published] == ([1600, 640] if orientation == 1 else [1000, 640])


def test_the_same_bytes_give_the_same_pictures() -> None:
    data = telephone()
    assert (
        photographs(data, WIDTHS)
        == photographs(data, WIDTHS)
        == tuple(photographs(data, (most,))[0] for most in WIDTHS)
    )


@pytest.mark.parametrize("lenient", [False, True])
def test_what_is_no_picture_is_refused(lenient: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a library in this process wants pictures without an end to be read, as WeasyPrint does."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    for data in (b"", b"%PDF-1.7", saved(flag(300, 300))[:-500], b"\xff\xd8\xff"):
        with pytest.raises(FileProblems, match="evidence_broken"):
            photographs(data, WIDTHS)
        assert inspect("a.jpg", data, "").problems
    assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient


@pytest.mark.parametrize("side", [9_000, 14_000, 31_000, 60_000])
def test_a_picture_that_would_exhaust_the_machine_is_told(side: int) -> None:
    """A PNG of one colour has next to no bytes, however many pixels; its head alone is read."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = saved(Image.new("RGB", (1, 1)), "PNG")
    import zlib

    data = data[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + data[33:]
    (problem,) = inspect("a.png", data, "").problems
    assert problem.code == "evidence_pixels" and problem.message("en").startswith("this picture is too large")


@given(
    st.sampled_from(
        [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n", b"PK\x03\x04"]
    ),
    st.binary(max_size=300),
)
def test_whatever_lies_there_is_told_or_known(begin: bytes, rest: bytes) -> None:
    for ending in ("jpg", "png", "webp", "pdf", "csv", "xlsx", "txt"):
        inspected = inspect(f"a.{ending}", begin + rest, "")
        assert bool(inspected.file.kind) != bool(inspected.problems)
        for problem in inspected.problems:
            assert problem.message("zh") and problem.message("en")
