"""Opens the office's key, a PKCS#12 file, and checks that its certificate may sign at a given time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gazette.messages.problems import FileProblems, Problem, reason_of
from gazette.signing.certificates import Certificate, strong


def open_key(path: Path, shown: str, passphrases: Iterable[bytes], at: datetime.datetime) -> Any:
    """Return key and certificate as a signer of pyHanko, with the issuers' certificates in the file.

    `shown` is the path as an editor types it. Raises FileProblems with everything that keeps the key from signing at
    `at`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _wrong(shown, "key_missing") from None
    except OSError as error:
        raise _wrong(shown, "system", reason=reason_of(error)) from None
    if not _is_pkcs12(data):
        raise _wrong(shown, "key_form")
    signer = _opened(data, shown, passphrases)
    if problems := list(_objections(signer.signing_cert, shown, at)):
        raise FileProblems(problems)
    return signer


def _is_pkcs12(data: bytes) -> bool:
    """Return whether the bytes have the outer form of a PKCS#12 file, which no passphrase encrypts (RFC 7292, 4)."""
    from asn1crypto.pkcs12 import Pfx

    try:
        pfx = Pfx.load(data, strict=True)
        return bool(
            pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native in ("data", "signed_data")
        )
    except (ValueError, TypeError, KeyError):
        return False


def _opened(data: bytes, shown: str, passphrases: Iterable[bytes]) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    tried = b""
    for tried in passphrases:
        try:
            key, certificate, _ = pkcs12.load_key_and_certificates(data, tried)
        except UnsupportedAlgorithm:
            raise _wrong(shown, "key_kind") from None
        except ValueError:
            continue
        if key is None or certificate is None:
            raise _wrong(shown, "key_empty")
        return SimpleSigner.load_pkcs12_data(data, (), tried)
    raise _wrong(shown, "key_passphrase" if tried else "key_no_passphrase")


def _objections(found: Any, shown: str, at: datetime.datetime) -> Iterable[Problem]:
    said = Certificate.of(found)
    span = {"begin": f"{said.begin:%Y-%m-%d}", "end": f"{said.end:%Y-%m-%d}", "holder": said.holder}
    if at > said.end:
        yield Problem.at(shown, 0, 0, "key_expired", at=f"{at:%Y-%m-%d}", **span)
    if at < said.begin:
        yield Problem.at(shown, 0, 0, "key_early", at=f"{at:%Y-%m-%d}", **span)
    if not said.signs:
        yield Problem.at(shown, 0, 0, "key_use", holder=said.holder)
    if not strong(found):
        yield Problem.at(shown, 0, 0, "key_kind")


def _wrong(shown: str, code: str, /, **values: object) -> FileProblems:
    return FileProblems([Problem.at(shown, 0, 0, code, **values)])
