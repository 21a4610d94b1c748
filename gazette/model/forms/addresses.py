"""The question whether an address of the web can be used: as a link that the public follows, or as a site's own.

Only the standard library is imported, as in `options`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.lazy_re import pattern

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

_SHAPE = pattern(r"https?://[^\s<>\"'`{}|\\^]+")
_PORT = pattern(r":([0-9]{1,9})\Z")
_DOTS = pattern(r"(?i)/(?:\.|%2e){1,2}(?:/|\Z)")
_LABEL = pattern(r"(?!-)[\w-]{1,63}(?<!-)")
_NUMBER = pattern(r"[0-9]+|0[xX][0-9a-fA-F]*")
"""A last label that is a number makes the host an IPv4 address to a browser (WHATWG URL 3.5), in whichever form."""

_HOSTS = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Names that end so, and names of a single part, are those of one network (RFC 6762, RFC 8375, ICANN's collisions)."""


def fault(address: str) -> str:
    """The code of what is wrong with a link that the public is to follow: its form, its port, a name or password in it,
    a path through `..`, a host of an internal network. Nothing where it can be used."""
    return fault_of_site(address) or ("url_inside" if _is_internal(_host(address)) else "")


def fault_of_site(address: str) -> str:
    """The same of an address that is not for everybody: it may be one of an internal network."""
    if not address.isprintable() or not _SHAPE.fullmatch(address):
        return "url_form"
    try:
        place, path = _parts(address)
    except ValueError:
        return "url_form"
    if "@" in place:
        return "url_secret"
    port = _PORT.search(place)
    if port and not 0 < int(port[1]) <= 65_535:
        return "url_port"
    if not _is_host(_host(address)):
        return "url_form"
    return "url_dots" if _DOTS.search(path) else ""


def fault_of_base(address: str) -> str:
    """The same of the address that a site's pages are named behind."""
    return "base_url_form" if "?" in address or "#" in address else fault_of_site(address)


def _parts(address: str) -> tuple[str, str]:
    """Host with port, and path. Raises ValueError."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return parts.netloc, parts.path


def _host(address: str) -> str:
    """The host as it is written, in lower case and without its port; of an IPv6 address also the brackets."""
    return _PORT.sub("", _parts(address)[0]).lower()


def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    if host.startswith("[") or _NUMBER.fullmatch(labels[-1]):
        return _ip(host) is not None
    return len(host) <= 253 and all(map(_LABEL.fullmatch, labels))


def _ip(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is; None where it is a name, or a number that no address has."""
    from ipaddress import IPv6Address, ip_address

    try:
        found = IPv6Address(host[1:-1]) if host.startswith("[") else ip_address(host)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _is_internal(host: str) -> bool:
    address = _ip(host)
    if address is not None:
        return not address.is_global
    labels = host.removesuffix(".").split(".")
    return len(labels) == 1 or labels[-1] in _HOSTS
