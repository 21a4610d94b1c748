"""What a build is asked for, and what it did."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from gazette.building.causes import Reason
from gazette.model.records.site import Bulletin
from gazette.site.kinds import KINDS


@dataclass(frozen=True)
class Settings:
    """What a build is asked for: folders, what takes the place of the site's own settings, the kinds of targets, which
    documents (by path; None is all of them), who works (as `scheduler.open_scheduler` takes it) and how many of this
    machine at once. What is not asked for stays as it is."""

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
    """What the bulletin says of itself in place of the settings: the number and the day of an edition."""
    published_at: datetime.datetime | None = None
    """The moment (an aware time) of the publication that this build is for: pages that show something else than what is
    recorded as published show it as that of their last change."""
    adopt: bool = False
    """Whether the output folder is taken over, whatever is in it."""

    @property
    def given(self) -> frozenset[str]:
        """The settings of the site, but for the date, that this takes the place of."""
        found = {"base_url": self.base_url, "bulletin": self.issue}
        return frozenset(name for name, value in found.items() if value is not None)


@dataclass
class BuildReport:
    """What a build did. Paths are relative to the output folder."""

    made: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    why: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """The reasons for each file that was made or removed."""
