"""The editions, and what changed between two of them."""

from __future__ import annotations

from gazette.site.views.elements import Count, DeadlineMark, Happened, PeriodView, Ref, SentenceMark, View


class ChangeView(Happened, frozen=True):
    """One change. `what` is a step of the history, the field that is different, or a role. `before` and `after` are
    ids or figures; `names` those of who came or went, or of what something goes on as; `step` is one of the record,
    with its day, that is gone or says something else; `due` is the day that an acceptance came after; `periods` are
    the first and the last of each run of them; of a long text `sentences` are those that differ, and there are so many
    `more`."""

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
    """What changed of one thing, of those changes that are of one group: of a pledge, of a unit as a whole (no
    `about`), of a notice (no `unit`), or of a theme, a programme, a term or an article (`of`). Their references are
    empty where they have no page any more."""

    group: str
    unit: Ref | None
    about: Ref | None
    changes: tuple[ChangeView, ...]
    of: str = ""


class SinceView(View, frozen=True):
    """What is different since the edition `number` of `date`, with how many changes there are of each group: thing by
    thing, group after group."""

    number: int
    date: str
    counts: tuple[Count, ...]
    changed: tuple[ChangedView, ...]


class FrozenView(View, frozen=True):
    """A file that is copied, with its SHA-256."""

    digest: str


class FrozenFileView(View, frozen=True):
    """A file of an edition: what it is, where that is one of the site's files (`name` and the tag of its `language`),
    its path in the edition, its size in bytes and its SHA-256."""

    ref: str
    name: str
    language: str
    path: str
    format: str
    size: int
    digest: str


class EditionView(View, frozen=True):
    """An edition. `since` is what changed since the one before, if there is one. `files` are those of the whole site,
    `more` those of the units."""

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
