"""The files that are made from other files of the site: style sheet, sums of what is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from gazette.building.changed_inputs import Reason
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reasons import Outcome, RebuildReasons, as_text
from gazette.building.stamps import stamp_of
from gazette.files import checksums
from gazette.rendering.jinja import render_template
from gazette.rendering.recipe import recipe_key
from gazette.rendering.templates import TemplateSet
from gazette.site.target import Target


def is_derived(target: Target) -> bool:
    return bool(target.needs or target.needs_kinds)


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
        own = recipe_key(target, template_set, {}, needed)
        if output.files.is_current(target.path, own):
            continue
        behind = (reason for path in needed for reason in {**outcome.why, **found}.get(path, ()))
        found[target.path] = reasons.of_derived(target, own, behind)
        data = MAKERS[target.maker](target, needed, output.changes.read, template_set)
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


Read = Callable[[str], bytes]


def _style(target: Target, needed: Mapping[str, str], read: Read, template_set: TemplateSet) -> bytes:  # noqa: ARG001 - as all makers
    stamps = {path: stamp_of(digest) for path, digest in needed.items()}
    return render_template(
        template_set, target.template or "", target.path, {"view": target.view, "stamps": stamps}
    ).encode()


def _sums(target: Target, needed: Mapping[str, str], read: Read, template_set: TemplateSet) -> bytes:  # noqa: ARG001
    """As `sha256sum` writes and checks it."""
    return checksums.written(needed).encode()


MAKERS: dict[str, Callable[[Target, Mapping[str, str], Read, TemplateSet], bytes]] = {
    "style": _style,
    "sums": _sums,
}
