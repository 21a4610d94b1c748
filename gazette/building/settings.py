"""Defines the settings and the report of a build."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from gazette.building.causes import Reason
from gazette.model.records.site import Bulletin
from gazette.site.kinds import KINDS


@dataclass(frozen=True)
class Settings:
    """Options of a build. For `as_of`, `base_url` and `issue`, None means "use the site's own setting". `only`: the
    kinds of targets to make. `documents`: the paths of the documents to make (None: all). `executor`: as
    `scheduler.open_scheduler` takes it. `jobs`: the most processes on this machine."""

    content: Path
    templates: Path
    cache: Path
    as_of: datetime.date | None = None
    base_url: str | None = None
    release: bool = False
    only: tuple[str, ...] = KINDS
    documents: frozenset[str] | None = None
    executor: str = "processes"
    jobs: int = 1
    drafts: bool = False
    issue: Bulletin | None = None
    """The number and the day that the bulletin prints in place of those in the settings: an edition's."""
    published_at: datetime.datetime | None = None
    """The moment (an aware time) of the publication that this build is for. Pages that show something other than their
    record of publication state it as the time of their last change."""
    adopt: bool = False
    """Whether to take over the output folder, whatever is in it."""

    @property
    def given(self) -> frozenset[str]:
        """The names of the site's settings, except the reference date, that these options replace."""
        replaced = {"base_url": self.base_url, "bulletin": self.issue}
        return frozenset(name for name, value in replaced.items() if value is not None)


@dataclass
class BuildReport:
    """What a build did. Paths are relative to the output folder."""

    made: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    why: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """The reasons for each file that was made or removed, by path."""
