"""What a PDF proves: that it is as it was signed, by whom; beside it, what it carries and what it claims.

Whoever asks has got the file from anybody: each part is looked at by itself, within limits, and what cannot be read is
a finding like others.
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
"""A file of more bytes is not looked at: it has to be held in memory."""

LIMIT = Limit(60, 1_500_000_000)

CLOCKS_DIFFER = datetime.timedelta(minutes=5)
"""So far apart may two clocks be: a signature that says to be made later than that from now says what cannot be."""

DIGESTS = re.compile(r"sha(224|256|384|512|512_224|512_256|3_\d+)|shake(128|256)|sm3")
"""The digests that nobody can make two documents for; of MD5 and SHA-1 that was shown (NIST SP 800-131A)."""

T = TypeVar("T")


class Signature(NamedTuple):
    """A signature. `intact`: what it covers is as it was signed. `added`: so many bytes follow what it covers, and
    `kept_up` says that they only keep it verifiable. `trusted` is None where nobody said whom to trust. `at` is when
    the signer says to have signed, `to_come` whether that is still to come. `weak` names the digests and keys that it
    rests on and that can be forged."""

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
    """What was found in a file. `trouble` is the code of why it could not be read at all (with a system's `reason`);
    `signatures` and `carried` are None where they are broken."""

    trouble: str = ""
    reason: str = ""
    signatures: tuple[Signature, ...] | None = ()
    carried: tuple[EmbeddedFile, ...] | None = ()
    claims: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether it is signed, every signature holds and the last leaves nothing out."""
        return bool(self.signatures) and all(each.holds for each in self.signatures or ())

    @property
    def data_whole(self) -> bool:
        return self.carried is not None and not any(file.wrong for file in self.carried)

    @property
    def vouched(self) -> bool:
        """Whether those that the reader trusts stand behind every name."""
        return all(each.trusted for each in self.signatures or ())

    @property
    def good(self) -> bool:
        return not self.trouble and self.proven and self.data_whole


def verify(path: Path, trust: Sequence[Any], now: datetime.datetime) -> Verification:
    """What a file proves, with the certificates (`asn1crypto`) that the reader trusts. `now` is the time of the
    reader's clock; it stands in for a signing time that is not given."""
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
    """What is read; None where that fails. The library reads what anybody sends, and raises anything."""
    try:
        return read()
    except Exception:
        return None


# ── signatures ───────────────────────────────────────────────────────────────


def _signature(found: Any, data: bytes, trust: Sequence[Any], now: datetime.datetime) -> Signature:
    """Nothing is fetched: whether a certificate was revoked is not asked. A certificate is looked at as of the time
    that the signer says, so that an old edition can be verified when it has expired."""
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
    """What a signature rests on and can be forged: a digest, or a key."""
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
    """Whether what follows a signature only keeps it verifiable (timestamps, certificates)."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    result = found.evaluate_modifications(DEFAULT_DIFF_POLICY)
    return isinstance(result, DiffResult) and result.modification_level == ModificationLevel.LTA_UPDATES


def _end_of_signed(data: bytes, covered: list[int], contents: bytes) -> int | None:
    """Where the signed part of a file ends: all from its first byte but the signature's own string. None where the
    signature leaves out anything else (ISO 32000-2, 12.8.1), which is how its cover is taken for another document."""
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
    """A time without a zone is taken for UTC (ISO 32000-1, 7.9.4 leaves it open)."""
    return moment.replace(tzinfo=datetime.UTC) if moment and moment.tzinfo is None else moment


# ── claims ───────────────────────────────────────────────────────────────────


def _claims(root: Any) -> tuple[str, ...]:
    """The standards that a document's metadata say it keeps to."""
    text = root["/Metadata"].data

    def said(name: str) -> str:
        found = re.search(rb"%b\s*(?:=\s*[\"']|>)\s*(\w{1,2})" % name.encode(), text)
        return found[1].decode("ascii", "replace") if found else ""

    archive, accessible = said("pdfaid:part"), said("pdfuaid:part")
    claims = [f"PDF/A-{archive}{said('pdfaid:conformance').lower()}"] if archive else []
    return (*claims, *([f"PDF/UA-{accessible}"] if accessible else []))
