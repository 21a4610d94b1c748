"""Commands of another machine, through SSH: what they are given, what they say, and what is told where they fail."""

from __future__ import annotations

import asyncio
import contextlib
import posixpath
from collections.abc import Iterable
from shlex import quote
from typing import TYPE_CHECKING

from gazette.publishing.places.ssh_connection import Session
from gazette.publishing.refused import Refused

if TYPE_CHECKING:
    import asyncssh

_TOKEN = "gazette-has-a-shell"
_TOOLS = ("cp", "find", "rm", "mv", "tar", "xargs", "sha256sum")
_SECONDS, _STILL, _TRIES = 20, 0.5, 60
"""Seconds in which a shell answers; and between two looks, of so many, whether an earlier run is still at work."""

_BUSY = "releases/.busy"
"""The file that is held by whatever writes to the unfinished release: what outlives a cut-off run is waited for."""

_SIZE = 600
"""Seconds that a megabyte may take on a slow line."""


async def has_shell(session: Session, also: Iterable[str] = ()) -> bool:
    """Whether the account has a shell that sees the same folder, with the tools that are needed and `also` others. Of a
    folder that is not made yet, the one above it is looked at."""
    asked = " && ".join(f"command -v {tool} >/dev/null" for tool in (*_TOOLS, *also))
    return await _holds(session, f"cd -- {quote(await _nearest(session))} && {asked}")


async def check_writable(session: Session) -> None:
    """Raises Refused where the account of a shell may not write to the destination's folder. Of one that is not there
    yet nothing is known: a shell may see another folder above it."""
    if await _holds(session, f"cd -- {quote(session.root)} && ! test -w ."):
        host = session.ssh.get_extra_info("host") or ""
        raise Refused("publish_denied_there", found=host, reason=session.root)


async def _nearest(session: Session) -> str:
    """The destination's folder, or the one in which it is to be made."""
    return session.root if await session.sftp.isdir(session.root) else posixpath.dirname(session.root)


async def _holds(session: Session, script: str) -> bool:
    """Whether a shell says that a script ends well. What is no shell says other things, or nothing."""
    import asyncssh

    script = f"{script} && echo {_TOKEN}"
    try:
        async with asyncio.timeout(_SECONDS):
            found = await session.ssh.run(f"sh -c {quote(script)}", stdin=asyncssh.DEVNULL, encoding=None)
    except (asyncssh.ChannelOpenError, TimeoutError):
        return False
    out = found.stdout
    return found.exit_status == 0 and isinstance(out, bytes) and _TOKEN.encode() in out.split()


async def command(session: Session, script: str, given: Iterable[bytes] = ()) -> bytes:
    """What a script says that runs in the destination's folder; it is given some bytes, a megabyte or less in one go.
    Raises Refused where it fails."""
    script = f"LC_ALL=C; export LC_ALL; cd -- {quote(session.root)} && {script}"
    process = await session.ssh.create_process(f"sh -c {quote(script)}", encoding=None)
    try:
        _, out, errors = await asyncio.gather(_fed(process, given), process.stdout.read(), process.stderr.read())
        await process.wait_closed()
    finally:
        process.close()
    if process.exit_status != 0:
        raise _failed(session, process.exit_status, errors.decode("utf-8", "replace"))
    return bytes(out)


async def _fed(process: asyncssh.SSHClientProcess[bytes], given: Iterable[bytes]) -> None:
    """Give a command its bytes. One that ends before it has all says why itself."""
    with contextlib.suppress(BrokenPipeError, ConnectionError):
        for data in given:
            process.stdin.write(data)
            async with asyncio.timeout(_SIZE):
                await process.stdin.drain()
        process.stdin.write_eof()


def _failed(session: Session, status: int | None, errors: str) -> Exception:
    """What is told of a command that failed; one without a status went with the connection."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    host = session.ssh.get_extra_info("host") or ""
    if any(text in errors for text in ("No space left", "quota exceeded")):
        return Refused("publish_full", found=host)
    if status is None:
        return Refused("publish_ssh_lost", found=host)
    return Refused("publish_command", found=host, reason=lines[-1] if lines else status)


async def wait_for_others(session: Session) -> str:
    """Wait until nothing of an earlier run writes any more. Returns what to put before a command so that later runs
    wait for it; nothing where the other side cannot tell. Raises Refused where it takes too long."""
    guard = f"flock -n {quote(session.at(_BUSY))}"
    asked = f"{guard} true; case $? in 0) echo free;; 1) echo busy;; esac"
    script = f"mkdir -p releases && if command -v flock >/dev/null; then {asked}; fi"
    for _ in range(_TRIES):
        said = (await command(session, script)).split()
        if said != [b"busy"]:
            return guard if said else ""
        await asyncio.sleep(_STILL)
    raise Refused("publish_busy_there", found=session.root)
