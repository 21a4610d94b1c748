"""Normalizes the base address of a site, and rejects what cannot be one.

Only the standard library is imported, and only when needed: the command line checks its options with this module.
"""

from __future__ import annotations

import re
import unicodedata

from gazette.lazy_re import pattern
from gazette.model.forms.addresses import fault_of_base
from gazette.model.forms.fields import invalid

LIMIT = 1_500
"""The length of the longest base address, in characters. Search engines accept addresses of up to 2,047 (sitemaps.org),
and the path of a page is added."""


_DOT = pattern("[\u3002\uff0e\uff61]")
"""What Chinese input methods type for the dots of a host name; IDNA reads them as dots (RFC 3490, 3.1)."""


def base_address(text: str) -> str:
    """Return the normalized base address, as RFC 3986 and sitemaps.org ask: scheme and host in lower case, a host of
    other letters as IDNA (`xn--…`), no default port, the path percent-encoded, without empty and dot segments and with
    a slash at its end. Raises InvalidValue."""
    scheme, _, rest = text.strip().partition("://")
    authority, slash, path = rest.partition("/")
    scheme, authority = scheme.lower(), _DOT.sub(".", authority)
    if code := fault_of_base(f"{scheme}://{authority}{slash}{path}"):
        raise invalid("base_url_form" if code == "url_form" else code)
    match = re.fullmatch(r"(\[[^\[\]]+\]|[^:\[\]]+)(?::([0-9]{0,5}))?", authority)
    if match is None:
        raise invalid("base_url_form")
    address = f"{scheme}://{_host(match[1])}{_port(match[2] or '', scheme)}{_path(path)}"
    if len(address) > LIMIT:
        raise invalid("base_url_form")
    return address


def readable(address: str) -> str:
    """Return the address as people read it, with the letters that `base_address` encoded. Browsers accept both."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    labels = (_decoded(label) if label.startswith("xn--") else label for label in host.split("."))
    return f"{scheme}://{'.'.join(labels)}{slash}{_FOREIGN.sub(_letters, path)}"


def _host(text: str) -> str:
    """Return a normalized host: a name, or an IP address. Raises InvalidValue."""
    if text.startswith("["):
        return f"[{_number(text[1:-1], 6)}]"
    try:
        # The standard library has IDNA 2003; for Chinese names it gives the same result as IDNA 2008.
        name = unicodedata.normalize("NFC", text).lower().encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        raise invalid("base_url_form") from None
    labels = name.split(".")
    if len(name) > 253 or not all(re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels):
        raise invalid("base_url_form")
    return _number(name, 4) if labels[-1].isdigit() else name


def _number(text: str, version: int) -> str:
    """Return a normalized IP address of version 4 or 6. Raises InvalidValue."""
    from ipaddress import IPv4Address, IPv6Address

    try:
        return str(IPv6Address(text) if version == 6 else IPv4Address(text))
    except ValueError:
        raise invalid("base_url_form") from None


def _port(text: str, scheme: str) -> str:
    """Return a port with its colon; "" for the default port of the scheme."""
    return "" if not text or int(text) == {"http": 80, "https": 443}[scheme] else f":{int(text)}"


def _path(text: str) -> str:
    """Return a normalized path. Raises InvalidValue."""
    from urllib.parse import quote, unquote_to_bytes

    if re.search("%(?![0-9A-Fa-f]{2})", text):
        raise invalid("base_url_form")
    steps: list[str] = []
    for step in unicodedata.normalize("NFC", text).split("/"):
        # Encoded and unencoded characters give the same result; of the reserved ones only "/" must stay encoded.
        parts = (quote(unquote_to_bytes(part), safe="!$&()*+,;=:@") for part in re.split("(?i:%2F)", step))
        encoded = "%2F".join(parts)
        if encoded == "..":
            steps[-1:] = []
        elif encoded not in ("", "."):
            steps.append(encoded)
    return "".join(f"/{step}" for step in steps) + "/"


_FOREIGN = re.compile(r"(?:%[89A-F][0-9A-F])+")


def _letters(match: re.Match[str]) -> str:
    """Return the letters of a percent-encoded match, or the match if they cannot be printed."""
    from urllib.parse import unquote

    try:
        words = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return words if words.isprintable() and not re.search(r"\s", words) else match[0]


def _decoded(label: str) -> str:
    """Return a label of a host name with its letters, or unchanged if it is not IDNA."""
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        return label
