"""The way from HTML to a PDF: a pure function of its arguments, the bundled fonts and the tools' versions."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Any

from gazette.pdf.engine import bundled_fonts, load_weasyprint
from gazette.pdf.problem import PdfProblem
from gazette.workers.limits import Limit, PastLimit, within

__all__ = ["PdfProblem", "write_one_page", "write_pdf"]


def write_pdf(
    html: str,
    *,
    stylesheets: Sequence[str],
    assets: Mapping[str, bytes] | None = None,
    carries: bool = False,
    limit: Limit | None = None,
) -> bytes:
    """A PDF that is PDF/UA-1 and PDF/A-2a, from `html` and style sheets (texts). Dates come from the document's own
    `dcterms` metadata. If it `carries` files, to be attached later, it is PDF/A-3a.

    `assets` are the only things that the document may refer to, by name. Anything else raises PdfProblem; so does every
    warning of WeasyPrint (there is none that may be passed over), and a document past its `limit`, which by default
    goes by its length. The same arguments give the same bytes.
    """
    with _open_writer(stylesheets, assets, limit or Limit.of(len(html))) as writer:
        return writer.printed(writer.laid_out(html), carries)


def write_one_page(
    kinds: Sequence[str], html: Callable[[int], str], likely: int, *, stylesheets: Sequence[str]
) -> bytes:
    """A PDF of one page, as `write_pdf` makes it, from the first of some ways to put it that finds room. `kinds` says
    of each way (`html` takes its number, from 0) of which kind it is; those of a kind stand together. The `likely` way
    is tried first. Raises PdfProblem where none finds room."""
    with _open_writer(stylesheets, None, Limit.of(len(html(0)))) as writer:
        laid_out: dict[int, Any] = {}

        def fits(way: int) -> bool:
            if way not in laid_out:
                laid_out[way] = writer.laid_out(html(way))
            return len(laid_out[way].pages) == 1

        first = first_way(kinds, fits, likely)
        if first == len(kinds):
            raise PdfProblem("pdf_page")
        return writer.printed(laid_out[first], carries=False)


def first_way(kinds: Sequence[str], fits: Callable[[int], bool], likely: int) -> int:
    """The first way that fits, of the first kind of which any does; their number where none does. Of each kind the last
    way needs the least room, and no more than that of the kind before: but the first may need more than the last of the
    kind before (titles in large letters, and whole texts in small ones), so that kinds come first."""
    groups = [list(ways) for _, ways in groupby(range(len(kinds)), key=kinds.__getitem__)]
    guess = next(place for place, group in enumerate(groups) if likely in group)
    chosen = first_that_fits(len(groups), lambda place: fits(groups[place][-1]), guess)
    if chosen == len(groups):
        return len(kinds)
    ways = groups[chosen]
    start = ways.index(likely) if chosen == guess else 0 if chosen > guess else len(ways) - 1
    return ways[first_that_fits(len(ways), lambda place: fits(ways[place]), start)]


def first_that_fits(ways: int, fits: Callable[[int], bool], likely: int) -> int:
    """The first way that fits, if all after it do; `ways` where none does. Steps from the likely one grow, so that few
    are tried where it is near."""
    too_much, enough, step = -1, ways, 1
    way = likely
    while too_much < enough - 1:
        if fits(way):
            enough = way
        else:
            too_much = way
        if too_much == -1:
            way = max(enough - step, 0)
        elif enough == ways:
            way = min(too_much + step, ways - 1)
        else:
            way = (too_much + enough) // 2
        step *= 2
    return enough


class PdfWriter:
    """What lays documents out and prints them: one at a time, with fonts, style sheets and assets of their own."""

    def __init__(self, stylesheets: Sequence[str], assets: Mapping[str, bytes]) -> None:
        self.weasyprint = load_weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        from gazette.pdf.fetch import AssetFetcher

        with bundled_fonts():
            self.fonts = FontConfiguration()
        self.fetcher, self.stylesheets = AssetFetcher(assets), stylesheets

    def laid_out(self, html: str) -> Any:
        """A document with its pages."""
        from gazette.pdf.fetch import BASE

        styles = [self._style(text) for text in self.stylesheets]
        return self.weasyprint.HTML(string=html, url_fetcher=self.fetcher, base_url=BASE).render(
            stylesheets=styles, font_config=self.fonts, pdf_variant="pdf/a-2a"
        )

    def _style(self, text: str) -> Any:
        """A style sheet, read. One that loads something is read for each document, which may refuse it."""
        from gazette.pdf.fetch import BASE

        if any(rule in text for rule in ("@font-face", "@import")):
            return self.weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=BASE)
        style, complaints = _read_style(text)
        for words in complaints:
            logging.getLogger("weasyprint").warning(words)
        return style

    def printed(self, document: Any, carries: bool) -> bytes:
        """The bytes of a document that is laid out."""
        from gazette.pdf.attach import reserve
        from gazette.pdf.conformance.metadata import claim_accessibility

        def finish(_: Any, pdf: Any) -> None:
            claim_accessibility(pdf)
            if carries:
                reserve(pdf)

        data: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/a-3a" if carries else "pdf/a-2a")
        return data


@lru_cache(maxsize=16)
def _read_style(text: str) -> tuple[Any, tuple[str, ...]]:
    """A style sheet that loads nothing, and what WeasyPrint complained about in it. It depends on its text alone, and
    to read it takes longer than to lay a page out, so that all documents and all that is tried for one share it."""
    from gazette.pdf.fetch import BASE, AssetFetcher

    with _warnings() as told:
        style = load_weasyprint().CSS(string=text, url_fetcher=AssetFetcher({}), base_url=BASE)
    return style, tuple(told)


@contextmanager
def _open_writer(stylesheets: Sequence[str], assets: Mapping[str, bytes] | None, limit: Limit) -> Iterator[PdfWriter]:
    """A writer, within a limit. What it was refused, and what it complained about, is raised at the end."""
    with _no_collection():
        writer = PdfWriter(stylesheets, assets or {})
        with _warnings() as told, _told(limit):
            yield writer
    if writer.fetcher.refused:
        raise PdfProblem("pdf_refused", found=writer.fetcher.refused[0])
    if told:
        raise PdfProblem("pdf_failed", found="; ".join(dict.fromkeys(told)))


@contextmanager
def _told(limit: Limit) -> Iterator[None]:
    """A document that would never be done is told."""
    try:
        with within(limit):
            yield
    except PastLimit as past:
        raise PdfProblem(past.code) from None
    except RecursionError:
        raise PdfProblem("pdf_deep") from None


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What WeasyPrint complains about: each complaint is a mistake of ours."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    logger, ear = logging.getLogger("weasyprint"), Ear(logging.WARNING)
    handlers, logger.handlers = logger.handlers, [ear]
    try:
        yield told
    finally:
        logger.handlers = handlers


@contextmanager
def _no_collection() -> Iterator[None]:
    """Layout makes millions of small objects that live until the end: looking for garbage among them costs a tenth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
