"""The records of publish.yaml: where a site is published, and how one gets there. No secret stands in them."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.fields import FILLED, IfFilled, ListRule
from gazette.model.forms.numbers import whole
from gazette.model.forms.record import Record
from gazette.model.forms.values import URL_LIMIT, Line, YesOrNo, matching

Compression = Literal["gzip", "brotli"]

Keep = Annotated[int, whole(1, 999), FILLED]
"""How many releases are kept, the one that is public among them."""

Address = Annotated[str, matching(r"https?://[^\s<>\"'?#]+", "url_form", URL_LIMIT)]
"""An address that the publisher's machine reaches, if nobody else does."""

Host = Annotated[str, matching(r"[\w:][\w.:-]*", "host_form")]
"""The name or the IP address of a server, or what ~/.ssh/config calls it. It is no option of a program."""

User = Annotated[str, matching(r"\w[\w.@+-]*", "user_form")]
"""The name of an account on a server."""

Compressions = Annotated[tuple[Compression, ...], ListRule(most=2, words=True), FILLED]
"""In which forms text files are put beside themselves for a web server to send."""


class Destination(Record, frozen=True, kw_only=True):
    """Where a site is published. `base_url` is where it can be read afterwards; without it, the address in the settings
    of the site, if any."""

    keep: Keep = 5
    base_url: IfFilled[Address] = None
    compressed: Compressions = ()

    @property
    def has_releases(self) -> bool:
        """Whether releases lie side by side there, for a web server to serve one of them."""
        return False


class FolderDestination(Destination, frozen=True, kw_only=True):
    """A folder of this machine, or a share that it has mounted; `path` is seen from the folder of publish.yaml. With
    `links: no` the share takes no symbolic links, and the files lie in the folder itself."""

    kind: Literal["folder"]
    path: Line
    links: Annotated[YesOrNo, FILLED] = True

    @property
    def has_releases(self) -> bool:
        return self.links


class ServerDestination(Destination, frozen=True, kw_only=True):
    """A server that is reached by SSH. `key` and `known_hosts` are files of the person who publishes, seen from the
    home folder; without `key` the keys of the agent are offered."""

    host: Host
    path: Line
    user: IfFilled[User] = None
    port: Annotated[int, whole(1, 65535), FILLED] = 22
    key: IfFilled[Line] = None
    known_hosts: IfFilled[Line] = None

    @property
    def has_releases(self) -> bool:
        return True


class RsyncDestination(ServerDestination, frozen=True, kw_only=True):
    """A server with rsync and a shell."""

    kind: Literal["rsync"]


class SftpDestination(ServerDestination, frozen=True, kw_only=True):
    """A server that takes files by SFTP, with a shell or without. With `links: no` it takes no links, or the web server
    serves this very folder; the files then lie in the folder itself."""

    kind: Literal["sftp"]
    links: Annotated[YesOrNo, FILLED] = True

    @property
    def has_releases(self) -> bool:
        return self.links


class S3Destination(Destination, frozen=True, kw_only=True):
    """A bucket of a store that speaks S3. The credentials come from the environment (AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY)."""

    kind: Literal["s3"]
    bucket: Line
    endpoint: IfFilled[Address] = None
    region: IfFilled[Line] = None
    prefix: IfFilled[Line] = None


class PackageDestination(Destination, frozen=True, kw_only=True):
    """A folder for archives that somebody uploads by hand, seen from the folder of publish.yaml."""

    kind: Literal["package"]
    path: Line


DESTINATIONS: dict[str, type[Destination]] = {
    "folder": FolderDestination,
    "rsync": RsyncDestination,
    "sftp": SftpDestination,
    "s3": S3Destination,
    "package": PackageDestination,
}
"""The kinds of destinations, by the word that publish.yaml has for them."""
