"""Photographs made fit to be shown: turned, in the colours of screens, small enough, and without anything that a
telephone wrote beside the pixels."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from gazette.model.records.evidence_files import fitted
from gazette.reading.file_contents import FORMATS, unfit, whole_pictures

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 82

_PAPER = (255, 255, 255)
"""What is seen through a picture."""


def photographs(data: bytes, widths: tuple[int, ...]) -> tuple[bytes, ...]:
    """JPEGs of the picture in some bytes, each at most so wide; none is enlarged. They hold pixels and nothing else: no
    EXIF (with its place, time, telephone and small picture), no comment, no profile. The same bytes give the same
    JPEGs. Raises FileProblems for bytes that are no picture, or a
    damaged one."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings(), whole_pictures():
        warnings.simplefilter("ignore")  # of sizes: that was judged when the file was read
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                picture.draft(None, fitted(*picture.size, 2 * max(widths)))
                picture.load()
                turned = ImageOps.exif_transpose(picture)
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
            raise unfit("evidence_broken") from None
        if turned.size != picture.size:
            width, height = height, width
        return tuple(_jpeg(_on_screen(turned, fitted(width, height, most))) for most in widths)


def _on_screen(picture: Image, size: tuple[int, int]) -> Image:
    """The pixels of a picture, so large, as sRGB on white paper, in a new image."""
    from PIL import Image

    profile = picture.info.get("icc_profile")
    plain = _resized(_simple(picture), size)
    if profile:
        plain = _converted(plain, profile)
    new = Image.new("RGB", size, _PAPER)
    if plain.mode == "RGBA":
        new.paste(plain, mask=plain.getchannel("A"))
    else:
        new.paste(plain.convert("RGB"))
    return new


def _simple(picture: Image) -> Image:
    """A picture in one of four modes: L, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would cut off at 255
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    """Of what can be seen through, colours count as much as they are seen."""
    from PIL import Image

    if picture.size == size:
        return picture
    if picture.mode == "RGBA":
        return picture.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    return picture.resize(size, Image.Resampling.LANCZOS)


def _converted(picture: Image, profile: bytes) -> Image:
    """The colours of a profile as those of sRGB; a profile that is damaged, or of other colours, is as if it were not
    there."""
    from PIL import ImageCms

    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return found or picture


def _jpeg(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
