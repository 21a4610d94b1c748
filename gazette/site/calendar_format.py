"""Writes calendars (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

LONGEST = 75
"""The longest line, in octets without its end (RFC 5545, 3.1)."""


def lines(properties: Iterable[tuple[str, str]]) -> str:
    """(name, value) properties as lines of a file, folded, with CRLF."""
    return "".join(f"{folded(f'{name}:{value}')}\r\n" for name, value in properties)


def folded(line: str) -> str:
    """The line in parts of at most 75 octets; every part after the first begins with a space. No character is split."""
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
    """The text as a property's value (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def day(date: datetime.date) -> str:
    """The date as a value, `YYYYMMDD`."""
    return f"{date:%Y%m%d}"


def moment(date: datetime.date) -> str:
    """The beginning of the day, in UTC."""
    return f"{day(date)}T000000Z"


def whole_day(date: datetime.date) -> Iterator[tuple[str, str]]:
    """The properties of an event that takes the whole day and blocks no one's time."""
    yield "DTSTART;VALUE=DATE", day(date)
    yield "DTEND;VALUE=DATE", day(date + datetime.timedelta(days=1))
    yield "TRANSP", "TRANSPARENT"
