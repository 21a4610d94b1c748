"""The booklet: the pages of a document, two on each side of a sheet, ordered so that the folded sheets can be read."""

from __future__ import annotations

import io
from collections.abc import Iterator

WIDTH, HEIGHT = 841.89, 595.276
"""A4, landscape, in points (1/72 inch). Each half holds a page of A5 at its full size."""


def booklet(document: bytes) -> bytes:
    """Impose the pages of a PDF (A5) on sheets of A4, and return that as a PDF.

    The sheets are printed on both sides, turned over the short edge (the file asks printers for that), folded in the
    middle and stapled. The booklet is for printers only and has no tags. It has the title and the subject of the
    document. The same argument gives the same bytes.
    """
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
    """For each side of each sheet the numbers of its left and right page, from 0. Numbers past the last page stand for
    blank pages: each sheet has four."""
    last = -(-pages // 4) * 4 - 1
    for first in range(0, (last + 1) // 2, 2):
        yield last - first, first
        yield first + 1, last - first - 1


def _placed(name: str, box: list[float], place: int) -> bytes:
    """The operators that draw a page in the middle of the left (0) or right (1) half of a sheet. `box` is its BBox in
    points."""
    left, bottom, right, top = box
    x = place * WIDTH / 2 + (WIDTH / 2 - (right - left)) / 2 - left
    y = (HEIGHT - (top - bottom)) / 2 - bottom
    return f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q\n".encode()
