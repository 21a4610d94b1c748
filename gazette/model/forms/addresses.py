"""Checks whether a web address can be used as a public link or as a site's own address.

Imports only the standard library: the command line checks its options with it.
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
"""A last label that is a number makes the host an IPv4 address for browsers (WHATWG URL 3.5), in any notation."""

_HOSTS = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Last labels of names inside one network (RFC 6762, RFC 8375, ICANN's collisions); so are names of one label."""


def fault(address: str) -> str:
    """The message code of what is wrong with a public link: its form, port, credentials, a path through `..` or an
    internal host. "" if it can be used."""
    return fault_of_site(address) or ("url_inside" if _is_internal(_host(address)) else "")


def fault_of_site(address: str) -> str:
    """Like `fault`, for an address that is not public: an internal host is allowed."""
    if not address.isprintable() or not _SHAPE.fullmatch(address):
        return "url_form"
    try:
        authority, path = _parts(address)
    except ValueError:
        return "url_form"
    if "@" in authority:
        return "url_secret"
    port = _PORT.search(authority)
    if port and not 0 < int(port[1]) <= 65_535:
        return "url_port"
    if not _is_host(_host(address)):
        return "url_form"
    return "url_dots" if _DOTS.search(path) else ""


def fault_of_base(address: str) -> str:
    """Like `fault_of_site`, for the base address of a site, which has no query or fragment."""
    return "base_url_form" if "?" in address or "#" in address else fault_of_site(address)


def _parts(address: str) -> tuple[str, str]:
    """Host with port, and path. Raises ValueError."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return parts.netloc, parts.path


def _host(address: str) -> str:
    """The host as written, in lower case and without port; an IPv6 address keeps its brackets."""
    return _PORT.sub("", _parts(address)[0]).lower()


def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    if host.startswith("[") or _NUMBER.fullmatch(labels[-1]):
        return _ip(host) is not None
    return len(host) <= 253 and all(map(_LABEL.fullmatch, labels))


def _ip(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that `host` is; None if it is a name or not a valid address."""
    from ipaddress import IPv6Address, ip_address

    try:
        ip = IPv6Address(host[1:-1]) if host.startswith("[") else ip_address(host)
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip


def _is_internal(host: str) -> bool:
    address = _ip(host)
    if address is not None:
        return not address.is_global
    labels = host.removesuffix(".").split(".")
    return len(labels) == 1 or labels[-1] in _HOSTS
