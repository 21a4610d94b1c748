"""The booklet: the pages of a document two on a sheet, in the order in which folded sheets are read."""

from __future__ import annotations

import io
from collections.abc import Iterator

WIDTH, HEIGHT = 841.89, 595.276
"""A sheet of A4 on its side, in points: a page of A5 finds room on each half as large as it is."""


def booklet(document: bytes) -> bytes:
    """The pages of a document (A5), imposed. Printed on both sides (turned over the short edge, which the file asks
    printers for), folded in the middle and stapled, the sheets are a booklet. A print aid: it carries no tags. Title
    and subject are the document's. The same argument gives the same bytes."""
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
        for name in ("/Title", "/Subject"):
            made.docinfo[name] = str(source.docinfo.get(name, ""))
        made.Root.Lang = source.Root.Lang
        made.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name.DuplexFlipShortEdge, DisplayDocTitle=True, PrintScaling=pikepdf.Name("/None")
        )
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
    """A page drawn in the left (0) or right (1) half of a sheet, as large as it is, in the middle."""
    left, bottom, right, top = box
    x = place * WIDTH / 2 + (WIDTH / 2 - (right - left)) / 2 - left
    y = (HEIGHT - (top - bottom)) / 2 - bottom
    return f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q\n".encode()
