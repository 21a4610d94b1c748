"""Verifies a PDF: whether it is as it was signed, and by whom; what files it carries, and which standards it claims.

The file may come from anybody: each part is read by itself, within limits, and what cannot be read is a finding.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from gazette.messages.problems import clip, reason_of
from gazette.signing.certificates import Certificate, weak_key
from gazette.signing.embedded import EmbeddedFile, carried
from gazette.workers.limits import Limit, PastLimit, within

MOST = 500_000_000
"""The greatest size of a file, in bytes: it is held in memory."""

LIMIT = Limit(60, 1_500_000_000)

CLOCKS_DIFFER = datetime.timedelta(minutes=5)
"""The greatest difference between two clocks. A signature from later than that has an impossible time."""

DIGESTS = re.compile(r"sha(224|256|384|512|512_224|512_256|3_\d+)|shake(128|256)|sm3")
"""The digests for which nobody can make two documents; with MD5 and SHA-1 that was shown (NIST SP 800-131A)."""

T = TypeVar("T")


class Signature(NamedTuple):
    """A signature. `intact`: the bytes that it covers are as they were signed. `added`: the number of bytes behind
    those; `kept_up`: these only keep the signature verifiable. `trusted` is None where the reader named nobody to
    trust. `at` is the time that the signer states, and `to_come` says whether it lies in the future. `weak` names the
    digests and keys that can be forged."""

    certificate: Certificate
    at: datetime.datetime | None
    intact: bool
    added: int
    kept_up: bool
    trusted: bool | None
    to_come: bool
    weak: tuple[str, ...]

    @property
    def in_time(self) -> bool:
        return self.at is not None and self.certificate.holds(self.at)

    @property
    def holds(self) -> bool:
        whole = not self.added or self.kept_up
        proves = self.intact and not self.weak and self.in_time and not self.to_come
        return proves and whole and self.certificate.signs and self.trusted is not False


class Verification(NamedTuple):
    """The findings about a file. `trouble` is the code of why it could not be read at all (with the `reason` of the
    system); `signatures` and `carried` are None where they are broken."""

    trouble: str = ""
    reason: str = ""
    signatures: tuple[Signature, ...] | None = ()
    carried: tuple[EmbeddedFile, ...] | None = ()
    claims: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the file is signed, every signature holds, and the last one covers all of it."""
        return bool(self.signatures) and all(each.holds for each in self.signatures or ())

    @property
    def data_whole(self) -> bool:
        return self.carried is not None and not any(file.wrong for file in self.carried)

    @property
    def vouched(self) -> bool:
        """Whether the reader trusts every signer."""
        return all(each.trusted for each in self.signatures or ())

    @property
    def good(self) -> bool:
        return not self.trouble and self.proven and self.data_whole


def verify(path: Path, trust: Sequence[Any], now: datetime.datetime) -> Verification:
    """Verify a file. `trust` has the certificates (`asn1crypto`) that the reader trusts. `now` is the time of the
    reader's clock, and that of a signature without a time."""
    try:
        if not path.is_file():  # a pipe, say, has no end
            return Verification("no_pdf")
        if path.stat().st_size > MOST:
            return Verification("too_large")
        data = path.read_bytes()
    except OSError as error:
        return Verification("system", reason_of(error))
    if b"%PDF-" not in data[:1024]:
        return Verification("no_pdf")
    try:
        with within(LIMIT):
            return _looked_at(data, trust, now)
    except PastLimit:
        return Verification("past_limit")
    return Verification("broken")


def _looked_at(data: bytes, trust: Sequence[Any], now: datetime.datetime) -> Verification:
    from gazette.signing.object_reader import Reader

    reader = _tried(lambda: Reader(io.BytesIO(data)))
    if reader is None:
        return Verification("broken")
    if _tried(lambda: reader.encrypted):
        return Verification("encrypted")
    root = _tried(lambda: reader.root)
    if root is None:
        return Verification("broken")
    # Signatures first: the library compares revisions, and stumbles over what it has given away before.
    signatures = _tried(
        lambda: tuple(_signature(each, data, trust, now) for each in reader.embedded_regular_signatures)
    )
    claims = _tried(lambda: _claims(root)) or ()
    return Verification(
        signatures=signatures,
        carried=_tried(lambda: carried(root, any(claim.startswith("PDF/A-3") for claim in claims))),
        claims=claims,
    )


def _tried(read: Callable[[], T]) -> T | None:
    """Call `read`, and return None where it fails: the library reads what anybody sends, and may raise anything."""
    try:
        return read()
    except Exception:
        return None


# ── signatures ───────────────────────────────────────────────────────────────


def _signature(found: Any, data: bytes, trust: Sequence[Any], now: datetime.datetime) -> Signature:
    """Verify one signature. Nothing is fetched, so nobody asks whether a certificate was revoked. A certificate is
    checked at the stated time of signing, so that an old edition verifies after it has expired."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    at = _aware(found.self_reported_timestamp)
    context = ValidationContext(trust_roots=list(trust), allow_fetching=False, moment=at or now)
    status = validate_pdf_signature(found, context, key_usage_settings=KeyUsageConstraints(), skip_diff=True)
    end = _end_of_signed(data, [int(number) for number in found.byte_range], found.pkcs7_content)
    return Signature(
        certificate=Certificate.of(found.signer_cert),
        at=at,
        intact=bool(status.intact and status.valid and end is not None),
        added=len(data) - (end or 0),
        kept_up=bool(_tried(lambda: _is_upkeep(found))),
        trusted=bool(status.trusted) if trust else None,
        to_come=at is not None and at > now + CLOCKS_DIFFER,
        weak=(*_weak(found),),
    )


def _weak(found: Any) -> Iterator[str]:
    """Yield the digests and keys of a signature that can be forged."""
    algorithm = found.signer_info["signature_algorithm"]
    digests = [found.md_algorithm, found.signer_info["digest_algorithm"]["algorithm"].native]
    with contextlib.suppress(ValueError):  # one that leaves the digest to the one above
        digests.append(algorithm.hash_algo)
    for name in dict.fromkeys(digests):
        if not DIGESTS.fullmatch(name):
            yield clip({"md5": "MD5", "sha1": "SHA-1"}.get(name, name))
    if key := weak_key(found.signer_cert):
        yield key


def _is_upkeep(found: Any) -> bool:
    """Return whether what follows a signature only keeps it verifiable (timestamps, certificates)."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    result = found.evaluate_modifications(DEFAULT_DIFF_POLICY)
    return isinstance(result, DiffResult) and result.modification_level == ModificationLevel.LTA_UPDATES


def _end_of_signed(data: bytes, covered: list[int], contents: bytes) -> int | None:
    """Return the offset at which the signed part ends: all bytes from the first one, except the string of the signature
    itself. None where the signature leaves out anything else (ISO 32000-2, 12.8.1): so another document can be put
    under it."""
    if len(covered) != 4:
        return None
    start, first, second, rest = covered
    if start != 0 or not 0 < first < second or rest <= 0 or second + rest > len(data):
        return None
    gap = data[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">" or not re.fullmatch(rb"[0-9A-Fa-f]+", gap[1:-1]):
        return None
    return second + rest if bytes.fromhex(gap[1:-1].decode()) == contents else None


def _aware(moment: datetime.datetime | None) -> datetime.datetime | None:
    """Return a time with a zone: UTC where it has none (ISO 32000-1, 7.9.4 leaves that open)."""
    return moment.replace(tzinfo=datetime.UTC) if moment and moment.tzinfo is None else moment


# ── claims ───────────────────────────────────────────────────────────────────


def _claims(root: Any) -> tuple[str, ...]:
    """Return the standards that the metadata of a document claim."""
    text = root["/Metadata"].data

    def said(name: str) -> str:
        found = re.search(rb"%b\s*(?:=\s*[\"']|>)\s*(\w{1,2})" % name.encode(), text)
        return found[1].decode("ascii", "replace") if found else ""

    archive, accessible = said("pdfaid:part"), said("pdfuaid:part")
    claims = [f"PDF/A-{archive}{said('pdfaid:conformance').lower()}"] if archive else []
    return (*claims, *([f"PDF/UA-{accessible}"] if accessible else []))
