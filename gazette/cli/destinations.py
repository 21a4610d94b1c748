"""What every command at a destination needs: that open, what was left undone there, and what visitors get of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gazette.cli.console import complain, say, sentence
from gazette.files.paths import display_path
from gazette.messages.catalogue import languages

if TYPE_CHECKING:
    from gazette.model.records.destinations import PackageDestination
    from gazette.publishing.destination import Publisher
    from gazette.publishing.manifest import Manifest
    from gazette.reading.destinations import Named


def open_named(options: argparse.Namespace, named: Named, address: str) -> Publisher:
    from gazette.publishing.opening import open_destination

    return open_destination(named.destination, options.content, address, _note)


def address_of(base_url: str | None) -> str:
    """The address that the paths of a site follow, with a slash at its end; empty where there is none."""
    return f"{base_url.rstrip('/')}/" if base_url else ""


def _note(files: int, changed: int, gone: int) -> str:
    """What stands beside a package, in every language."""
    values = {"files": files, "changed": changed, "gone": gone}
    return "\n".join(sentence("package_note", language, **values) for language in languages())


def make_up(options: argparse.Namespace, publisher: Publisher) -> bool:
    """Record what is public where whoever published it was cut off before; only told where nothing is to be written.
    Returns whether something was recorded."""
    from gazette.publishing.recorded import unrecorded

    live = publisher.live()
    found = unrecorded(options.content, live, publisher.kept_note())
    if live is None or found is None:
        return False
    values = {"id": live.id, "at": live.moment, "pages": found.pages, "lines": found.lines}
    if options.list or options.dry_run:
        say(sentence("publish_unrecorded", options.messages, **values))
        return False
    found.write(options.content)
    publisher.keep_note(None)
    say(sentence("publish_made_up", options.messages, **values))
    return bool(found.files)


def to_upload(options: argparse.Namespace, destination: PackageDestination, id: str) -> None:
    """Say where the package lies that somebody has to upload before visitors get it."""
    from gazette.publishing.places.package import NOTE

    place = display_path((options.content / destination.path / id).resolve())
    say(sentence("publish_packed", options.messages, place=place, note=NOTE))


def visited(address: str, manifest: Manifest, changed: list[str], language: str) -> dict[str, Any]:
    """Look at the published site as visitors get it."""
    from gazette.publishing.visiting import visit

    found = visit(address, manifest, changed)
    if found.asked:
        for problem in found.otherwise:
            complain(problem.show(language))
        say(sentence("publish_visited", language, count=found.asked, wrong=len(found.otherwise), address=address))
    else:
        say(sentence("publish_unvisited", language, address=address))
    if found.headers:
        say(sentence("publish_headers", language, names="; ".join(found.headers)))
    return {
        "visited": found.asked,
        "otherwise": [problem.message(language) for problem in found.otherwise],
        "headers_missing": [*found.headers],
    }
