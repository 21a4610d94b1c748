"""HTML to PDF: a pure function of its arguments, the bundled fonts and the versions of the libraries."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from gazette.pdf.composition.record import Record, recording
from gazette.pdf.engine import bundled_fonts, load_weasyprint, untested
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
    """Make a PDF/UA-1 and PDF/A-2a from `html` and style sheets (CSS texts). If it `carries` files, which
    `pdf.attach` attaches later, it is a PDF/A-3a. Dates come from the document's `dcterms` metadata.

    The document may refer to its `assets` (name → bytes) and to nothing else. `limit` bounds seconds of processor time
    and bytes of memory; by default it grows with the length of `html`. The same arguments give the same bytes.

    Raises PdfProblem where the document refers to something else, where WeasyPrint warns of anything, where the
    document exceeds its limit, and where libraries are missing or not as they must be.
    """
    with _open_writer(stylesheets, assets, limit or Limit.of(len(html))) as writer:
        return writer.printed(writer.lay_out(html), carries)


def write_one_page(
    kinds: Sequence[str], html: Callable[[int], str], likely: int, *, stylesheets: Sequence[str]
) -> bytes:
    """Make a PDF of one page, as `write_pdf` does, from the first of several ways to write it that fits on a page.

    `html` takes the number of a way, from 0 to `len(kinds) - 1`. `kinds` names the kind of each way; ways of one kind
    follow each other. The `likely` way is tried first. Raises PdfProblem also where no way fits.
    """
    with _open_writer(stylesheets, None, Limit.of(len(html(0)))) as writer:
        laid_out: dict[int, LaidOut] = {}

        def fits(way: int) -> bool:
            if way not in laid_out:
                laid_out[way] = writer.lay_out(html(way))
            return len(laid_out[way].document.pages) == 1

        first = first_way(kinds, fits, likely)
        if first == len(kinds):
            raise PdfProblem("pdf_page")
        return writer.printed(laid_out[first], carries=False)


def first_way(kinds: Sequence[str], fits: Callable[[int], bool], likely: int) -> int:
    """The number of the first way that fits, of the first kind of which any fits; `len(kinds)` where none does.

    The last way of a kind needs the least room of that kind, and no more than the last way of the kind before. The
    first way of a kind may need more than the last of the kind before (titles in large letters, whole texts in small
    ones): hence the kind is found first.
    """
    groups = [list(ways) for _, ways in groupby(range(len(kinds)), key=kinds.__getitem__)]
    guess = next(place for place, group in enumerate(groups) if likely in group)
    chosen = first_that_fits(len(groups), lambda place: fits(groups[place][-1]), guess)
    if chosen == len(groups):
        return len(kinds)
    ways = groups[chosen]
    start = ways.index(likely) if chosen == guess else 0 if chosen > guess else len(ways) - 1
    return ways[first_that_fits(len(ways), lambda place: fits(ways[place]), start)]


def first_that_fits(ways: int, fits: Callable[[int], bool], likely: int) -> int:
    """The number of the first way that fits, from 0 to `ways - 1`, if all ways after it fit too; `ways` where none
    does. Steps away from the likely one grow, so that few ways are tried where it is near."""
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


class LaidOut(NamedTuple):
    """A document with its pages: the `weasyprint.Document`, and what line setting noted about it."""

    document: Any
    record: Record


@contextmanager
def _other_versions() -> Iterator[None]:
    """Turn any other error into PdfProblem where a library has another version than the tested one, which most likely
    caused it."""
    try:
        yield
    except (PdfProblem, RecursionError):
        raise
    except Exception as error:
        if found := untested():
            raise PdfProblem("pdf_version", found=found) from error
        raise


class PdfWriter:
    """Lays documents out and prints them, one at a time, with the same fonts, style sheets and assets."""

    @_other_versions()
    def __init__(self, stylesheets: Sequence[str], assets: Mapping[str, bytes]) -> None:
        self.weasyprint = load_weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        from gazette.pdf.fetch import AssetFetcher

        with bundled_fonts():
            self.fonts = FontConfiguration()
        self.fetcher, self.stylesheets = AssetFetcher(assets), stylesheets

    @_other_versions()
    def lay_out(self, html: str) -> LaidOut:
        """Set the lines of a document and divide it into pages."""
        from gazette.pdf.fetch import BASE

        styles = [self._style(text) for text in self.stylesheets]
        source, record = self.weasyprint.HTML(string=html, url_fetcher=self.fetcher, base_url=BASE), Record()
        with recording(record):
            document = source.render(stylesheets=styles, font_config=self.fonts, pdf_variant="pdf/a-2a")
        return LaidOut(document, record)

    def _style(self, text: str) -> Any:
        """A `weasyprint.CSS`. A style sheet that loads something is read again for each document, which may refuse
        it."""
        from gazette.pdf.fetch import BASE

        if any(rule in text for rule in ("@font-face", "@import")):
            return self.weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=BASE)
        style, complaints = _read_style(text)
        for words in complaints:
            logging.getLogger("weasyprint").warning(words)
        return style

    @_other_versions()
    def printed(self, made: LaidOut, carries: bool) -> bytes:
        """The bytes of a document that is laid out, with room for files if it `carries` any."""
        from gazette.pdf.attach import reserve
        from gazette.pdf.conformance.metadata import claim_accessibility

        def finish(_: Any, pdf: Any) -> None:
            claim_accessibility(pdf)
            if carries:
                reserve(pdf)

        with recording(made.record):
            data: bytes = made.document.write_pdf(finisher=finish, pdf_variant="pdf/a-3a" if carries else "pdf/a-2a")
        return data


@lru_cache(maxsize=16)
def _read_style(text: str) -> tuple[Any, tuple[str, ...]]:
    """A `weasyprint.CSS` that loads nothing, and the warnings about it. It depends on its text alone. Reading it takes
    longer than laying out a page, so that all documents share it."""
    from gazette.pdf.fetch import BASE, AssetFetcher

    with _warnings() as told:
        style = load_weasyprint().CSS(string=text, url_fetcher=AssetFetcher({}), base_url=BASE)
    return style, tuple(told)


@contextmanager
def _open_writer(stylesheets: Sequence[str], assets: Mapping[str, bytes] | None, limit: Limit) -> Iterator[PdfWriter]:
    """A writer that works within a limit. Raises PdfProblem at the end for the first address that was refused, or for
    all warnings."""
    with _no_collection():
        writer = PdfWriter(stylesheets, assets or {})
        with _warnings() as told, _problems(limit):
            yield writer
    if writer.fetcher.refused:
        raise PdfProblem("pdf_refused", found=writer.fetcher.refused[0])
    if told:
        raise PdfProblem("pdf_failed", found="; ".join(dict.fromkeys(told)))


@contextmanager
def _problems(limit: Limit) -> Iterator[None]:
    """Turn PastLimit and RecursionError into PdfProblem."""
    try:
        with within(limit):
            yield
    except PastLimit as past:
        raise PdfProblem(past.code) from None
    except RecursionError:
        raise PdfProblem("pdf_deep") from None


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """The warnings of WeasyPrint while this is open, and no others. Each is a mistake in our templates or styles."""
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
    """Inside, Python looks for no garbage. Layout makes millions of small objects that live to its end; to look for
    garbage among them takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
