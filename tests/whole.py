"""A content folder opened whole, for tests that look at all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazette.build import pipeline
from gazette.build.unit_job import UnitJob, look
from gazette.messages.problems import ContentError
from gazette.model.content import SharedContent, UnitFile
from gazette.reading.loader import open_frame, open_unit, without_drafts
from gazette.rendering.render import make
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Content:
    """Everything of a content folder that the public sees; units in their official order."""

    frame: SharedContent
    shards: tuple[UnitFile, ...]


def open_content(root: Path, **settings: Any) -> Content:
    """The content of `root`. Raises ContentError."""
    opened = open_frame(root, **settings)
    desk, frame, shards = opened.desk, opened.frame, []
    for path in opened.units:
        data = path.read_bytes()
        as_of = frame.site.as_of if frame else None
        shards.append(open_unit(desk, path.stem, desk.show(path), data, opened.known, opened.languages, as_of))
    if desk.problems or frame is None:
        raise ContentError(desk.problems)
    public = [shown for shard in shards if shard and (shown := without_drafts(shard))]
    return Content(frame, tuple(sorted(public, key=lambda shard: shard.unit.order)))


def sheets_of(content: Path, unit: str, cache: Path) -> dict[str, bytes]:
    """The sheets of one unit, by language, made in this process."""
    settings = pipeline.Settings(content, ROOT / "templates", cache)
    memory = pipeline.open_memory(settings)
    opened = pipeline.open_content(settings, memory)
    workshop = pipeline.open_workshop(opened, settings, KINDS, memory, {})
    path = content / "districts" / f"{unit}.yaml"
    _, plan, problems = look(UnitJob(unit, str(path), path.read_bytes(), {}), workshop)
    assert plan is not None, [problem.show("en") for problem in problems]
    sheets = (target for target in plan.targets if target.fits)
    return {target.path.partition("/")[0]: make(target, workshop.kit, {})[0] for target in sheets}
