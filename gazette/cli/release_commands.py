"""Implements what publishing offers without a site: list the releases at a destination, go back to one, unlock."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gazette.cli.console import agreed, say, sentence
from gazette.cli.destinations import address_of, edition_shown, make_up, open_named, owner, visited

if TYPE_CHECKING:
    from gazette.publishing.destination import Publisher
    from gazette.reading.destinations import Named


def without_site(options: argparse.Namespace, named: Named) -> None:
    """List the releases at a destination, go back to one, or remove the lock. Raises Refused, OSError."""
    language = options.messages
    publisher = open_named(options, named, "", makes=False)
    if options.unlock:
        publisher.unlock()
        say(sentence("publish_unlocked", language, name=options.asked[0]))
    elif options.list:
        _list(publisher, language)
        make_up(options, publisher)
    else:
        _roll_back(options, named, publisher)


def _list(publisher: Publisher, language: str) -> None:
    """Print a line for each release, the oldest first, with the public one marked."""
    live, kept = publisher.live(), publisher.kept()
    for each in kept:
        code = "release_live" if live and each.id == live.id else "release_kept"
        edition = edition_shown(each.edition, language)
        values = {"id": each.id, "at": each.moment, "by": each.by, "files": len(each.files), "edition": edition}
        say(sentence(code, language, **values, digest=each.digest))
    if not kept:
        say(sentence("release_none", language))


def _roll_back(options: argparse.Namespace, named: Named, publisher: Publisher) -> None:
    from gazette.publishing.publish import way_back

    language, name = options.messages, options.asked[0]
    way_back(publisher, options.rollback)  # refuses before anything is locked, also if the folder is missing
    with publisher.locked(owner()):
        make_up(options, publisher)
        wanted = way_back(publisher, options.rollback)
        values = {"name": name, "id": wanted.id, "at": wanted.moment}
        if not options.yes and not agreed(sentence("rollback_ask", language, **values), "publish_unasked", language):
            say(sentence("publish_left", language))
            return
        publisher.go_back(wanted)
    say(sentence("rolled_back", language, **values))
    if address := address_of(named.destination.base_url):
        visited(address, wanted, [*wanted.files], language)
