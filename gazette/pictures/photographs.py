"""Prepares photographs for the site: upright, in sRGB, small enough, and without the metadata of cameras and phones."""

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
"""The colour behind transparent pixels."""


def photographs(data: bytes, widths: tuple[int, ...]) -> tuple[bytes, ...]:
    """Return the picture in `data` as JPEGs, one for each of `widths` (the most pixels across; none is enlarged).

    They hold pixels and nothing else: no EXIF (with its place, time, device and thumbnail), no comment, no profile. The
    same bytes give the same JPEGs. Raises FileProblems for bytes that are not a picture, or a damaged one.
    """
    from PIL import Image, ImageOps

    with warnings.catch_warnings(), whole_pictures():
        warnings.simplefilter("ignore")  # about sizes: the size was checked when the file was read
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
    """Return a picture in this size (pixels), as sRGB on white, in a new image without metadata."""
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
    """Return a picture in one of four modes: L, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would clip at 255
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    """Resize a picture. The colours of transparent pixels are weighted by their opacity."""
    from PIL import Image

    if picture.size == size:
        return picture
    if picture.mode == "RGBA":
        return picture.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    return picture.resize(size, Image.Resampling.LANCZOS)


def _converted(picture: Image, profile: bytes) -> Image:
    """Convert the colours of a profile to sRGB. A profile that is damaged, or of another colour space, is ignored."""
    from PIL import ImageCms

    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return converted or picture


def _jpeg(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
