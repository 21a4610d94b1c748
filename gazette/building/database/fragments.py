"""Stores the fragments that units add to the pages all units share."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gazette.site.target import Slot, whole_slot

REMEMBERED = 48_000_000
"""Characters. Fragments read for a digest stay in memory up to this size, because the page that shows them is made
next. This covers an edit, not a whole site."""


_IN_ORDER = (
    "JOIN units ON units.id = fragments.unit WHERE slot BETWEEN ? AND ? "
    "ORDER BY sort_key, units.position, units.id, fragments.rowid"
)
"""Selects the fragments of a slot, in the order in which the page shows them."""

_AFTER_DIGITS = ":"
"""The character that sorts right after the digits."""


def _names(slot: str) -> tuple[str, str]:
    """Return the first and the last name of the slots whose fragments a slot holds."""
    return slot, slot + _AFTER_DIGITS if slot.endswith("/") else slot


class FragmentRow(NamedTuple):
    """A fragment of a unit: its slot, its sort key there, its HTML, and the digest of what it adds to a page
    (`shown.digest_of_fragment`)."""

    slot: str
    sort_key: str
    text: str
    shown: str = ""


class FragmentTable:
    """Fragments by slot and unit. Within a slot, they are sorted by sort key, then by their units' official order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._just_read: dict[str, list[str]] = {}
        self._room = REMEMBERED

    def replace(self, unit: str, fragments: Iterable[FragmentRow], is_moved: bool) -> set[str]:
        """Replace the fragments of a unit. Return the slots that change: all slots of the unit if it `is_moved` in the
        official order."""
        before, now = set(self._of_unit(unit)), set(fragments)
        changed = {fragment.slot for fragment in (before | now if is_moved else before ^ now)}
        changed |= {*map(whole_slot, changed)}
        self._forget_digests(changed)
        self.connection.execute("DELETE FROM fragments WHERE unit = ?", (unit,))
        rows = ((slot, unit, sort_key, shown, text) for slot, sort_key, text, shown in sorted(now))
        self.connection.executemany("INSERT INTO fragments VALUES (?, ?, ?, ?, ?)", rows)
        return changed

    def joined(self, slot: Slot, separator: str) -> str:
        """Return the fragments that a slot shows, in order, joined by `separator`."""
        texts = self._just_read.pop(slot.name, None)
        texts = self._texts(slot.name) if texts is None else texts
        return separator.join((*texts[:1], *texts[1:][-1:]) if slot.span else texts[: slot.limit or None])

    def digest(self, slot: str) -> str:
        """Return the SHA-256 of a slot's fragments in order. It is stored until one of them changes."""
        row = self.connection.execute("SELECT digest FROM slots WHERE name = ?", (slot,)).fetchone()
        if row:
            return str(row[0])
        texts = self._texts(slot)
        digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
        size = sum(map(len, texts))
        if size <= self._room:
            self._room -= size
            self._just_read[slot] = texts  # the page that shows them is made next
        self.connection.execute("INSERT INTO slots VALUES (?, ?)", (slot, digest))
        return digest

    def shown(self, slot: str, limit: int = 0) -> str:
        """Return the digest of what a slot's fragments add to a page, whatever their HTML. With `limit`, only the first
        so many count. It is stored until a fragment of the slot changes."""
        query = "SELECT digest FROM shown WHERE slot = ? AND most = ?"
        row = self.connection.execute(query, (slot, limit)).fetchone()
        if row:
            return str(row[0])
        rows = self.connection.execute(
            f"SELECT sort_key, units.position, units.id, shown FROM fragments {_IN_ORDER} LIMIT ?",
            (*_names(slot), limit or -1),
        )
        # The HTML orders a unit's fragments with equal sort keys; sorting makes the digest independent of it.
        digest = hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()
        self.connection.execute("INSERT INTO shown VALUES (?, ?, ?)", (slot, limit, digest))
        return digest

    def _of_unit(self, unit: str) -> Iterator[FragmentRow]:
        rows = self.connection.execute("SELECT slot, sort_key, text, shown FROM fragments WHERE unit = ?", (unit,))
        return map(FragmentRow._make, rows)

    def _texts(self, slot: str) -> list[str]:
        rows = self.connection.execute(f"SELECT text FROM fragments {_IN_ORDER}", _names(slot))
        return [text for (text,) in rows]

    def _forget_digests(self, slots: Iterable[str]) -> None:
        self._just_read.clear()
        self._room = REMEMBERED
        names = [(slot,) for slot in slots]
        self.connection.executemany("DELETE FROM slots WHERE name = ?", names)
        self.connection.executemany("DELETE FROM shown WHERE slot = ?", names)
