"""The form of a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

LONGEST = 75
"""So many octets a line may have, without its end (RFC 5545, 3.1)."""


def lines(properties: Iterable[tuple[str, str]]) -> str:
    """Properties with their values, as they stand in a file: folded, with CRLF."""
    return "".join(f"{folded(f'{name}:{value}')}\r\n" for name, value in properties)


def folded(line: str) -> str:
    """A line in parts of at most 75 octets, each but the first behind a blank; no character is cut."""
    data = line.encode()
    if len(data) <= LONGEST:
        return line
    parts, start, room = [], 0, LONGEST
    while start < len(data):
        end = start + room
        while end < len(data) and data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, LONGEST - 1
    return b"\r\n ".join(parts).decode()


def escaped(text: str) -> str:
    """A text as the value of a property (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def day(date: datetime.date) -> str:
    """A day as a value."""
    return f"{date:%Y%m%d}"


def moment(date: datetime.date) -> str:
    """The begin of a day, in UTC."""
    return f"{day(date)}T000000Z"


def whole_day(date: datetime.date) -> Iterator[tuple[str, str]]:
    """The properties of what takes one day and nobody's time."""
    yield "DTSTART;VALUE=DATE", day(date)
    yield "DTEND;VALUE=DATE", day(date + datetime.timedelta(days=1))
    yield "TRANSP", "TRANSPARENT"
