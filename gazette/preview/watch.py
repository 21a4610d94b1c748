"""The watch over folders: it tells of a save once the files that it touches are whole again.

It looks by itself. The system's own news (inotify, by way of watchfiles) leave out what another machine writes on a
network disk, the file behind a link, and a folder that was deleted and made again, or that a link newly leads to; and
when watchfiles looks by itself, it passes by a file that was changed and kept its time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from gazette.files.litter import is_litter
from gazette.files.walk import walk

WATCH_INTERVAL = 0.03
"""Seconds between two looks at few files: what is saved is seen before the hand is back on the mouse."""

SHARE = 30
"""Looking takes one part in so many of the time, however many files there are and however slow their disk is."""

SELDOM = 2.0
"""Seconds between two looks at the most."""

AWAY = 1.0
"""Seconds for which a file must be gone, or empty, before it counts as deleted: many programs save by putting the old
file aside, or emptying it, and then writing the new one."""

ENDLESS = 5.0
"""Seconds after which a change is told although the files still change."""

Seen = Mapping[str, tuple[int, ...]]
"""What the file system says of each file, its size first."""


def scan(folders: Iterable[Path]) -> Seen:
    """What is in some folders now, wherever their links lead; what editors' programs leave behind is passed by."""
    found: dict[str, tuple[int, ...]] = {}
    for folder in folders:
        try:
            files = (
                (path, stat) for path, stat in walk(folder, follow=True) if not any(map(is_litter, path.split("/")))
            )
            found.update({f"{folder}/{path}": stat for path, stat in files})
        except OSError:
            continue  # a folder that is moved while one looks: the next look tells
    return found


def watch(folders: Iterable[Path], known: Seen, changed: Callable[[], None], stopped: threading.Event) -> None:
    """Call `changed` whenever a file of the folders is another than it was when they were `known`, until `stopped`.

    A change is told when two looks show the same; one by which a file goes, when it has stayed away for a while.
    """
    folders = (*folders,)
    seen, since, began, pause = known, 0.0, 0.0, WATCH_INTERVAL
    while not stopped.wait(pause):
        now = time.monotonic()
        before, seen = seen, scan(folders)
        pause = min(max(WATCH_INTERVAL, SHARE * (time.monotonic() - now)), SELDOM)
        if seen == known:
            continue
        if before == known:
            began = now
        if seen != before:
            since = now
        if (seen == before and now - since >= _patience(known, seen)) or now - began >= ENDLESS:
            known = seen
            changed()


def _patience(known: Seen, seen: Seen) -> float:
    """Seconds to wait for what may come back."""
    gone = any(path not in seen or (stat[0] and not seen[path][0]) for path, stat in known.items())
    return AWAY if gone else 0.0
