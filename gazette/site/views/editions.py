"""Defines the views of editions, and of changes between two of them."""

from __future__ import annotations

from gazette.site.views.elements import Count, DeadlineMark, Happened, PeriodView, Ref, SentenceMark, View


class ChangeView(Happened, frozen=True):
    """One change.

    `what` is a step of the history, the field that differs, or a role. `before` and `after` are ids or figures. `names`
    are those of who came or left, or of successors. `step` is a recorded step, dated `step_date`, that is gone or
    changed. `due` is the date after which an acceptance came. `periods` are the first and last of each run. For a long
    text, `sentences` are those that differ, and `more` is the number of further ones.
    """

    kind: str
    group: str
    date: str
    before: str
    after: str
    deadline: DeadlineMark | None
    deadline_now: DeadlineMark | None
    by: str
    n: int
    names: tuple[str, ...] = ()
    step: str = ""
    step_date: str = ""
    due: str = ""
    periods: tuple[tuple[PeriodView, PeriodView], ...] = ()
    sentences: tuple[SentenceMark, ...] = ()
    more: int = 0


class ChangedView(View, frozen=True):
    """The changes of one group in one subject: a pledge, a unit as a whole (no `about`), a notice (no `unit`), or a
    theme, programme, term or article (`of`). A reference to a page that no longer exists is ""."""

    group: str
    unit: Ref | None
    about: Ref | None
    changes: tuple[ChangeView, ...]
    of: str = ""


class SinceView(View, frozen=True):
    """The changes since the edition `number` of `date`, by group and subject; `counts` is their number by group."""

    number: int
    date: str
    counts: tuple[Count, ...]
    changed: tuple[ChangedView, ...]


class FrozenView(View, frozen=True):
    """A file that is copied, with its SHA-256."""

    digest: str


class FrozenFileView(View, frozen=True):
    """A file of an edition: its path there, size in bytes and SHA-256. For a file of the whole site, `name` and
    `language` (a tag) say which; for a unit's file they are ""."""

    ref: str
    name: str
    language: str
    path: str
    format: str
    size: int
    digest: str


class EditionView(View, frozen=True):
    """An edition. `since` lists the changes since the one before, None for the first. `files` are those of the whole
    site, `more` those of the units."""

    number: int
    date: str
    as_of: str
    units: int
    pledges: int
    since: SinceView | None
    files: tuple[FrozenFileView, ...]
    more: tuple[FrozenFileView, ...]


class EditionsView(View, frozen=True):
    """All editions, the latest first."""

    editions: tuple[EditionView, ...]
