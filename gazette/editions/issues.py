"""Determines the number and the day of the next edition, and checks them against the settings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.building.checking import check
from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.editions.registering import day_of, is_ahead
from gazette.messages.problems import ContentError, Problem
from gazette.model.records.editions import Edition
from gazette.model.records.site import Bulletin
from gazette.reading.loaded_content import LoadedContent


class NextIssue:
    """The next edition of the content `opened`. Its number follows the last one; its day is `at`, else the one in the
    settings, else `today`."""

    def __init__(self, opened: LoadedContent, at: datetime.date | None, today: datetime.date) -> None:
        assert opened.content is not None
        self.opened, self.at, self.today = opened, at, today
        site = opened.content.site
        self.typed, self.as_of = site.bulletin or Bulletin(), site.as_of
        editions = opened.content.editions
        self.last: Edition | None = editions[-1] if editions else None
        typed = self.typed.number if isinstance(self.typed.number, int) else 0
        self.number = self.last.number + 1 if self.last else typed or 1
        self.day = at or self.typed.date or today

    @property
    def bulletin(self) -> Bulletin:
        """The number and day of the bulletin. If the settings have a text in place of the number, it stays."""
        number = self.typed.number if isinstance(self.typed.number, dict) else self.number
        return Bulletin(number=number, date=self.day)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the number or the day."""
        typed, last = self.typed, self.last
        if isinstance(typed.number, int) and typed.number != self.number:
            yield self._in_settings("number", "edition_number", found=typed.number, expected=self.number)
        if self.at and typed.date and self.at != typed.date:
            yield self._in_settings("date", "edition_date", found=typed.date, expected=self.at)
        elif last and self.day == last.date:
            yield self._of_day("edition_same_day", found=self.day, last=last.number)
        elif last and self.day < last.date:
            yield self._of_day("edition_early", found=self.day, last=last.number, date=last.date)
        if self.as_of and self.day < self.as_of:
            yield self._of_day("edition_before_as_of", found=self.day, date=self.as_of)
        assert self.opened.content is not None
        if is_ahead(self.opened.content.site, self.day, self.today):
            yield self._of_day("edition_ahead", found=self.day, today=self.today)

    def _of_day(self, code: str, **values: object) -> Problem:
        if self.at is None and self.typed.date:
            return self._in_settings("date", code, **values)
        return Problem.at("", 0, 0, code, **values)

    def _in_settings(self, field: str, code: str, **values: object) -> Problem:
        diagnostics = self.opened.diagnostics
        settings_path = diagnostics.display(diagnostics.root / "site.yaml")
        node = diagnostics.node(settings_path, ("bulletin", field))
        return Problem.at(settings_path, node.line, node.column, code, **values)


def next_issue(settings: Settings, at: datetime.date | None, now: datetime.datetime) -> NextIssue:
    """Return the next edition. Raises ContentError if the content is wrong, or its number or day is not possible."""
    check(settings)
    opened = open_content(settings, open_cache(settings))
    issue = NextIssue(opened, at, day_of(opened, now))
    if problems := [*issue.problems()]:
        raise ContentError(problems)
    return issue
