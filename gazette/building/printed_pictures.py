"""Finds the pictures that documents print: the same files as the site's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from gazette.building.evidence import EvidenceMaker
from gazette.building.scheduler import Scheduler
from gazette.lazy_re import pattern
from gazette.model.records.evidence_files import FOLDER, WIDTHS
from gazette.planning.evidence import PICTURE
from gazette.rendering.recipe import recipe_key
from gazette.site.target import Target

_NAMED = pattern(rf"{FOLDER}/[a-z0-9/-]+-{WIDTHS[-1]}\.jpg".encode())
"""What may be the path of a picture in a document."""


class PrintedPictures:
    """The pictures that documents print, out of the `targets` of one build. If the site does not have a picture, as
    when only documents are built, it is made for the documents alone."""

    def __init__(self, maker: EvidenceMaker, targets: Iterable[Target]) -> None:
        self.maker, self.output = maker, maker.output
        self.targets = {target.path: target for target in targets if target.maker == PICTURE}
        self._made: dict[str, bytes] = {}

    def make(
        self, documents: Iterable[Target], fragments_of: Callable[[Target], Mapping[str, str]], by: Scheduler
    ) -> None:
        """Make the pictures that some documents show and the site does not have. Raises ContentError as
        `EvidenceMaker.made` does."""
        if not self.targets:
            return
        printed = {path for each in documents for path in self._named(each, fragments_of(each))}
        missing = [self.targets[path] for path in sorted(printed) if not self._is_there(path)]
        self._made |= {target.path: data for target, data in self.maker.made(missing, by)}

    def of(self, target: Target, fragments: Mapping[str, str]) -> Mapping[str, bytes]:
        """Return the pictures that a document shows with the fragments of its slots: `{path on the site: bytes}`."""
        return {path: self._made.get(path) or self.output.changes.read(path) for path in self._named(target, fragments)}

    def _named(self, target: Target, fragments: Mapping[str, str]) -> Iterator[str]:
        """Yield the paths of the pictures that a document names, sorted."""
        if not self.targets or target.kind != "pdf":
            return
        texts = (msgspec.msgpack.encode(target.view), *(text.encode() for text in fragments.values()))
        matches = {path.decode() for text in texts for path in _NAMED.findall(text)}
        yield from sorted(matches & self.targets.keys())

    def _is_there(self, path: str) -> bool:
        """Return whether the site has a picture in its current form, or will."""
        if path in self.output.changes.staged:
            return True
        return self.output.files.is_current(path, recipe_key(self.targets[path], self.maker.context.template_set, {}))
