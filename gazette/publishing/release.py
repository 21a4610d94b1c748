"""Assembles what is to be published: the files of a built site, signed documents in their places, and the list of
checksums."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from gazette.building.output import Output
from gazette.files import checksums
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem
from gazette.publishing.manifest import Manifest, PublishedFile, digest_of

Source = Path | bytes
"""The file that holds the bytes, or the bytes themselves."""


class Release(NamedTuple):
    """A manifest, and where the bytes of its files come from, by path."""

    manifest: Manifest
    sources: Mapping[str, Source]

    def bytes_of(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError, also if the file has changed since."""
        source = self.sources[path]
        data = source if isinstance(source, bytes) else source.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.manifest.files[path].sha256:
            raise OSError(f"{path} was changed meanwhile")
        return data

    def changed_since(self, before: Manifest | None) -> list[str]:
        """Return the paths whose bytes are new or differ from the release `before` (None: all paths)."""
        files_before = before.files if before else {}
        return sorted(path for path, file in self.manifest.files.items() if files_before.get(path) != file)

    def gone_since(self, before: Manifest | None) -> list[str]:
        """Return the paths that the release `before` had and this one does not."""
        return sorted((before.files.keys() if before else set()) - self.manifest.files.keys())


class About(NamedTuple):
    """What a release states about itself besides its files."""

    at: datetime.datetime
    titles: tuple[str, ...]
    edition: int | None
    by: str
    snapshot: bytes


def gathered(output: Output, signed: Path | None, about: About, extra: Mapping[str, Source]) -> Release:
    """Return the release of what was built into `output`, with `extra` files.

    Documents in the folder `signed` replace those that they were made from. The list of checksums covers what is
    published, except compressed forms, which visitors do not get under their own names. Raises ContentError for a file
    that differs from what was built, and for a signed document of another build.
    """
    sources: dict[str, Source] = {path: output.folder / path for path in output.files.records}
    problems = [_altered(output, path) for path in sources if not _is_as_built(output, path)]
    if signed is not None and not problems:
        problems += _take_in(sources, signed)
    if problems:
        raise ContentError(problems)
    sources |= extra
    built = {path: PublishedFile(each.size, each.digest) for path, each in output.files.records.items()}
    files = {
        path: built[path] if source == output.folder / path else _described(source) for path, source in sources.items()
    }
    if checksums.NAME in sources:
        sources[checksums.NAME] = sums = _sums((output.folder / checksums.NAME).read_text("utf-8"), files)
        files[checksums.NAME] = _described(sums)
    id = f"{about.at:%Y%m%d-%H%M%S}-{digest_of(files)[:8]}"
    at = about.at.isoformat(timespec="minutes")
    manifest = Manifest(
        id=id,
        at=at,
        edition=about.edition,
        titles=about.titles,
        files=files,
        by=about.by,
        snapshot=about.snapshot,
        signed=tuple(path for path, source in sorted(sources.items()) if _lies_in(signed, source)),
    )
    return Release(manifest, sources)


def with_others(release: Release, others: Mapping[str, Path], signed: tuple[str, ...]) -> Release:
    """Return the release with some files replaced by `others`, of which `signed` (paths) are signed. The list of
    checksums is adapted."""
    files = {**release.manifest.files, **{path: _described(source) for path, source in others.items()}}
    sources = {**release.sources, **others}
    if checksums.NAME in files:
        sources[checksums.NAME] = sums = _sums(release.bytes_of(checksums.NAME).decode(), files)
        files[checksums.NAME] = _described(sums)
    id = f"{release.manifest.id.rpartition('-')[0]}-{digest_of(files)[:8]}"
    return Release(msgspec.structs.replace(release.manifest, id=id, files=files, signed=signed), sources)


def _lies_in(folder: Path | None, source: Source) -> bool:
    return folder is not None and isinstance(source, Path) and source.is_relative_to(folder)


def _is_as_built(output: Output, path: str) -> bool:
    file = output.folder / path
    return file.is_file() and checksums.digest_of(file) == output.files.records[path].digest


def _altered(output: Output, path: str) -> Problem:
    return Problem.at(display_path(output.folder / path), 0, 0, "publish_altered")


def _take_in(sources: dict[str, Source], signed: Path) -> list[Problem]:
    """Replace documents in `sources` by their signed forms, which begin with the same bytes: a signature is appended.
    Return the problems."""
    problems = []
    for document in sorted(signed.rglob("*.pdf")):
        path, path_shown = document.relative_to(signed).as_posix(), display_path(document)
        built = sources.get(path)
        if built is None:
            problems.append(Problem.at(path_shown, 0, 0, "publish_signed_strange"))
        elif not document.read_bytes().startswith(built if isinstance(built, bytes) else built.read_bytes()):
            problems.append(Problem.at(path_shown, 0, 0, "publish_signed_stale"))
        else:
            sources[path] = document
    return problems


def _sums(built: str, files: Mapping[str, PublishedFile]) -> bytes:
    """Return the list of checksums of the files that the built list names, as they are published."""
    listed, _ = checksums.read(built)
    return checksums.written({path: files[path].sha256 for path in listed}).encode()


def _described(source: Source) -> PublishedFile:
    data = source if isinstance(source, bytes) else source.read_bytes()
    return PublishedFile(len(data), hashlib.sha256(data).hexdigest())
