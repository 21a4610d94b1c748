"""Asks for a new update of a pledge: offers only the steps that may follow, and asks for what each requires."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import msgspec

from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem
from gazette.model.forms.declared import declared_fields
from gazette.model.forms.measures import measure
from gazette.model.forms.periods import Period
from gazette.model.forms.values import is_yes
from gazette.model.life.announced import standing, state_of, told_by
from gazette.model.life.recurrence import last_unreported, rhythm_of
from gazette.model.records.changes import in_language
from gazette.model.records.lifecycle import STEPS, may_follow
from gazette.model.records.unit_parts import went_against
from gazette.model.records.units import Pledge, Update
from gazette.office.content import Content
from gazette.office.entries.form import Answers, Leaf
from gazette.office.splice import Insert
from gazette.office.unit_file import changed, plain, problems_of
from gazette.office.yaml_writing import Value
from gazette.reading.unit_loader import UnitSource
from gazette.reading.validation.figures import last_figure

_OUTCOMES = ("result", "upheld", "held")
"""The fields that state how a step ended."""

_OF_STEPS = (name for step in STEPS.values() for name in step.fields)
FIELDS = tuple(dict.fromkeys(("state", "date", "text", *_OF_STEPS, "reason", "by", "evidence")))
"""The fields that may be asked for, of any step."""

_STAND_INS = {
    "value": "1",
    "result": "passed",
    "upheld": "no",
    "held": "yes",
    "deadline": "2999",
    "recheck": "2999-12-31",
}


class UpdateForm(msgspec.Struct):
    """The form of an update of the pledge at `position` of the unit in `source`. The methods are those of `Form`."""

    content: Content
    source: UnitSource
    position: int
    pledge: Pledge
    kind: type[Update] = Update
    title: str = "update"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.content.languages

    @property
    def state(self) -> str:
        """The present state of the pledge."""
        return state_of(standing(self.pledge.id, self.told, self.source.notices or ()))

    @property
    def told(self) -> tuple[Update, ...]:
        """The steps of the pledge, with those that follow from notices whose days have come."""
        return told_by(self.pledge, self.source.notices or (), self.content.as_of).updates

    def about(self, spoken: str) -> str:
        """Return the sentence about the pledge with which the questions begin."""
        messages = catalogue(spoken)
        title = in_language(self.pledge.title, spoken)
        return messages.asking["pledge_now"].format(id=self.pledge.id, title=title, state=messages.states[self.state])

    def names(self, answers: Answers) -> dict[str, bool]:
        fields = {"state": True, "date": True, "text": True}
        step = STEPS.get(answers.get(("state",), ""))
        if step is None:
            return fields
        fields |= {name: name in step.needs for name in _OUTCOMES if name in step.fields}
        fields |= dict.fromkeys(step.needs, True)
        if self._is_against(answers) or _is_lower(self.pledge, answers):
            fields["reason"] = True
        may = (name for name in step.may if name != "period" or rhythm_of(self.pledge))
        fields |= {name: name == "period" and self._over(answers) is not None for name in may if name not in fields}
        return fields | {name: False for name in ("by", "evidence") if name not in fields}

    def may_ask(self, answers: Answers) -> Iterable[str]:
        step = STEPS.get(answers.get(("state",), ""))
        if step is None:
            return FIELDS
        is_open = step.or_else and not any((name,) in answers for name in _OUTCOMES)
        is_open = is_open or ("reached" in step.fields and ("reached", "value") not in answers)
        return [*self.names(answers), *(("reason",) if is_open else ())]

    def _over(self, answers: Answers) -> Period | None:
        """Return the last period that is over on the day of a report and has no report, which this one must name; None
        if there is none."""
        if answers.get(("state",)) != "under-way":
            return None
        try:
            day = datetime.date.fromisoformat(answers.get(("date",)) or self._day())
        except ValueError:
            return None  # the date itself is reported where it is asked for
        return last_unreported(self.pledge, self.content.opened.known.since, day)

    def _is_against(self, answers: Answers) -> bool:
        upheld, held = (None if each is None else is_yes(each) for each in map(answers.get, (("upheld",), ("held",))))
        return went_against(answers.get(("result",)), upheld, held)

    def choices(self, leaf: Leaf) -> tuple[str, ...]:
        return may_follow(self.state) if leaf.path == ("state",) else leaf.choices

    def offer(self, _: Leaf, __: str) -> Mapping[str, str]:
        return {}

    def default(self, _: Leaf) -> str:
        return ""

    def stand_in(self, leaf: Leaf, answers: Answers) -> str:
        last = leaf.path[-1]
        if leaf.language:
            return _word_beside(self.pledge, leaf, answers) or "1"
        if last in ("date", "inspected", "begin", "end"):
            begin = answers.get((*leaf.path[:-1], "begin")) if last == "end" else None
            return begin or answers.get(("date",)) or self._day()
        if last == "period" and (over := self._over(answers)):
            return over.stated
        return _STAND_INS.get(last, leaf.choices[0] if leaf.choices else "1")

    def _day(self) -> str:
        """Return a day on which something may be reported (ISO 8601)."""
        if self.told:
            return self.told[-1].date.isoformat()
        day = self.content.opened.known.since or self.content.as_of
        return day.isoformat() if day else "2000-01-01"

    def write(self, entry: Mapping[str, Value]) -> UnitSource:
        """Return the unit's file with the update after the others."""
        names = list(declared_fields(Pledge))
        before = tuple(names[: names.index("updates")])
        loc = ("pledges", self.position, "updates")
        return changed(self.source, [Insert(loc, len(self.pledge.updates), entry, before)])

    def problems(self, entry: Mapping[str, Value], field: str) -> Sequence[Problem]:
        new = self.write(entry)
        within = ("pledges", self.position, "updates", len(self.pledge.updates), field) if field else ()
        return plain(problems_of(self.content, new, within))


def _is_lower(pledge: Pledge, answers: Answers) -> bool:
    """Return whether the figure is lower than the last one in the same unit of measurement."""
    unit = {path[-1]: answer for path, answer in answers.items() if path[:2] == ("reached", "unit")}
    last = last_figure(pledge.updates, unit)
    try:
        return last is not None and Decimal(answers.get(("reached", "value"), "")) < last.value
    except InvalidOperation:
        return False  # the figure itself is reported where it is asked for


def _word_beside(pledge: Pledge, leaf: Leaf, answers: Answers) -> str:
    """Return the name of a unit of measurement in the language of `leaf`, if its name in another language is that of a
    figure of the pledge; else ""."""
    given = {path[-1]: answer for path, answer in answers.items() if path[:-1] == leaf.path[:-1] == ("reached", "unit")}
    units = [pledge.target.unit] if pledge.target else []
    units += [update.reached.unit for update in pledge.updates if update.reached]
    return next((unit[leaf.language] for unit in units if {*measure(given)} & {*measure(unit)}), "")
