"""A connection to a server by SSH that is kept, found lost and made again, and whose failures are told in words."""

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
"""Seconds that an answer to a small question, and to one about all files of a release, may take."""

_LITTLE = 1_000_000
"""A disk with fewer free bytes is full."""

T = TypeVar("T")

_THREAD = "ssh"


class Session(NamedTuple):
    """What work is done with: the connection, the files of the other side, and the destination's folder there."""

    ssh: asyncssh.SSHClientConnection
    sftp: asyncssh.SFTPClient
    root: str

    def at(self, path: str) -> str:
        """A path as the other side has it."""
        return f"{self.root}/{path}" if path else self.root


class Connection:
    """A connection to a server, for what lies in the folder `path` there. It is opened by the first work, and again by
    the next one after it was lost. It lives in a thread of its own, which answers the server while a person is asked
    something."""

    def __init__(self, login: Login, path: str) -> None:
        self.login = login
        self._line = _Line(login, path)
        thread = threading.Thread(target=self._line.live, name=_THREAD, daemon=True)
        thread.start()
        self.close = weakref.finalize(self, self._line.close, thread)
        """Ends the connection; it is called at the end of the program in any case."""

    def run(self, work: Callable[[Session], Awaitable[T]], seconds: float | None = MOMENT) -> T:
        """What `work` returns. Raises Refused, and OSError for files of this machine. None for `seconds`: the work
        looks after its time itself."""
        future = asyncio.run_coroutine_threadsafe(self._line.do(work, seconds), self._line.loop)
        try:
            return future.result()
        except BaseException:  # Ctrl-C, too
            future.cancel()
            raise


class _Line:
    """The loop of a connection, and what is open in it. Of a lost connection every piece of work complains; whoever
    asked for the work is told once, and nothing else."""

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
        """A full disk is told by many servers, and by tar, as a failure of no kind. Raises Refused for it."""
        import asyncssh

        is_vague = isinstance(error, asyncssh.SFTPFailure)
        is_vague |= isinstance(error, Refused) and error.code == "publish_command"
        is_clear = isinstance(error, asyncssh.SFTPNoSpaceOnFilesystem | asyncssh.SFTPQuotaExceeded)
        if is_clear or (is_vague and await is_full(session)):
            raise Refused("publish_full", found=self.login.host) from error

    def live(self) -> None:
        """What the thread of a connection does until it is closed."""
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
    """Whether something is logged by others than the thread of a connection."""
    return record.threadName != _THREAD


async def is_full(session: Session) -> bool:
    """Whether nothing more has room on the other side, as far as it says."""
    import asyncssh

    try:
        async with asyncio.timeout(CONNECTING):
            room = await session.sftp.statvfs(session.root)
    except (asyncssh.Error, OSError):
        return False
    return (room.bavail or 0) * (room.frsize or 0) < _LITTLE or bool(room.files and not room.favail)


async def _opened(login: Login, path: str) -> Session:
    """A session with a server that has proved who it is. Raises Refused."""
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
    """What is told of a server whose key is in no list: it is unknown, or it has another key than before."""
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
    """Failures of the way, in words."""
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
