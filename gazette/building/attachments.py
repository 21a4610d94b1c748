"""Attaches files of the site to documents. If only the files changed, the document is not laid out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from gazette.building.output import Output
from gazette.rendering.recipe import recipe_key_without_files
from gazette.rendering.render import render
from gazette.rendering.templates import TemplateSet
from gazette.site.target import Target


class Attachments:
    """The files attached to the documents of one build. `fragments_of` returns the fragments of a target's slots, by
    slot."""

    def __init__(
        self, output: Output, template_set: TemplateSet, fragments_of: Callable[[Target], Mapping[str, str]]
    ) -> None:
        self.output, self.fragments_of = output, fragments_of
        # The documents of all languages carry the same files: render each once.
        self.bytes_of = lru_cache(maxsize=None)(lambda target: render(target, template_set, fragments_of(target))[0])

    def laid_out(self, target: Target, key: str) -> bytes | None:
        """Return the existing document without its files, or None if it must be laid out again for this `key`."""
        record = self.output.files.records.get(target.path)
        if (
            not target.attachments
            or record is None
            or recipe_key_without_files(record.key) != recipe_key_without_files(key)
        ):
            return None
        if self.output.files.tampering(target.path):
            return None
        data = self.output.changes.read(target.path)
        if hashlib.sha256(data).hexdigest() != record.digest:
            return None
        from gazette.pdf.attach import detach

        return detach(data)

    def attach(self, target: Target, document: bytes) -> bytes:
        """Return a laid-out document with its files attached, if it has any."""
        if not target.attachments:
            return document
        from gazette.pdf.attach import File, attach

        return attach(
            document,
            [
                File(one.target.path.rpartition("/")[2], self.bytes_of(one.target), one.about, one.day)
                for one in target.attachments
            ],
        )
