"""Works with files of another machine over SFTP: reads, writes, renames, lists and removes them, many at once."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import posixpath
import stat
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import asyncssh

AT_ONCE = 32
"""The number of files that travel at the same time."""

NEW = ".new"
"""The ending of the name of a file while it is written."""

_CHUNK, _SECONDS = 262_144, 600
"""The number of bytes in one write, and the seconds that it may take on a slow line."""

T = TypeVar("T")


async def in_parallel(items: Iterable[T], work: Callable[[T], Awaitable[None]]) -> None:
    """Await `work` for each item, several at once. The first failure cancels the others, and is raised."""
    todo = iter(items)

    async def worker() -> None:
        for item in todo:
            await work(item)

    tasks = [asyncio.ensure_future(worker()) for _ in range(AT_ONCE)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read(sftp: asyncssh.SFTPClient, path: str) -> bytes | None:
    """Return the bytes of a file; None where there is none."""
    import asyncssh

    try:
        async with sftp.open(path, "rb") as file:
            data = await file.read()
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        return None
    assert isinstance(data, bytes)
    return data


async def digest(sftp: asyncssh.SFTPClient, path: str) -> str:
    """Read a file back, and return its SHA-256 (hexadecimal); an empty string where there is none."""
    data = await read(sftp, path)
    return hashlib.sha256(data).hexdigest() if data is not None else ""


async def put(sftp: asyncssh.SFTPClient, path: str, data: bytes, durable: bool = False) -> None:
    """Write a file. Anything of that name is removed first: it may be a link to what is public. With `durable` the
    bytes survive a loss of power."""
    import asyncssh

    with contextlib.suppress(asyncssh.SFTPNoSuchFile):
        await sftp.remove(path)
    await create(sftp, path, data, durable)


async def create(sftp: asyncssh.SFTPClient, path: str, data: bytes, durable: bool = False) -> None:
    """Write a file that must not exist yet. Where that fails half-way, the file is removed: it may be what fills the
    disk."""
    import asyncssh

    try:
        async with sftp.open(path, "xb") as file:
            for start in range(0, len(data), _CHUNK):
                async with asyncio.timeout(_SECONDS):
                    await file.write(data[start : start + _CHUNK])
            if durable:
                with contextlib.suppress(asyncssh.SFTPOpUnsupported):
                    async with asyncio.timeout(_SECONDS):
                        await file.fsync()
    except asyncssh.SFTPError:
        with contextlib.suppress(asyncssh.Error):
            await sftp.remove(path)
        raise


async def copy(sftp: asyncssh.SFTPClient, source: str, path: str) -> None:
    """Let the server copy a file to a free path; do nothing where it does not exist. The files are opened here because
    the library does not close those that it opens itself, and servers limit their number."""
    import asyncssh

    with contextlib.suppress(asyncssh.SFTPNoSuchFile):
        await sftp.remove(path)
    with contextlib.suppress(asyncssh.SFTPNoSuchFile):
        async with sftp.open(source, "rb") as old, sftp.open(path, "xb") as new:
            await sftp.remote_copy(old, new)


async def make_folders(sftp: asyncssh.SFTPClient, path: str) -> None:
    """Make a folder, and those above it, where they are missing."""
    if path and not await sftp.isdir(path):
        await make_folders(sftp, posixpath.dirname(path))
        await make_folder(sftp, path)


async def make_folder(sftp: asyncssh.SFTPClient, path: str) -> bool:
    """Make a folder. Returns False where it exists."""
    import asyncssh

    try:
        await sftp.mkdir(path)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        if not await sftp.lexists(path):
            raise
        return False
    return True


async def replace(sftp: asyncssh.SFTPClient, before: str, after: str) -> None:
    """Rename a file over another one; atomically where the server can."""
    import asyncssh

    try:
        await sftp.posix_rename(before, after)
    except asyncssh.SFTPOpUnsupported:
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await sftp.remove(after)
        await sftp.rename(before, after)


async def remove(sftp: asyncssh.SFTPClient, path: str) -> None:
    """Remove a file, a link (not its target), or a folder with all that it holds, where there is one."""
    import asyncssh

    try:
        found = await sftp.lstat(path)
    except asyncssh.SFTPNoSuchFile:
        return
    if not stat.S_ISDIR(found.permissions or 0):
        await sftp.remove(path)
        return
    files, folders = await listed(sftp, path)
    await in_parallel(files, lambda each: sftp.remove(f"{path}/{each}"))
    for folder in sorted(folders, key=lambda each: -each.count("/")):
        await sftp.rmdir(f"{path}/{folder}")
    await sftp.rmdir(path)


async def listed(sftp: asyncssh.SFTPClient, folder: str) -> tuple[dict[str, int], list[str]]:
    """Return the files below a folder by path, with their sizes (bytes), and the folders; nothing for an absent one."""
    import asyncssh

    files: dict[str, int] = {}
    folders: list[str] = []
    todo = [""]

    async def look(prefix: str) -> None:
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            async for entry in sftp.scandir(f"{folder}/{prefix}"):
                name = entry.filename
                assert isinstance(name, str)
                if name in (".", ".."):
                    continue
                if stat.S_ISDIR(entry.attrs.permissions or 0):
                    folders.append(prefix + name)
                    found.append(f"{prefix}{name}/")
                else:
                    files[prefix + name] = entry.attrs.size or 0

    while todo:
        found: list[str] = []
        await in_parallel(todo, look)
        todo = found
    return files, folders
