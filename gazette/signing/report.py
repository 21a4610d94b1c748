"""Writes the result of verifying for readers who have never heard of a certificate."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from gazette.files.checksums import NAME, Compared
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import LONGEST, clip
from gazette.signing.embedded import EmbeddedFile
from gazette.signing.sign import SigningReport
from gazette.signing.verify import Signature, Verification

MOST = 20
"""The greatest number of names that are listed; the rest is counted."""


class VerificationReport:
    """The lines of a report in one language. `now` is the time of the report."""

    def __init__(self, language: str, now: datetime.datetime) -> None:
        self.language, self.now = language, now

    def of_file(self, shown: str, found: Verification) -> Iterator[str]:
        """Add the name of a file with the verdict, then each finding."""
        if found.trouble:
            reason = catalogue(self.language).reason(found.reason)
            yield f"{shown}{self._colon()}{self._say(found.trouble, reason=reason)}"
            return
        good = "good" if found.vouched else "good_unknown"
        verdict = good if found.good else "unsigned" if found.signatures == () else "bad"
        yield f"{shown}{self._colon()}{self._say(verdict)}"
        for line in self._details(found):
            yield "  " + line

    def of_list(self, shown: str, compared: Compared) -> Iterator[str]:
        """Add what the list of checksums of a folder says."""
        yield self._say("sums", path=shown, count=compared.right)
        for code, names in (("missing", compared.missing), ("differs", compared.changed), ("extra", compared.extra)):
            if names:
                yield "  " + self._say(code, names=_names(names))
        if compared.unread:
            yield "  " + self._say("unread", count=compared.unread)
        yield "  " + self._say("sums_note")

    def of_all(self, findings: Sequence[Verification], lists: Sequence[Compared]) -> Iterator[str]:
        """Add the closing lines."""
        good, total = sum(found.good for found in findings), len(findings)
        if findings:
            intact = "all_good" if all(found.vouched for found in findings) else "all_unknown"
            yield self._say(intact if good == total else "not_all", total=total, good=good, bad=total - good)
        if not all(compared.agrees for compared in lists):
            yield self._say("list_wrong")

    def _details(self, found: Verification) -> Iterator[str]:
        if found.signatures is None:
            yield self._say("signature_broken")
        for signature in found.signatures or ():
            yield from self._signature(signature)
        if found.signatures:
            yield self._say("revocation")
        yield from self._data(found.carried)
        claims = self._say("and").join(found.claims)
        yield self._say("claims", claims=claims) if claims else self._say("no_claims")

    def _signature(self, signature: Signature) -> Iterator[str]:
        yield self._say("intact" if signature.intact else "changed")
        if signature.intact:
            cover = "whole" if not signature.added else "kept_up" if signature.kept_up else "added"
            yield self._say(cover, added=f"{signature.added:,}")
        whose = signature.certificate
        organisation = self._say("organisation").format(whose.organisation) if whose.organisation else ""
        yield self._say("signer", holder=whose.holder, organisation=organisation)
        yield self._say("issuer", issuer=whose.issuer, begin=f"{whose.begin:%Y-%m-%d}", end=f"{whose.end:%Y-%m-%d}")
        yield self._say("at", at=moment(signature.at)) if signature.at else self._say("no_time")
        if signature.to_come:
            yield self._say("to_come", now=moment(self.now))
        if not signature.in_time:
            yield self._say("out_of_time")
        elif not whose.holds(self.now):
            yield self._say("expired")
        if not whose.signs:
            yield self._say("no_use")
        if signature.weak:  # whoever is named above: it may as well be somebody else
            yield self._say("weak", what=self._say("and").join(signature.weak))
        else:
            yield self._say({True: "trusted", False: "untrusted", None: "unknown"}[signature.trusted])

    def _data(self, files: Sequence[EmbeddedFile] | None) -> Iterator[str]:
        if files is None:
            yield self._say("data_broken")
        elif not files:
            yield self._say("no_data")
        else:
            yield self._say("data", count=len(files))
            for file in files:
                yield self._say("file", name=file.name, facts=self._between(self._facts(file)))

    def _facts(self, file: EmbeddedFile) -> Iterator[str]:
        if "unreadable" not in file.wrong:
            yield self._say("bytes").format(file.size)
            if "checksum" not in file.wrong:
                yield self._say("checksum_right" if file.recorded else "checksum_none")
        if file.rows is not None:
            yield self._say("rows_read").format(file.rows)
        for code in file.wrong:
            yield self._say(code)

    def _between(self, parts: Iterable[str]) -> str:
        return self._say("between").join(parts)

    def _colon(self) -> str:
        return self._say("colon")

    def _say(self, code: str, **values: object) -> str:
        return _sentence(code, self.language, **values)


def of_signing(
    report: SigningReport, place: str, at: datetime.datetime, seconds: float, language: str
) -> Iterator[str]:
    """Yield the lines about a run of `sign`, which wrote into the folder `place`."""
    yield _sentence(
        "signed",
        language,
        place=clip(place, LONGEST),
        holder=report.holder,
        count=len(report.signed),
        sums=NAME,
        at=moment(at),
        seconds=f"{seconds:.2f}",
    )
    if report.removed:
        yield _sentence("signed_removed", language, names=_names(report.removed))
    if report.left:
        yield _sentence("signed_left", language, count=len(report.left), names=_names(report.left))


def prompt(key: str, language: str) -> str:
    """Return the prompt for a passphrase."""
    return _sentence("prompt", language, key=clip(key))


def _sentence(code: str, language: str, **values: object) -> str:
    words = catalogue(language).signing[code]
    return words.format(**values) if values else words


def _names(names: Sequence[str]) -> str:
    """Return file names on one line: they may come from anybody."""
    more = f", … ({len(names)})" if len(names) > MOST else ""
    return ", ".join(clip(name) for name in names[:MOST]) + more


def moment(at: datetime.datetime) -> str:
    """Return a time with its zone, to the minute."""
    return at.isoformat(" ", "minutes")
