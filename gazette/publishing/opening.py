"""Opens the destination that publish.yaml describes. Libraries for remote destinations are imported only if one is
opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gazette.model.records.destinations import (
    Destination,
    FolderDestination,
    PackageDestination,
    RsyncDestination,
    S3Destination,
    ServerDestination,
    SftpDestination,
)
from gazette.publishing.destination import Publisher
from gazette.publishing.in_place import InPlace
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.places.package import Note, Package
from gazette.publishing.places.plain import PlainFolder
from gazette.publishing.places.ssh import open_server
from gazette.publishing.places.ssh_login import missing_files
from gazette.publishing.refused import Refused
from gazette.publishing.release_folders import ReleaseFolders


def open_destination(destination: Destination, beside: Path, address: str, note: Note, makes: bool = True) -> Publisher:
    """Open a destination for publishing. Folders are relative to `beside`, where publish.yaml lies.

    `address` is that of the site; `note` explains a package to its reader. A missing folder of the destination is made,
    unless `makes` is False, because it is only to be looked at. Raises Refused, OSError.
    """
    match destination:
        case FolderDestination(links=True):
            return ReleaseFolders(LocalFolder(beside / destination.path, makes))
        case FolderDestination():
            return InPlace(PlainFolder(beside / destination.path, makes))
        case PackageDestination():
            return Package(beside / destination.path, address, note, makes)
        case S3Destination():
            return _bucket(destination)
        case RsyncDestination() | SftpDestination():
            return open_server(destination, makes)
        case _:
            raise AssertionError(destination)


def missing_here(destination: Destination) -> Iterator[Refused]:
    """Yield a Refused for each file of this machine that publish.yaml names for the connection and that does not
    exist."""
    if isinstance(destination, ServerDestination):
        yield from missing_files(destination)


def _bucket(destination: S3Destination) -> InPlace:
    try:
        import botocore  # noqa: F401 - whether it is there
    except ImportError:
        raise Refused("publish_kind_missing", found=destination.kind) from None
    from gazette.publishing.places.s3 import S3Store
    from gazette.publishing.places.s3_client import AT_ONCE, Client

    return InPlace(S3Store(Client(destination), destination.prefix), AT_ONCE)
