"""The files that are made from other files of the site: style sheet, sums of what is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from graphlib import TopologicalSorter
from typing import NamedTuple

from gazette.building.causes import Reason, as_text
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reasons import Outcome, RebuildReasons
from gazette.building.stamps import stamp_of
from gazette.files import checksums
from gazette.rendering.jinja import render_template
from gazette.rendering.recipe import recipe_key
from gazette.rendering.templates import TemplateSet
from gazette.site import data_format
from gazette.site.target import Target
from gazette.site.views.exports import BookView
from gazette.site.views.files import DataView


def is_derived(target: Target) -> bool:
    return target.maker in MAKERS


def make_derived(
    targets: Sequence[Target],
    output: Output,
    template_set: TemplateSet,
    outcome: Outcome,
    reasons: RebuildReasons,
) -> dict[str, tuple[Reason, ...]]:
    """The derived targets that are not there already, made and staged, each after those that it is made from, with what
    the build did before. Returns the reasons, by path."""
    found: dict[str, tuple[Reason, ...]] = {}
    for target in in_order(targets):
        needed = {path: output.changes.digest_of(path) for path in target.needs}
        needed |= {
            path: digest
            for path, digest in output.changes.digests(target.needs_kinds)
            if path not in outcome.gone and path != target.path
        }
        digests = {slot.name: output.database.fragments.digest(slot.name) for slot in target.slots}
        own = recipe_key(target, template_set, digests, needed)
        if output.files.is_current(target.path, own):
            continue
        behind = (reason for path in needed for reason in {**outcome.why, **found}.get(path, ()))
        found[target.path] = reasons.of_derived(target, own, behind)
        sources = Sources(needed, output.changes.read, partial(_fragments, target, output))
        data = MAKERS[target.maker](target, sources, template_set)
        output.changes.stage(target.path, data, Origin("", target.kind, own, as_text(found[target.path])))
    return found


def in_order(targets: Iterable[Target]) -> list[Target]:
    """Derived targets, each after those that it is made from. Raises graphlib.CycleError where that cannot be."""
    known = {target.path: target for target in targets}
    graph: TopologicalSorter[str] = TopologicalSorter()
    for path, target in known.items():
        gathered = (other.path for other in known.values() if other.kind in target.needs_kinds and other is not target)
        graph.add(path, *(need for need in target.needs if need in known), *gathered)
    return [known[path] for path in graph.static_order()]


class Sources(NamedTuple):
    """What a target is made from: the digests of files by path, how these are read, and what the units add to it."""

    needed: Mapping[str, str]
    read: Callable[[str], bytes]
    fragments: Callable[[], str]


def _fragments(target: Target, output: Output) -> str:
    table = output.database.fragments
    return "".join(table.joined(slot, target.between(slot)) for slot in target.slots)


def _style(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:
    """A style sheet without the gaps and comments that only its authors read (but those that begin with `!`): a fifth
    of what a first visit has to wait for."""
    from rcssmin import cssmin

    stamps = {path: stamp_of(digest) for path, digest in sources.needed.items()}
    variables = {"view": target.view, "stamps": stamps}
    text = render_template(template_set, target.template or "", target.path, variables)
    return f"{cssmin(text, keep_bang_comments=True)}\n".encode()


def _sums(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001 - as all makers
    """As `sha256sum` writes and checks it."""
    return checksums.written(sources.needed).encode()


def _files(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """The table of the files of evidence, with what is known of them once they are made."""
    view = target.view
    assert isinstance(view, DataView)
    rows = data_format.on_day(sources.fragments(), view.as_of)
    return f"{view.before}{data_format.with_facts(rows, partial(_fact, sources))}{view.after}".encode()


def _fact(sources: Sources, path: str, name: str) -> str:
    """The size (octets) or the digest of a file."""
    return str(len(sources.read(path))) if name == data_format.SIZE else sources.needed[path]


def _facts(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """A text that tells the size and the digest of files."""
    assert isinstance(target.view, str)
    return data_format.with_facts(target.view, partial(_fact, sources)).encode()


def _book(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """The rows of tables as a workbook."""
    from gazette.rendering.books import book

    assert isinstance(target.view, BookView)
    return book(target.view, lambda path: sources.read(path).decode())


MAKERS: dict[str, Callable[[Target, Sources, TemplateSet], bytes]] = {
    "style": _style,
    "sums": _sums,
    "files": _files,
    "facts": _facts,
    "book": _book,
}
