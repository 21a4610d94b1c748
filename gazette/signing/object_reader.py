"""A reader of PDF objects for verifying. It is imported late, as pyHanko is."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


class Reader(PdfFileReader):
    """The strict reader of pyHanko, faster. That one parses the index of an object stream again for each object in it:
    with a bulletin that was added to, where it reads all of them, that takes hours instead of seconds."""

    def __init__(self, stream: Any) -> None:
        self._lists: dict[int, tuple[BytesIO, list[tuple[int, int]]]] = {}
        super().__init__(stream)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """Return the object `idnum`, at the position `idx` of the object stream `stmnum` (ISO 32000-1 7.5.7)."""
        if stmnum not in self._lists:
            self._lists[stmnum] = self._listed(stmnum)
        data, places = self._lists[stmnum]
        if not 0 <= idx < len(places) or places[idx][0] != idnum:
            raise misc.PdfStrictReadError("the object is not where the object stream should have it")
        data.seek(places[idx][1])
        found = generic.read_object(data, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise misc.PdfStrictReadError("an object that may not stand in an object stream")
        return found

    def _listed(self, stmnum: int) -> tuple[BytesIO, list[tuple[int, int]]]:
        """Return the data of an object stream, and the number and the offset of each object in it."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise misc.PdfStrictReadError("no object stream")
        data, first, count = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"]), int(stream["/N"])
        numbers = [int(number) for number in data[:first].split()]
        if len(numbers) < 2 * count:
            raise misc.PdfStrictReadError("the list of an object stream is too short")
        pairs = zip(numbers[0 : 2 * count : 2], numbers[1 : 2 * count : 2], strict=True)
        return BytesIO(data), [(number, first + offset) for number, offset in pairs]
