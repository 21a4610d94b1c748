"""The destination that publish.yaml describes, open: which kind is reached in which way. Libraries for the ways to
other machines are imported when one of them is taken."""

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
    """A destination, to be published to. Its folders are seen from the folder `beside`, where publish.yaml lies;
    `address` is that of the site, `note` is for the reader of a package. Its own folder is made where it is missing,
    unless it only is to be looked at (`makes`). Raises Refused, OSError."""
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
    """What is told of each file of this machine that publish.yaml names for the way to a destination, and that is not
    there."""
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
