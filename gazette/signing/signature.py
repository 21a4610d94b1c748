"""The signature that is put under a document: PAdES baseline B-B (ETSI EN 319 142-1), as an update of it.

The document stands unchanged in front of the update, with its attachments and claims.
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
    """A document with the signature of a `signer` (pyHanko's) that says to have been made `at`.

    The field has no place on a page: PDF/A forbids to hide it, and PDF/UA-1 lets a field untagged only off the page
    (ISO 14289-1, 7.18.1). It has a name for those who hear it (7.18.1), in the document's language.
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
    """What a signature is called in a document whose language is `tag` (BCP 47)."""
    language = tag.partition("-")[0].lower()
    return catalogue(language if language in languages() else FALLBACK).signing["field"]


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata alone: pyHanko would write them anew in its own words, which loses a part of
    what explains the claim to PDF/UA (ISO 19005-2, 6.6.2.3), and would put the time of the clock into them."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """A signer whose time is given, and not read from the clock."""

    def __init__(
        self, what: PdfSignatureMetadata, signer: Any, at: datetime.datetime, new_field_spec: SigFieldSpec
    ) -> None:
        super().__init__(what, signer, new_field_spec=new_field_spec)
        self.at = at

    def init_signing_session(self, *arguments: Any, **more: Any) -> Any:
        session = super().init_signing_session(*arguments, **more)
        session.system_time = self.at
        return session
