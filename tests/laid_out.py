"""Renders what documents are laid out from (their HTML, with the lines of all units), and prints those of one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from compiled import compiled

from gazette.building import opening
from gazette.building.frozen import read_snapshot
from gazette.building.settings import Settings
from gazette.building.unit_job import BuildContext, UnitJob, check_unit
from gazette.model.forms.record import choices
from gazette.model.published.comparing import compare
from gazette.model.published.shared_lines import lines_of_shared
from gazette.model.published.snapshot_lines import lines_of_notices
from gazette.model.published.snapshots import gathered
from gazette.model.records.changes import Change
from gazette.model.records.evidence_files import FOLDER
from gazette.model.records.unit_parts import UnitKind
from gazette.pictures.photographs import photographs
from gazette.planning.counting import Totals
from gazette.planning.evidence import widths
from gazette.planning.plan import Beside, UnitPlan, plan_shared
from gazette.planning.since import SNAPSHOT_SLOT, snapshot_lines
from gazette.reading.unit_loader import UnitSource
from gazette.rendering.jinja import render_page
from gazette.rendering.render import render, render_fragment
from gazette.rendering.slots import fill_slots
from gazette.rendering.state import CurrentPage
from gazette.site.kinds import KINDS
from gazette.site.target import SheetLayout, Target
from gazette.site.views.page import Page

ROOT = Path(__file__).resolve().parent.parent


Lines = dict[str, list[tuple[str, str]]]
"""The lines of each slot, each with its rank."""


def documents(content: Path, cache: Path) -> Iterator[tuple[str, str]]:
    """The HTML of every document of a content folder, each in every way that it may be shown, with its path."""
    context, targets, lines = _opened(content, cache)
    for target in targets:
        if target.maker in ("pdf", "one-page"):
            for layout in {layout.depth: layout for layout in target.layouts}.values() or (None,):
                yield target.path, _text(target, layout, lines, context)


def single_pages(content: Path, cache: Path, named: str = "") -> Iterator[tuple[str, bytes]]:
    """The documents of one page of a content folder whose name holds `named`, with their paths."""
    context, targets, lines = _opened(content, cache)
    for target in targets:
        if target.maker == "one-page" and named in target.path:
            yield target.path, render(target, context.template_set, _joined(target, lines))[0]


def document(content: Path, cache: Path, path: str) -> bytes:
    """One document of a content folder, without what is attached to it."""
    return printed(content, cache, path)[path]


def printed(content: Path, cache: Path, *paths: str) -> dict[str, bytes]:
    """Some documents of a content folder, without what is attached to them."""
    context, targets, lines = _opened(content, cache)
    pictures = _pictures(content, context)
    some = (target for target in targets if target.path in paths)
    return {each.path: render(each, context.template_set, _joined(each, lines), pictures)[0] for each in some}


def notices(content: Path, cache: Path) -> Iterator[tuple[str, bytes]]:
    """The acceptance notices of a content folder as they are printed, with their paths."""
    context, targets, lines = _opened(content, cache)
    for target in targets:
        if target.template == "notice-print.html":
            pictures = _pictures(content, context)
            yield target.path, render(target, context.template_set, _joined(target, lines), pictures)[0]


def templates_of(content: Path, cache: Path) -> dict[str, str]:
    """The template of each file of a content folder that has one."""
    _, targets, _ = _opened(content, cache)
    return {target.path: target.template for target in targets if target.template}


def words_of(content: Path, cache: Path) -> set[str]:
    """The names of the words that documents of one page use."""
    context, targets, _ = _opened(content, cache)
    used = {target.template for target in targets if target.maker == "one-page" and target.template}
    return {word for template in used for word in context.template_set.words_of(template)}


def _opened(content: Path, cache: Path) -> tuple[BuildContext, list[Target], Lines]:
    """All that a content folder gives, planned but not made."""
    settings = Settings(content, ROOT / "templates", compiled(cache))
    cache = opening.open_cache(settings)
    opened = opening.open_content(settings, cache)
    context = opening.open_context(opened, settings, KINDS, cache, {})
    found = (_plan(source._replace(beside={}), context) for source in opened.sources())
    plans = [plan for plan in found if plan]
    totals: dict[str, int] = defaultdict(int)
    lines: Lines = defaultdict(list)
    for plan in plans:
        for name, count in plan.counts.items():
            totals[name] += count
        for line in plan.fragments:
            lines[line.slot].append((line.sort_key, render_fragment(line, context.template_set)))
    beside = Beside("", _changes(content, context, lines), context.notices)
    shared = plan_shared(context.content, Totals(totals, _kinds(totals)), context.as_of, beside)
    return context, [*(target for plan in plans for target in plan.targets), *shared], lines


def _changes(content: Path, context: BuildContext, lines: Lines) -> tuple[Change, ...]:
    """What changed since the last edition, if there is one."""
    if not context.content.editions:
        return ()
    units = snapshot_lines("".join(text for _, text in lines[SNAPSHOT_SLOT]))
    notices = lines_of_notices(context.notices, context.as_of)
    now = gathered((*units, *notices, *lines_of_shared(context.content)))
    return compare(read_snapshot(content, context.content.editions[-1]), now)


def _kinds(totals: dict[str, int]) -> tuple[str, ...]:
    return tuple(kind for kind in choices(UnitKind) if totals[f"kind.{kind}.units"])


def _plan(source: UnitSource, context: BuildContext) -> UnitPlan | None:
    """What a unit adds; None for a draft."""
    _, plan, problems, _ = check_unit(UnitJob(source, {}), context)
    assert not problems, [problem.show("en") for problem in problems]
    return plan


def _pictures(content: Path, context: BuildContext) -> dict[str, bytes]:
    """The pictures that a content folder gives its site."""
    found: dict[str, bytes] = {}
    for file in (file for file in context.known.files.values() if file.is_picture):
        made = photographs((content / FOLDER / file.name).read_bytes(), widths(file))
        found |= {published.path: data for published, data in zip(file.published, made, strict=True)}
    return found


def _joined(target: Target, lines: Lines) -> dict[str, str]:
    return {
        slot.name: target.between(slot).join(text for _, text in sorted(lines[slot.name])[: slot.limit or None])
        for slot in target.slots
    }


def _text(target: Target, layout: SheetLayout | None, lines: Lines, context: BuildContext) -> str:
    assert isinstance(target.view, Page) and target.template is not None
    current = CurrentPage(target.path, target.view, frozenset(slot.name for slot in target.slots))
    text = render_page(context.template_set, target.template, current, layout)
    return fill_slots(text, _joined(target, lines))
