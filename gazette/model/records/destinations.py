"""Defines the records of publish.yaml: where a site is published, and how to reach it. They hold no secrets."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.fields import FILLED, IfFilled, ListRule
from gazette.model.forms.numbers import whole
from gazette.model.forms.record import Record
from gazette.model.forms.values import URL_LIMIT, Line, YesOrNo, matching

Compression = Literal["gzip", "brotli"]

Keep = Annotated[int, whole(1, 999), FILLED]
"""The number of releases kept, including the public one."""

Address = Annotated[str, matching(r"https?://[^\s<>\"'?#]+", "url_form", URL_LIMIT)]
"""An address that the publisher's machine can reach; it need not be public."""

Host = Annotated[str, matching(r"[\w:][\w.:-]*", "host_form")]
"""A server's name or IP address, or its alias in ~/.ssh/config. It may not look like a program's option."""

User = Annotated[str, matching(r"\w[\w.@+-]*", "user_form")]
"""The name of an account on a server."""

Compressions = Annotated[tuple[Compression, ...], ListRule(most=2, words=True), FILLED]
"""The formats in which compressed copies of text files are stored for a web server to send."""


class Destination(Record, frozen=True, kw_only=True):
    """A place where a site is published. `base_url` is its public address; without it, the address in the site's
    settings is used, if any."""

    keep: Keep = 5
    base_url: IfFilled[Address] = None
    compressed: Compressions = ()

    @property
    def has_releases(self) -> bool:
        """True if releases lie side by side there, and a web server serves one of them."""
        return False


class FolderDestination(Destination, frozen=True, kw_only=True):
    """A folder of this machine or a mounted share. `path` is relative to the folder of publish.yaml. With `links: no`,
    for shares without symbolic links, the files lie in the folder itself."""

    kind: Literal["folder"]
    path: Line
    links: Annotated[YesOrNo, FILLED] = True

    @property
    def has_releases(self) -> bool:
        """True if the folder can hold the links that lead to a release."""
        return self.links


class ServerDestination(Destination, frozen=True, kw_only=True):
    """A server reached by SSH. `key` and `known_hosts` are files of the person who publishes, relative to the home
    folder; without `key`, the agent's keys are offered."""

    host: Host
    path: Line
    user: IfFilled[User] = None
    port: Annotated[int, whole(1, 65535), FILLED] = 22
    key: IfFilled[Line] = None
    known_hosts: IfFilled[Line] = None

    @property
    def has_releases(self) -> bool:
        """True: a server with a shell can always hold links."""
        return True


class RsyncDestination(ServerDestination, frozen=True, kw_only=True):
    """A server with rsync and a shell."""

    kind: Literal["rsync"]


class SftpDestination(ServerDestination, frozen=True, kw_only=True):
    """A server that takes files by SFTP, with or without a shell. With `links: no`, the files lie in the folder itself:
    for servers without links, or whose web server serves this very folder."""

    kind: Literal["sftp"]
    links: Annotated[YesOrNo, FILLED] = True

    @property
    def has_releases(self) -> bool:
        """True if the server can hold the links that lead to a release."""
        return self.links


class S3Destination(Destination, frozen=True, kw_only=True):
    """A bucket of an S3-compatible store. The credentials come from the environment (AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY)."""

    kind: Literal["s3"]
    bucket: Line
    endpoint: IfFilled[Address] = None
    region: IfFilled[Line] = None
    prefix: IfFilled[Line] = None


class PackageDestination(Destination, frozen=True, kw_only=True):
    """A folder for archives that someone uploads by hand, relative to the folder of publish.yaml."""

    kind: Literal["package"]
    path: Line


DESTINATIONS: dict[str, type[Destination]] = {
    "folder": FolderDestination,
    "rsync": RsyncDestination,
    "sftp": SftpDestination,
    "s3": S3Destination,
    "package": PackageDestination,
}
"""`{kind: record}` of the destinations, by their names in publish.yaml."""
