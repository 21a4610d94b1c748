"""Makes the files that are made from other files of the site: style sheets, checksums, tables of files, workbooks."""

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
    """Return whether a target is made from other files of the site."""
    return target.maker in MAKERS


def make_derived(
    targets: Sequence[Target],
    output: Output,
    template_set: TemplateSet,
    outcome: Outcome,
    reasons: RebuildReasons,
) -> dict[str, tuple[Reason, ...]]:
    """Make and stage the derived targets that are not current, each after those it is made from. `outcome` is what the
    build made before. Return the reasons, by path."""
    reasons_by_path: dict[str, tuple[Reason, ...]] = {}
    for target in in_order(targets):
        needed = {path: output.changes.digest_of(path) for path in target.needs}
        needed |= {
            path: digest
            for path, digest in output.changes.digests(target.needs_kinds)
            if path not in outcome.gone and path != target.path
        }
        digests = {slot.name: output.database.fragments.digest(slot.name) for slot in target.slots}
        key = recipe_key(target, template_set, digests, needed)
        if output.files.is_current(target.path, key):
            continue
        behind = (reason for path in needed for reason in {**outcome.why, **reasons_by_path}.get(path, ()))
        reasons_by_path[target.path] = reasons.of_derived(target, key, behind)
        sources = Sources(needed, output.changes.read, partial(_fragments, target, output))
        data = MAKERS[target.maker](target, sources, template_set)
        output.changes.stage(target.path, data, Origin("", target.kind, key, as_text(reasons_by_path[target.path])))
    return reasons_by_path


def in_order(targets: Iterable[Target]) -> list[Target]:
    """Return derived targets in an order in which each follows those it is made from. Raises graphlib.CycleError if two
    need each other."""
    by_path = {target.path: target for target in targets}
    graph: TopologicalSorter[str] = TopologicalSorter()
    for path, target in by_path.items():
        gathered = (
            other.path for other in by_path.values() if other.kind in target.needs_kinds and other is not target
        )
        graph.add(path, *(need for need in target.needs if need in by_path), *gathered)
    return [by_path[path] for path in graph.static_order()]


class Sources(NamedTuple):
    """What a target is made from. `needed`: `{path: SHA-256}` of other files; `read` returns the bytes of one;
    `fragments` returns what the units add to the target, joined."""

    needed: Mapping[str, str]
    read: Callable[[str], bytes]
    fragments: Callable[[], str]


def _fragments(target: Target, output: Output) -> str:
    table = output.database.fragments
    return "".join(table.joined(slot, target.between(slot)) for slot in target.slots)


def _style(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:
    """Return a style sheet without whitespace and comments, except those that begin with `!`. This saves a fifth of the
    bytes a first visit waits for."""
    from rcssmin import cssmin

    stamps = {path: stamp_of(digest) for path, digest in sources.needed.items()}
    variables = {"view": target.view, "stamps": stamps}
    text = render_template(template_set, target.template or "", target.path, variables)
    return f"{cssmin(text, keep_bang_comments=True)}\n".encode()


def _sums(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001 - as all makers
    """Return the checksums in the format of `sha256sum`."""
    return checksums.written(sources.needed).encode()


def _files(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """Return the table of evidence files, with the size and digest of each."""
    view = target.view
    assert isinstance(view, DataView)
    rows = data_format.on_day(sources.fragments(), view.as_of)
    return f"{view.before}{data_format.with_facts(rows, partial(_fact, sources))}{view.after}".encode()


def _fact(sources: Sources, path: str, name: str) -> str:
    """Return the size (bytes) or the SHA-256 of a file, as text; `name` says which."""
    return str(len(sources.read(path))) if name == data_format.SIZE else sources.needed[path]


def _facts(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """Return a text with the sizes and digests of files filled in."""
    assert isinstance(target.view, str)
    return data_format.with_facts(target.view, partial(_fact, sources)).encode()


def _book(target: Target, sources: Sources, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """Return tables as a workbook (XLSX)."""
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
