"""Implements the command that publishes: check the destination, build, ask a person, send and verify, in this order."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import getpass
import sys
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from gazette.cli.console import agreed, check_somebody_can_be_asked, say, sentence, tell_warning
from gazette.cli.destinations import address_of, edition_shown, find_named, make_up, open_named, owner, visited
from gazette.cli.release_commands import without_site
from gazette.cli.report import write_report
from gazette.cli.settings import place_of, settings
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem

if TYPE_CHECKING:
    from gazette.building.output import Output
    from gazette.messages.progress import Progress
    from gazette.publishing.destination import Publisher
    from gazette.publishing.gates import Judged
    from gazette.publishing.manifest import Manifest
    from gazette.publishing.recorded import Recorded
    from gazette.publishing.release import Release
    from gazette.reading.destinations import Named
    from gazette.reading.loaded_content import LoadedContent


class _Prepared(NamedTuple):
    """What is ready to be published: the content, the release, and what to record once it is public."""

    opened: LoadedContent
    release: Release
    recorded: Recorded


def command_publish(options: argparse.Namespace) -> None:
    """Publish the site at a destination; or list the releases there, or go back to one."""
    from gazette.publishing.refused import Refused

    needs_site = not (options.list or options.unlock or options.rollback is not None)
    if needs_site and not (options.yes or options.dry_run):
        check_somebody_can_be_asked("publish_unasked")
    named = find_named(options, needs_site)
    try:
        if needs_site:
            _publish(options, named)
        else:
            without_site(options, named)
    except Refused as error:
        raise ContentError([Problem.at(named.path, named.line, 0, error.code, **error.values)]) from None


def _publish(options: argparse.Namespace, named: Named) -> None:
    from gazette.publishing.gates import check_same_site
    from gazette.publishing.kept_documents import with_documents_kept

    started = time.monotonic()
    ready = _prepare(options, named, started)
    assert ready.opened.content is not None
    address = address_of(named.destination.base_url or ready.opened.content.site.base_url)
    publisher = open_named(options, named, address, makes=not options.dry_run)
    by_hand = publisher.by_hand
    with contextlib.nullcontext() if options.dry_run else publisher.locked(owner()):
        if make_up(options, publisher):  # pages state the dates that were missing, so build again
            ready = _prepare(options, named, started)
        live = publisher.live()
        check_same_site(live, ready.release.manifest)
        if options.keep_documents and live:
            ready = ready._replace(release=with_documents_kept(ready.release, publisher, live, options.cache))
        outcome = _tell(options, live, ready, _judged(options, ready, started))
        if outcome is None:
            return
        outcome |= _send(options, named, publisher, ready)
    changed = outcome.pop("changed")
    if address and by_hand is None:
        outcome |= visited(address, ready.release.manifest, changed, options.messages)
    outcome["seconds"] = round(time.monotonic() - started, 1)
    if by_hand:
        package = display_path((by_hand.folder / outcome["release"]).resolve())
        say(sentence("publish_packed", options.messages, place=package, note=by_hand.guide))
    else:
        values = {"name": options.asked[0], "id": outcome["release"], "seconds": outcome["seconds"]}
        say(sentence("published", options.messages, **values))
    if options.report:
        write_report(options.report, outcome)


def _progress(options: argparse.Namespace, started: float) -> Progress:
    from gazette.messages.progress import Progress

    return Progress(sys.stderr, options.messages, started)


def _prepare(options: argparse.Namespace, named: Named, started: float) -> _Prepared:
    """Build the site as it is to be published. Raises ContentError."""
    with contextlib.closing(_progress(options, started)) as progress:
        return _prepared(options, named, progress)


def _prepared(options: argparse.Namespace, named: Named, progress: Progress) -> _Prepared:
    from gazette.building.database.layout import Unreadable
    from gazette.building.database.reader import shown_pages
    from gazette.building.opening import open_cache, open_content
    from gazette.building.output import Output
    from gazette.building.pipeline import run
    from gazette.publishing.recorded import recorded

    moment = options.at or datetime.datetime.now().astimezone()
    asked = replace(settings(options), release=True, published_at=moment)
    output_place = place_of(options)
    output = Output(*output_place)
    run(output, asked, partial(tell_warning, options.messages, progress=progress), lambda _: "", progress)
    opened = open_content(asked, open_cache(asked))
    release = _gathered(options, named, output, opened, moment)
    try:
        pages = shown_pages(output_place.database)
    except Unreadable as error:
        raise ContentError([Problem.of_folder(output_place.shown, "output_kept_lost", reason=error)]) from None
    return _Prepared(opened, release, recorded(opened, pages, moment))


def _gathered(
    options: argparse.Namespace, named: Named, output: Output, opened: LoadedContent, moment: datetime.datetime
) -> Release:
    """Return the built site as a release for its destination: with compressed files, files for web servers, and signed
    documents, as it takes them. Raises ContentError."""
    from gazette.model.records.publications import in_zone
    from gazette.publishing.compressing import compressed
    from gazette.publishing.gates import packed_snapshot
    from gazette.publishing.release import About, Source, gathered
    from gazette.publishing.served import MOVED, for_web_server, moved

    assert opened.content is not None
    site, editions = opened.content.site, opened.content.editions
    about = About(
        at=in_zone(moment, site.timezone),
        titles=tuple(site.title.values()),
        edition=editions[-1].number if editions else None,
        by=getpass.getuser(),
        snapshot=packed_snapshot(opened),
    )
    digests = {path: record.digest for path, record in output.files.records.items()}
    packed = compressed(output.folder, digests, named.destination.compressed, options.cache)
    extra = dict[str, Source](packed)
    if named.destination.has_releases:
        extra |= for_web_server(output.folder, digests, packed)
        extra[MOVED] = moved(about.snapshot, opened.content.languages, digests)
    signed = options.signed if options.signed.is_dir() and not options.keep_documents else None
    return gathered(output, signed, about, extra)


def _judged(options: argparse.Namespace, ready: _Prepared, started: float) -> Judged:
    """Return the validator's verdict on the documents to be published. Raises ContentError."""
    from gazette.publishing.gates import judge

    with contextlib.closing(_progress(options, started)) as progress:
        progress.tell("validating")
        return judge(ready.release, options.cache)


def _tell(
    options: argparse.Namespace, live: Manifest | None, ready: _Prepared, judged: Judged
) -> dict[str, Any] | None:
    """Print what would be published, and ask. Return it in the form of the report; None if it is not to be
    published."""
    from gazette.cli.changes_told import lines, summed_up
    from gazette.publishing.gates import changes_since

    language, name, manifest = options.messages, options.asked[0], ready.release.manifest
    changed, gone = ready.release.changed_since(live), ready.release.gone_since(live)
    size = sum(manifest.files[path].size for path in changed)
    if live and not changed and not gone:
        say(sentence("publish_nothing", language, name=name, id=live.id))
        return None
    changes = changes_since(live, manifest)
    said = [*lines(changes, language)]
    say(summed_up(changes, language) if live else sentence("publish_first", language, name=name))
    for line in said:
        say(f"  {line}")
    values = {"changed": len(changed), "gone": len(gone), "files": len(manifest.files), "size": _megabytes(size)}
    say(sentence("publish_files", language, **values))
    code = "publish_judged" if judged.is_known else "publish_unjudged"
    say(sentence(code, language, right=judged.right, silent=judged.silent))
    _check_signed(options, live, manifest)
    if options.dry_run:
        say(sentence("publish_dry_run", language))
        return None
    question = sentence("publish_ask", language, name=name, edition=edition_shown(manifest.edition, language))
    if not options.yes and not agreed(question, "publish_unasked", language):
        say(sentence("publish_left", language))
        return None
    documents = {"right": judged.right, "unclaimed": judged.silent} if judged.is_known else None
    return {"destination": name, "release": manifest.id, "at": manifest.at, "edition": manifest.edition} | {
        "changes": said,
        "changed": changed,
        "removed": gone,
        "documents": documents,
        "digest": manifest.digest,
    }


def _check_signed(options: argparse.Namespace, live: Manifest | None, manifest: Manifest) -> None:
    """Print that signed documents would be replaced by unsigned ones. With `--yes`, where nobody would read that, raise
    Refused."""
    from gazette.publishing.gates import no_longer_signed
    from gazette.publishing.refused import Refused

    if unsigned := no_longer_signed(live, manifest):
        values = {"found": unsigned[0], "count": len(unsigned)}
        if options.yes and not options.dry_run:
            raise Refused("publish_unsigned", **values)
        say(sentence("publish_no_longer_signed", options.messages, **values))


def _send(options: argparse.Namespace, named: Named, publisher: Publisher, ready: _Prepared) -> dict[str, Any]:
    """Send the release, make it public, and record that. Return what was done, in the form of the report."""
    from gazette.publishing.publish import Recording, publish
    from gazette.publishing.recorded import note_of

    language, recorded = options.messages, ready.recorded
    note = note_of(ready.release.manifest, recorded)
    with contextlib.closing(_progress(options, time.monotonic())) as progress:
        done = publish(
            publisher,
            ready.release,
            named.destination.keep,
            Recording(note, partial(recorded.write, options.content)),
            lambda number, count: progress.tell("sending", number, count),
        )
    values = {"files": done.sent.files, "size": _megabytes(done.sent.bytes), "kept": done.sent.kept}
    say(sentence("publish_sent", language, **values))
    say(sentence("publish_recorded", language, pages=recorded.pages, lines=recorded.lines))
    if done.pruned:
        say(sentence("publish_pruned", language, count=len(done.pruned), names=", ".join(done.pruned)))
    return {"sent": done.sent.files, "bytes": done.sent.bytes, "kept": done.sent.kept, "pruned": [*done.pruned]}


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
