"""Runs commands on another machine through SSH, and turns their failures into Refused."""

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
"""Seconds within which a shell must answer; seconds between two looks whether an earlier run is still at work, and how
many looks."""

_BUSY = "releases/.busy"
"""The file that is locked by whatever writes to the unfinished release, also after its program was cut off."""

_SIZE = 600
"""Seconds that a megabyte may take on a slow line."""


async def has_shell(session: Session, also: Iterable[str] = ()) -> bool:
    """Return whether the account has a shell that sees the same folder, with all the tools that are needed and those in
    `also`. Where the folder does not exist yet, the folder above it is looked at."""
    asked = " && ".join(f"command -v {tool} >/dev/null" for tool in (*_TOOLS, *also))
    return await _holds(session, f"cd -- {quote(await _nearest(session))} && {asked}")


async def check_writable(session: Session) -> None:
    """Raises Refused where the shell's account may not write to the destination's folder. Nothing is known of a folder
    that does not exist yet: a shell may see another folder above it."""
    if await _holds(session, f"cd -- {quote(session.root)} && ! test -w ."):
        host = session.ssh.get_extra_info("host") or ""
        raise Refused("publish_denied_there", found=host, reason=session.root)


async def _nearest(session: Session) -> str:
    """Return the destination's folder, or the one in which it is to be made."""
    return session.root if await session.sftp.isdir(session.root) else posixpath.dirname(session.root)


async def _holds(session: Session, script: str) -> bool:
    """Return whether a shell runs a script to a good end. Anything else than a shell answers differently, or not at
    all."""
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
    """Run a script in the destination's folder, and return its output. `given` is its input, in pieces of at most a
    megabyte. Raises Refused where it fails."""
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
    """Write the input of a command. One that ends before it has read all says itself why."""
    with contextlib.suppress(BrokenPipeError, ConnectionError):
        for data in given:
            process.stdin.write(data)
            async with asyncio.timeout(_SIZE):
                await process.stdin.drain()
        process.stdin.write_eof()


def _failed(session: Session, status: int | None, errors: str) -> Exception:
    """Return what is told of a command that failed. It has no exit status where the connection broke."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    host = session.ssh.get_extra_info("host") or ""
    if any(text in errors for text in ("No space left", "quota exceeded")):
        return Refused("publish_full", found=host)
    if status is None:
        return Refused("publish_ssh_lost", found=host)
    return Refused("publish_command", found=host, reason=lines[-1] if lines else status)


async def wait_for_others(session: Session) -> str:
    """Wait until no earlier run writes any more. Returns a prefix for commands that makes later runs wait for them; an
    empty string where the server has no flock. Raises Refused where it takes too long."""
    guard = f"flock -n {quote(session.at(_BUSY))}"
    asked = f"{guard} true; case $? in 0) echo free;; 1) echo busy;; esac"
    script = f"mkdir -p releases && if command -v flock >/dev/null; then {asked}; fi"
    for _ in range(_TRIES):
        said = (await command(session, script)).split()
        if said != [b"busy"]:
            return guard if said else ""
        await asyncio.sleep(_STILL)
    raise Refused("publish_busy_there", found=session.root)
