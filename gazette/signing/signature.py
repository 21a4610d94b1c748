"""Adds a signature to a document: PAdES baseline B-B (ETSI EN 319 142-1), as an incremental update.

The document in front of the update stays unchanged, with its attachments and claims.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from gazette.messages.catalogue import FALLBACK, catalogue, languages

FIELD = "Signature"


def signed(document: bytes, signer: Any, at: datetime.datetime) -> bytes:
    """Return a document signed by `signer` (pyHanko's), with `at` as the time of signing.

    The field has no place on a page: PDF/A forbids to hide it, and PDF/UA-1 lets a field untagged only off the page
    (ISO 14289-1, 7.18.1). For those who hear it, it has a name (7.18.1) in the document's language.
    """
    writer = _Update(io.BytesIO(document))
    field = SigFieldSpec(
        FIELD,
        readable_field_name=_field_title(str(writer.root.get("/Lang", ""))),
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    what = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    result: bytes = _Signer(what, signer, at, field).sign_pdf(writer).getvalue()
    if not result.startswith(document):
        raise ValueError("the document was changed")
    return result


def _field_title(tag: str) -> str:
    """Return the name of the signature field in a language (BCP 47)."""
    language = tag.partition("-")[0].lower()
    return catalogue(language if language in languages() else FALLBACK).signing["field"]


class _Update(IncrementalPdfFileWriter):
    """An update that keeps the metadata. pyHanko would write them anew, without a part of what explains the claim to
    PDF/UA (ISO 19005-2, 6.6.2.3), and with the time of the clock."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """A signer with a given time, which does not read the clock."""

    def __init__(
        self, what: PdfSignatureMetadata, signer: Any, at: datetime.datetime, new_field_spec: SigFieldSpec
    ) -> None:
        super().__init__(what, signer, new_field_spec=new_field_spec)
        self.at = at

    def init_signing_session(self, *arguments: Any, **more: Any) -> Any:
        session = super().init_signing_session(*arguments, **more)
        session.system_time = self.at
        return session
