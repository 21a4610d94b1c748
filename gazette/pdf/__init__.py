"""Owns the way from HTML to a PDF: a pure function of its arguments, the bundled fonts and the tools' versions."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from gazette.pdf.engine import engine, pack, versions
from gazette.pdf.limits import Limit, PastLimit, within

__all__ = ["PdfProblem", "versions", "write_pdf"]


class PdfProblem(Exception):
    """A document could not be printed as it should: the `code` of the problem, and what was `found`."""

    def __init__(self, code: str, found: str = "") -> None:
        self.code, self.found = code, found
        super().__init__(code, found)


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
    weasyprint = engine()
    from weasyprint.text.fonts import FontConfiguration

    from gazette.pdf.attach import reserve
    from gazette.pdf.claims import claim_accessibility
    from gazette.pdf.fetch import BASE, Listed

    fonts = FontConfiguration()
    fetcher = Listed(assets or {})

    def finish(_: Any, pdf: Any) -> None:
        claim_accessibility(pdf)
        if carries:
            reserve(pdf)
        pack(pdf)

    with _warnings() as told, _no_collection(), _told(limit or Limit.of(len(html))):
        styles = [
            weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=BASE) for text in stylesheets
        ]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=BASE)
        data: bytes = document.write_pdf(
            stylesheets=styles,
            font_config=fonts,
            pdf_variant="pdf/a-3a" if carries else "pdf/a-2a",
            finisher=finish,
        )
    if fetcher.refused:
        raise PdfProblem("pdf_refused", fetcher.refused[0])
    if told:
        raise PdfProblem("pdf_failed", "; ".join(dict.fromkeys(told)))
    return data


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
