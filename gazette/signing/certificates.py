"""Reads certificates: who holds one, from when till when it is valid, and whether it may sign a document."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, NamedTuple

from gazette.messages.problems import clip

SIGNING = {"digital_signature", "non_repudiation"}
"""The key usages for signing: a certificate that names usages must name one of them (RFC 5280, 4.2.1.3)."""

MACHINES = {"server_auth", "time_stamping", "ocsp_signing"}
"""The purposes of machines: a certificate that has no other purpose signs no documents (RFC 5280, 4.2.1.12)."""

BITS = 2048
"""A shorter RSA key proves nothing any more (GM/T 0054 and NIST SP 800-131A ask for as much)."""

SHORTEST = {"rsa": ("RSA", BITS), "rsassa_pss": ("RSA", BITS), "dsa": ("DSA", BITS), "ec": ("EC", 224)}
"""The kinds of keys of any length, with the bits below which they prove nothing (NIST SP 800-131A)."""

CURVES = ("secp256r1", "secp384r1", "secp521r1")


class Certificate(NamedTuple):
    """The holder (name and organisation, empty where the certificate says none), the issuer, the first and the last
    moment of validity, and whether it may sign documents."""

    holder: str
    organisation: str
    issuer: str
    begin: datetime.datetime
    end: datetime.datetime
    signs: bool

    @classmethod
    def of(cls, found: Any) -> Certificate:
        """Read an `asn1crypto` certificate."""
        subject, issuer = found.subject.native, found.issuer.native
        organisation = _part(subject, "organization_name")
        holder = _part(subject, "common_name") or organisation or clip(found.subject.human_friendly)
        above = ", ".join(filter(None, (_part(issuer, "common_name"), _part(issuer, "organization_name"))))
        return cls(
            holder,
            organisation if organisation != holder else "",
            above or clip(found.issuer.human_friendly),
            found.not_valid_before,
            found.not_valid_after,
            _signs(found),
        )

    def holds(self, moment: datetime.datetime) -> bool:
        """Return whether the certificate is valid at a moment."""
        return self.begin <= moment <= self.end


def strong(found: Any) -> bool:
    """Return whether readers of PDF accept the kind and the length of the key of an `asn1crypto` certificate."""
    key = found.public_key
    if key.algorithm == "rsa":
        return bool(key.bit_size >= BITS)
    return key.algorithm == "ec" and key.curve[1] in CURVES


def weak_key(found: Any) -> str:
    """Return the kind and the bits of a key (of an `asn1crypto` certificate) that others can compute; nothing for one
    that is long enough."""
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    kind, shortest = SHORTEST.get(found.public_key.algorithm, ("", 0))
    bits: int = getattr(load_der_public_key(found.public_key.dump()), "key_size", shortest)
    return f"{kind} {bits}" if bits < shortest else ""


def read(path: Path) -> list[Any]:
    """Read the certificates of a PEM or DER file. Raises ValueError where there are none, OSError."""
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        found = list(load_certs_from_pemder_data(path.read_bytes()))
        for each in found:
            Certificate.of(each)
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(str(path)) from error
    if not found:
        raise ValueError(str(path))
    return found


def _signs(found: Any) -> bool:
    uses, purposes = found.key_usage_value, found.extended_key_usage_value
    if uses is not None and not SIGNING & set(uses.native):
        return False
    return purposes is None or not set(purposes.native) <= MACHINES


def _part(name: Any, key: str) -> str:
    """Return a part of a name, which may have it several times."""
    value = name.get(key) or ""
    return clip(", ".join(map(str, value)) if isinstance(value, list) else str(value))
