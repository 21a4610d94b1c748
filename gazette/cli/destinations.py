"""What every command at a destination needs: that found and open, what was left undone there, and what visitors get."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import getpass
import sys
from typing import TYPE_CHECKING, Any

from gazette.cli.console import complain, say, sentence, told_by_system
from gazette.messages.catalogue import languages
from gazette.messages.problems import ContentError, Problem

if TYPE_CHECKING:
    from gazette.publishing.destination import Publisher
    from gazette.publishing.locking import Owner
    from gazette.publishing.manifest import Manifest
    from gazette.reading.destinations import Named


def find_named(options: argparse.Namespace, asks: bool) -> Named:
    """The destination that is asked for. Raises ContentError with all that is wrong in publish.yaml and, where the
    destination is to be asked, with what stands in the way there."""
    from gazette.reading.destinations import find_destination

    found = find_destination(options.content, options.asked[0])
    problems = [*found.problems]
    if asks and found.named:
        problems += _in_the_way(options, found.named)
    if problems:
        raise ContentError(problems)
    assert found.named is not None
    return found.named


def _in_the_way(options: argparse.Namespace, named: Named) -> list[Problem]:
    from gazette.messages.progress import Progress
    from gazette.publishing.asking import in_the_way

    with contextlib.closing(Progress(sys.stderr, options.messages)) as progress:
        progress.tell("reaching")
        try:
            found = in_the_way(named.destination, options.content)
        except OSError as error:
            return [told_by_system(error)]
    return [Problem.at(named.path, named.line, 0, refused.code, **refused.values) for refused in found]


def open_named(options: argparse.Namespace, named: Named, address: str, makes: bool = True) -> Publisher:
    from gazette.publishing.opening import open_destination

    return open_destination(named.destination, options.content, address, _note, makes)


def owner() -> Owner:
    """Who publishes, for those who find the lock."""
    from gazette.publishing.locking import Owner

    return Owner(getpass.getuser(), datetime.datetime.now().astimezone().isoformat(timespec="seconds"))


def edition_shown(number: int | None, language: str) -> str:
    return sentence("release_edition" if number else "release_no_edition", language, number=number)


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
