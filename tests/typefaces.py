"""Compares the glyphs that a PDF embeds with those of the bundled fonts."""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from gazette.fonts.typeface import PRINT_FONTS


class Face:
    """A bundled font: what its glyphs look like, and which of them may stand for a character."""

    def __init__(self, path: Path) -> None:
        self.font = TTFont(io.BytesIO(path.read_bytes()), lazy=True)
        self.order, self.known = self.font.getGlyphOrder(), self.font.getBestCmap()
        self.name = str(self.font["name"].getDebugName(6)).replace("-", "").removesuffix("Regular")
        self.glyphs = self.font.getGlyphSet()
        self.outlines: dict[str, list[Any]] = {}
        self.instead: dict[str, set[str]] = {}
        for lookup in self.font["GSUB"].table.LookupList.Lookup:
            for table in lookup.SubTable:
                for glyph, other in getattr(getattr(table, "ExtSubTable", table), "mapping", {}).items():
                    self.instead.setdefault(glyph, set()).update([other] if isinstance(other, str) else other)
                for glyph, others in getattr(getattr(table, "ExtSubTable", table), "alternates", {}).items():
                    self.instead.setdefault(glyph, set()).update(others)

    def outline(self, glyph: str) -> list[Any]:
        if glyph not in self.outlines:
            self.outlines[glyph] = outline(self.glyphs, glyph)
        return self.outlines[glyph]

    def may_stand_for(self, glyph: str, character: str) -> bool:
        """Whether a glyph is the character's own or one that the font itself puts in its place."""
        todo, seen = [self.known.get(ord(character), "")], set()
        while todo:
            seen.add(name := todo.pop())
            todo += self.instead.get(name, set()) - seen
        return glyph in seen


@functools.cache
def faces() -> dict[str, Face]:
    """The bundled fonts by name."""
    return {face.name: face for face in map(Face, PRINT_FONTS)}


def outline(glyphs: Any, glyph: str) -> list[Any]:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return list(pen.value)


def wrong_glyphs(document: Path, faces: dict[str, Face]) -> tuple[int, list[str]]:
    """How many glyphs a document embeds, and those that look otherwise than the bundled font says, or that stand for a
    character that is not theirs."""
    reader, wrong, checked = PdfReader(document), [], 0
    fonts = reader.pages[0]["/Resources"]["/Font"].get_object()
    for entry in fonts.values():
        font = entry.get_object()
        face = faces[str(font["/BaseFont"]).partition("+")[2].replace("-", "")]
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        file = descriptor.get("/FontFile2") or descriptor["/FontFile3"]
        embedded = TTFont(io.BytesIO(file.get_object().get_data()))
        names, glyphs = embedded.getGlyphOrder(), embedded.getGlyphSet()
        meanings = font["/ToUnicode"].get_object().get_data().decode().partition("beginbfchar")[2]
        for code, text in re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", meanings):
            number, characters = int(code, 16), bytes.fromhex(text).decode("utf-16-be")
            checked += 1
            glyph = face.order[number]
            if outline(glyphs, names[number]) != face.outline(glyph):
                wrong.append(f"{face.name} {characters!r}: another outline")
            if len(characters) == 1 and not characters.isspace() and not face.may_stand_for(glyph, characters):
                wrong.append(f"{face.name} {characters!r}: another character's glyph, {glyph}")
    return checked, wrong
