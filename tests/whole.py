"""A content folder opened whole, for tests that look at all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compiled import compiled
from msgspec.structs import replace

from gazette.building import opening
from gazette.building.settings import Settings
from gazette.building.unit_job import UnitJob, check_unit
from gazette.files.cache import NO_CACHE
from gazette.messages.problems import ContentError
from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.notices import NoticeFile
from gazette.reading.loader import load_shared
from gazette.reading.unit_loader import load_unit, without_drafts
from gazette.rendering.render import render
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent

remembered = NO_CACHE
"""Of the files that all units share; the run of the tests has a folder for it."""


@dataclass(frozen=True)
class Content:
    """Everything of a content folder that the public sees; units in their official order."""

    content: SharedContent
    unit_files: tuple[UnitFile, ...]
    notices: tuple[NoticeFile, ...] = ()


def open_content(root: Path, **settings: Any) -> Content:
    """The content of `root`. Raises ContentError."""
    opened = load_shared(root, cache=remembered, **settings)
    diagnostics, content, files = opened.diagnostics, opened.content, []
    for source in opened.sources():
        as_of = content.site.as_of if content else None
        files.append(load_unit(diagnostics, source._replace(beside={}), opened.known, opened.languages, as_of))
    if diagnostics.problems or content is None:
        raise ContentError(diagnostics.problems)
    public = [shown for unit_file in files if unit_file and (shown := without_drafts(unit_file))]
    notices = tuple(file for file in opened.notices or () if not file.notice.draft)
    content = replace(content, has_notices=bool(notices))
    return Content(content, tuple(sorted(public, key=lambda unit_file: unit_file.unit.order)), notices)


def sheets_of(content: Path, unit: str, cache: Path) -> dict[str, bytes]:
    """The sheets of one unit, by language, made in this process."""
    settings = Settings(content, ROOT / "templates", compiled(cache))
    cache = opening.open_cache(settings)
    opened = opening.open_content(settings, cache)
    context = opening.open_context(opened, settings, KINDS, cache, {})
    source = next(source for source, _ in opened.open_units(lambda path: path.stem == unit))
    _, plan, problems, _ = check_unit(UnitJob(source._replace(beside={}, notices=()), {}), context)
    assert plan is not None, [problem.show("en") for problem in problems]
    sheets = (target for target in plan.targets if target.layouts)
    return {target.path.partition("/")[0]: render(target, context.template_set, {})[0] for target in sheets}
