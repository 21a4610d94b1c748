"""Owns the booklet: the pages of a document two on a sheet, in the order in which folded sheets are read."""

from __future__ import annotations

import io
from collections.abc import Iterator

WIDTH, HEIGHT = 841.89, 595.276
"""A sheet of A4 on its side, in points."""


def booklet(document: bytes) -> bytes:
    """The pages of a document, imposed. Printed on both sides (turned over the short edge), folded in the middle and
    stapled, the sheets are a booklet. A print aid: it carries no tags. The same bytes give the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as source, pikepdf.new() as made:
        pages = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for sides in order(len(pages)):
            made.add_blank_page(page_size=(WIDTH, HEIGHT))
            sheet, content = made.pages[-1], b""
            sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
            for place, number in enumerate(sides):
                if number < len(pages):
                    form = pages[number]
                    name = f"/P{number + 1}"
                    sheet.obj.Resources.XObject[name] = form
                    content += _placed(name, [float(edge) for edge in form.BBox], place)
            sheet.obj.Contents = made.make_stream(content)
        title = str(source.docinfo.get("/Title", ""))
        if title:
            made.docinfo["/Title"] = title
        out = io.BytesIO()
        made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def order(pages: int) -> Iterator[tuple[int, int]]:
    """The numbers (from 0) of the pages on each side of each sheet, left and right. Numbers past the last are blank:
    a booklet has four pages a sheet."""
    last = -(-pages // 4) * 4 - 1
    for first in range(0, (last + 1) // 2, 2):
        yield last - first, first
        yield first + 1, last - first - 1


def _placed(name: str, box: list[float], place: int) -> bytes:
    """A page drawn in the left (0) or right (1) half of a sheet, as large as it may be, in the middle."""
    left, bottom, right, top = box
    scale = min(WIDTH / 2 / (right - left), HEIGHT / (top - bottom))
    x = place * WIDTH / 2 + (WIDTH / 2 - scale * (right - left)) / 2 - scale * left
    y = (HEIGHT - scale * (top - bottom)) / 2 - scale * bottom
    return f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q\n".encode()
