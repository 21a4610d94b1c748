"""Checks that notices fit the file of the unit whose pledges they name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from gazette.model.forms.values import unit_of
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.units import Pledge, Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.history import check_body
from gazette.reading.validation.notice_steps import check_notice_steps
from gazette.reading.validation.references import near, texts


def check_notices_of(diagnostics: Diagnostics, unit_file: UnitFile, since: datetime.date | None) -> None:
    """Report notices that name missing or unpublished pledges, contradict their steps, let a unit accept its own
    pledge, or name a person by accident. `since` is the day of the statements."""
    pledges = {pledge.id: pledge for pledge in unit_file.unit.pledges}
    for file in unit_file.notices:
        diagnostics.texts[file.path] = file.text
        location = Location(diagnostics, file.path)
        own_pledges = [pledges[id] for id in file.notice.pledges if id in pledges]
        check_body(location.within("accepted_by"), file.notice.accepted_by or {}, own_pledges, unit_file.unit)
        _check_persons(location, file, unit_file.unit)
        for position, id in enumerate(file.notice.pledges):
            if unit_of(id) == unit_file.id:
                spot = location.within("pledges", position)
                if _is_there(spot, file.notice, id, pledges, unit_file):
                    check_notice_steps(location, file, pledges[id], unit_file.notices, since)


def _is_there(location: Location, notice: Notice, id: str, pledges: Mapping[str, Pledge], unit_file: UnitFile) -> bool:
    """Report a named pledge that does not exist, or is a draft although the notice is public. Returns True if it is
    there."""
    pledge = pledges.get(id)
    if pledge is None:
        values = {"found": id, "near": _called_now(unit_file.unit, id) or near(id, pledges), "unit": unit_file.path}
        location.report("notice_pledge_unknown", **values)
    elif not notice.draft and (pledge.draft or unit_file.unit.draft):
        location.report("notice_pledge_draft", found=id)
    else:
        return True
    return False


def _called_now(unit: Unit, former: str) -> str:
    return next((pledge.id for pledge in unit.pledges if former in pledge.formerly), "")


def _check_persons(location: Location, file: NoticeFile, unit: Unit) -> None:
    """Report the unit's signatory in the text of an accountability notice, unless a waiver names that person."""
    if file.notice.kind != "accountability":
        return
    waived = {name for each in file.notice.accountable if each.name for name in each.name.values()}
    names = [name for name in unit.signed_by.name.values() if name not in waived]
    for loc, text in texts(file.notice):
        name = next((each for each in names if each in text), "")
        if name:
            location.within(*loc).report("person_in_text", found=name)
