"""The pictures that documents show: the same files as the site's, wherever these come from."""

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
"""What in a document may be the path of a picture."""


class PrintedPictures:
    """The pictures of the `targets` of one build as its documents show them: those that the site has, or will have.
    Where it has none, since only documents are built, they are made for these alone."""

    def __init__(self, maker: EvidenceMaker, targets: Iterable[Target]) -> None:
        self.maker, self.output = maker, maker.output
        self.targets = {target.path: target for target in targets if target.maker == PICTURE}
        self._made: dict[str, bytes] = {}

    def make(
        self, documents: Iterable[Target], fragments_of: Callable[[Target], Mapping[str, str]], by: Scheduler
    ) -> None:
        """Make those that some documents show and nobody has. Raises ContentError as the making of evidence does."""
        if not self.targets:
            return
        named = {path for each in documents for path in self._named(each, fragments_of(each))}
        missing = [self.targets[path] for path in sorted(named) if not self._is_there(path)]
        self._made |= {target.path: data for target, data in self.maker.made(missing, by)}

    def of(self, target: Target, fragments: Mapping[str, str]) -> Mapping[str, bytes]:
        """Those that a document shows with the fragments of its slots, by their paths on the site."""
        return {path: self._made.get(path) or self.output.changes.read(path) for path in self._named(target, fragments)}

    def _named(self, target: Target, fragments: Mapping[str, str]) -> Iterator[str]:
        if not self.targets or target.kind != "pdf":
            return
        texts = (msgspec.msgpack.encode(target.view), *(text.encode() for text in fragments.values()))
        found = {path.decode() for text in texts for path in _NAMED.findall(text)}
        yield from sorted(found & self.targets.keys())

    def _is_there(self, path: str) -> bool:
        if path in self.output.changes.staged:
            return True
        return self.output.files.is_current(path, recipe_key(self.targets[path], self.maker.context.template_set, {}))
