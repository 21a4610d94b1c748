"""A lasting connection to a server by SSH. It is opened again after it was lost; its failures become Refused."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from gazette.publishing.places.ssh_login import CONNECTING, Login, known_line
from gazette.publishing.refused import Refused

if TYPE_CHECKING:
    import asyncssh

MOMENT, LONG = 120, 3600
"""Seconds that an answer may take: to a small question, and to one about all files of a release."""

_LITTLE = 1_000_000
"""A disk with fewer free bytes counts as full."""

T = TypeVar("T")

_THREAD = "ssh"


class Session(NamedTuple):
    """The connection, the SFTP client, and the path of the destination's folder on the server."""

    ssh: asyncssh.SSHClientConnection
    sftp: asyncssh.SFTPClient
    root: str

    def at(self, path: str) -> str:
        """Return a path of the destination as the server names it."""
        return f"{self.root}/{path}" if path else self.root


class Connection:
    """A connection to a server, for the folder `path` there. The first work opens it, and the next one after it was
    lost opens it again. It runs in a thread of its own, which answers the server while a person is asked something."""

    def __init__(self, login: Login, path: str) -> None:
        self.login = login
        self._line = _Line(login, path)
        thread = threading.Thread(target=self._line.live, name=_THREAD, daemon=True)
        thread.start()
        self.close = weakref.finalize(self, self._line.close, thread)
        """Ends the connection; it is called at the end of the program in any case."""

    def run(self, work: Callable[[Session], Awaitable[T]], seconds: float | None = MOMENT) -> T:
        """Run `work` and return its result. Raises Refused; OSError for files of this machine. `seconds` limits the
        time; with None the work does so itself."""
        future = asyncio.run_coroutine_threadsafe(self._line.do(work, seconds), self._line.loop)
        try:
            return future.result()
        except BaseException:  # Ctrl-C, too
            future.cancel()
            raise


class _Line:
    """The event loop of a connection, and what is open in it. When a connection is lost, every task in it fails; only
    the caller of the work is told, and once."""

    def __init__(self, login: Login, path: str) -> None:
        self.login, self.path = login, path
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda _loop, _context: None)
        self.session: Session | None = None

    async def do(self, work: Callable[[Session], Awaitable[T]], seconds: float | None) -> T:
        async with _told(self.login):
            if self.session is None or self.session.ssh.is_closed():
                self.session = await _opened(self.login, self.path)
            try:
                async with asyncio.timeout(seconds):
                    return await work(self.session)
            except TimeoutError:
                raise Refused("publish_ssh_slow", found=self.login.host) from None
            except Exception as error:
                await self._check_space(self.session, error)
                raise

    async def _check_space(self, session: Session, error: Exception) -> None:
        """Raises Refused where the disk of the server is full: many servers, and tar, report that as a failure of no
        kind."""
        import asyncssh

        is_vague = isinstance(error, asyncssh.SFTPFailure)
        is_vague |= isinstance(error, Refused) and error.code == "publish_command"
        is_clear = isinstance(error, asyncssh.SFTPNoSpaceOnFilesystem | asyncssh.SFTPQuotaExceeded)
        if is_clear or (is_vague and await is_full(session)):
            raise Refused("publish_full", found=self.login.host) from error

    def live(self) -> None:
        """Run the loop in the thread of the connection until it is closed."""
        logger = logging.getLogger("asyncio")
        if _is_others not in logger.filters:
            logger.addFilter(_is_others)
        self.loop.run_forever()
        self.loop.close()

    def close(self, thread: threading.Thread) -> None:
        ending = asyncio.run_coroutine_threadsafe(self._end(), self.loop)
        ending.add_done_callback(lambda _: self.loop.call_soon_threadsafe(self.loop.stop))
        if threading.current_thread() is not thread:  # what is collected is so by any of them
            thread.join(CONNECTING)

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if self.session is not None:
            self.session.sftp.exit()
            self.session.ssh.abort()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self.session.ssh.wait_closed(), 2)
        await asyncio.gather(*others, return_exceptions=True)


def _is_others(record: logging.LogRecord) -> bool:
    """Return whether a log record comes from another thread than that of a connection."""
    return record.threadName != _THREAD


async def is_full(session: Session) -> bool:
    """Return whether the disk of the server is full, as far as it says."""
    import asyncssh

    try:
        async with asyncio.timeout(CONNECTING):
            room = await session.sftp.statvfs(session.root)
    except (asyncssh.Error, OSError):
        return False
    return (room.bavail or 0) * (room.frsize or 0) < _LITTLE or bool(room.files and not room.favail)


async def _opened(login: Login, path: str) -> Session:
    """Open a session with a server that has proved who it is. Raises Refused."""
    import asyncssh

    ssh = await _connected(login)
    try:
        async with asyncio.timeout(CONNECTING):
            sftp = await ssh.start_sftp_client()
            root = path if path.startswith("/") else f"{await sftp.realpath('.')}/{path}"
    except (asyncssh.ChannelOpenError, asyncssh.SFTPError, TimeoutError) as error:
        ssh.abort()
        raise Refused("publish_no_sftp", found=login.host) from error
    return Session(ssh, sftp, root.rstrip("/") or "/")


async def _connected(login: Login) -> asyncssh.SSHClientConnection:
    import asyncssh

    seen: list[tuple[str, int, asyncssh.SSHKey]] = []

    class Client(asyncssh.SSHClient):
        def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:  # noqa: ARG002
            seen.append((host, port, key))
            return False

    options = login.options()
    try:
        ssh, _ = await asyncssh.create_connection(Client, login.host, **options)
    except asyncssh.HostKeyNotVerifiable as error:
        if not seen:
            raise Refused("publish_host_refused", found=login.host, reason=error.reason) from error
        raise _strange(login, *seen[0]) from error
    except socket.gaierror as error:
        raise Refused("publish_host_nowhere", found=login.host) from error
    except ConnectionRefusedError as error:
        raise Refused("publish_host_closed", found=login.host, port=login.port) from error
    except OSError as error:
        if error.filename:  # the key
            raise
        raise Refused("publish_host_silent", found=login.host, port=login.port) from error
    return ssh


def _strange(login: Login, host: str, port: int, key: asyncssh.SSHKey) -> Refused:
    """Return what is told of a server whose key is in no list: it is unknown, or its key is another one than before."""
    import asyncssh

    found = asyncssh.match_known_hosts(login.known, host, "", None if port == 22 else port)
    line = known_line(host, port, key)
    if line.split()[-1].encode() in login.revoked:
        return Refused("publish_host_revoked", found=login.host, file=login.known_hosts[0])
    code = "publish_host_changed" if found[0] else "publish_host_unknown"
    values = {"kind": key.get_algorithm(), "fingerprint": key.get_fingerprint(), "file": login.known_hosts[0]}
    return Refused(code, found=login.host, line=line, **values)


@contextlib.asynccontextmanager
async def _told(login: Login) -> AsyncIterator[None]:
    """Turn failures of the connection into Refused."""
    import asyncssh

    host = login.host
    try:
        yield
    except asyncssh.PermissionDenied as error:
        raise Refused("publish_login", found=host, user=login.user or "", key=login.key or "") from error
    except asyncssh.KeyImportError as error:
        raise Refused("publish_key", found=login.key or "", reason=str(error)) from error
    except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost) as error:
        raise Refused("publish_ssh_lost", found=host) from error
    except asyncssh.SFTPPermissionDenied as error:
        raise Refused("publish_denied_there", found=host, reason=error.reason) from error
    except (asyncssh.Error, ValueError) as error:
        raise Refused("publish_ssh_failed", found=host, reason=str(error)) from error
    except ConnectionError as error:
        raise Refused("publish_ssh_lost", found=host) from error
