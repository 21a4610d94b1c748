"""Does what all commands at a destination share: opens it, records what was left unrecorded, and visits the site."""

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
    """Return the destination that the command names. Raises ContentError with all problems of publish.yaml and, if
    `asks`, of the destination itself."""
    from gazette.reading.destinations import find_destination

    result = find_destination(options.content, options.asked[0])
    problems = [*result.problems]
    if asks and result.named:
        problems += _in_the_way(options, result.named)
    if problems:
        raise ContentError(problems)
    assert result.named is not None
    return result.named


def _in_the_way(options: argparse.Namespace, named: Named) -> list[Problem]:
    from gazette.messages.progress import Progress
    from gazette.publishing.asking import in_the_way

    with contextlib.closing(Progress(sys.stderr, options.messages)) as progress:
        progress.tell("reaching")
        try:
            refusals = in_the_way(named.destination, options.content)
        except OSError as error:
            return [told_by_system(error)]
    return [Problem.at(named.path, named.line, 0, refused.code, **refused.values) for refused in refusals]


def open_named(options: argparse.Namespace, named: Named, address: str, makes: bool = True) -> Publisher:
    """Open the destination. `address` is that of the site. Makes its folder if `makes`. Raises Refused, OSError."""
    from gazette.publishing.opening import open_destination

    return open_destination(named.destination, options.content, address, _note, makes)


def owner() -> Owner:
    """Return who publishes, for the lock."""
    from gazette.publishing.locking import Owner

    return Owner(getpass.getuser(), datetime.datetime.now().astimezone().isoformat(timespec="seconds"))


def edition_shown(number: int | None, language: str) -> str:
    """Return an edition's number in words."""
    return sentence("release_edition" if number else "release_no_edition", language, number=number)


def address_of(base_url: str | None) -> str:
    """Return the address of a site with a slash at its end; "" if it has none."""
    return f"{base_url.rstrip('/')}/" if base_url else ""


def _note(files: int, changed: int, gone: int) -> str:
    """Return the text that lies beside a package, in every language."""
    values = {"files": files, "changed": changed, "gone": gone}
    return "\n".join(sentence("package_note", language, **values) for language in languages())


def make_up(options: argparse.Namespace, publisher: Publisher) -> bool:
    """Record a public release whose publisher was cut off before it could. With `--list` or `--dry-run` only report it.
    Return whether anything was recorded."""
    from gazette.publishing.recorded import unrecorded

    live = publisher.live()
    missing = unrecorded(options.content, live, publisher.kept_note())
    if live is None or missing is None:
        return False
    values = {"id": live.id, "at": live.moment, "pages": missing.pages, "lines": missing.lines}
    if options.list or options.dry_run:
        say(sentence("publish_unrecorded", options.messages, **values))
        return False
    missing.write(options.content)
    publisher.keep_note(None)
    say(sentence("publish_made_up", options.messages, **values))
    return bool(missing.files)


def visited(address: str, manifest: Manifest, changed: list[str], language: str) -> dict[str, Any]:
    """Visit the published site, print what visitors get, and return it for the report."""
    from gazette.publishing.visiting import visit

    result = visit(address, manifest, changed)
    if result.asked:
        for problem in result.otherwise:
            complain(problem.show(language))
        say(sentence("publish_visited", language, count=result.asked, wrong=len(result.otherwise), address=address))
    else:
        say(sentence("publish_unvisited", language, address=address))
    if result.headers:
        say(sentence("publish_headers", language, names="; ".join(result.headers)))
    return {
        "visited": result.asked,
        "otherwise": [problem.message(language) for problem in result.otherwise],
        "headers_missing": [*result.headers],
    }
