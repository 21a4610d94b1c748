"""Opens the destinations that are reached by SSH: with rsync, with a shell, or by SFTP alone."""

from __future__ import annotations

import posixpath
import re

from gazette.model.records.destinations import RsyncDestination, SftpDestination
from gazette.publishing.destination import Publisher
from gazette.publishing.in_place import InPlace
from gazette.publishing.places import sftp_files
from gazette.publishing.places.rsync_host import RsyncHost
from gazette.publishing.places.sftp_host import SftpHost
from gazette.publishing.places.sftp_store import SftpStore
from gazette.publishing.places.shell import has_shell
from gazette.publishing.places.shell_host import ShellHost
from gazette.publishing.places.ssh_connection import Connection, Session
from gazette.publishing.places.ssh_login import login_to
from gazette.publishing.refused import Refused
from gazette.publishing.release_folders import ReleaseFolders


def open_server(destination: RsyncDestination | SftpDestination, makes: bool = True) -> Publisher:
    """Connect to a destination on a server. Its folder is made where it is missing, unless `makes` is False because it
    is only looked at; the folder above it must exist. Raises Refused."""
    try:
        import asyncssh  # noqa: F401
    except ImportError:
        raise Refused("publish_kind_missing", found=destination.kind) from None
    connection = Connection(login_to(destination), re.sub(r"^~(/+|$)", "", destination.path))
    connection.run(_make_root if makes else _check_root)
    if isinstance(destination, SftpDestination) and not destination.links:
        return InPlace(SftpStore(connection), sftp_files.AT_ONCE)
    if isinstance(destination, SftpDestination):
        is_shell = connection.run(has_shell)
        return ReleaseFolders(ShellHost(connection) if is_shell else SftpHost(connection))
    if not connection.run(lambda session: has_shell(session, ["rsync"])):
        code = "publish_no_rsync_there" if connection.run(has_shell) else "publish_no_shell"
        raise Refused(code, found=destination.host)
    return ReleaseFolders(RsyncHost(connection))


async def _check_root(session: Session) -> bool:
    """Return whether the folder exists. Raises Refused where it does not and cannot be made."""
    is_there, above = await session.sftp.isdir(session.root), posixpath.dirname(session.root)
    if not is_there and not await session.sftp.isdir(above):
        raise Refused("publish_no_folder_there", found=above)
    return is_there


async def _make_root(session: Session) -> bool:
    """Make the folder. Returns False where it exists."""
    return not await _check_root(session) and await sftp_files.make_folder(session.sftp, session.root)
