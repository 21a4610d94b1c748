"""Watches folders, and reports a save once the files that it touches are complete.

It polls. The system's notifications (inotify, through watchfiles) miss what another machine writes to a network disk,
the file behind a link, and a folder that is deleted and made again or that a link newly points to; and when watchfiles
polls, it misses a file that changed and kept its time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from gazette.files.litter import is_litter
from gazette.files.walk import walk

WATCH_INTERVAL = 0.03
"""Seconds between two scans of few files, so that a change shows at once."""

SHARE = 30
"""Scanning takes at most one part in `SHARE` of the time, however many files there are and however slow the disk is."""

SELDOM = 2.0
"""The most seconds between two scans."""

AWAY = 1.0
"""Seconds for which a file must be missing or empty before it counts as deleted: many programs save by moving the old
file away, or emptying it, and then writing the new one."""

ENDLESS = 5.0
"""Seconds after which a change is reported even if the files still change."""

Seen = Mapping[str, tuple[int, ...]]
"""The state of each file from the file system, its size first: `{path: state}`."""


def scan(folders: Iterable[Path]) -> Seen:
    """Return the state of the files in some folders, links followed. Skips temporary files of editors."""
    seen: dict[str, tuple[int, ...]] = {}
    for folder in folders:
        try:
            files = (
                (path, stat) for path, stat in walk(folder, follow=True) if not any(map(is_litter, path.split("/")))
            )
            seen.update({f"{folder}/{path}": stat for path, stat in files})
        except OSError:
            continue  # a folder may be moved during a scan; the next scan notices
    return seen


def watch(folders: Iterable[Path], known: Seen, changed: Callable[[], None], stopped: threading.Event) -> None:
    """Call `changed` whenever the files of the folders differ from the state `known`, until `stopped`.

    A change is reported when two scans agree; a deletion, when the file has been gone for `AWAY` seconds.
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
    """Return how many seconds to wait for files that may come back."""
    gone = any(path not in seen or (stat[0] and not seen[path][0]) for path, stat in known.items())
    return AWAY if gone else 0.0
