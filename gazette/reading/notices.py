"""Reads the notices, and checks each by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.model.forms.values import unit_of
from gazette.model.records.notices import Notice, NoticeFile, NoticeResult
from gazette.reading.content_files import notice_files
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import read_record
from gazette.reading.files.listing import NOTICES
from gazette.reading.location import Location
from gazette.reading.shared_translations import notices_with_stale
from gazette.reading.validation.contacts import check_contact_of_notice
from gazette.reading.validation.evidence import check_files, files_named
from gazette.reading.validation.history import check_days, check_not_before, check_revisions
from gazette.reading.validation.personal_data import personal_data
from gazette.reading.validation.references import check_links, near, repeated
from gazette.reading.validation.units import Known


def load_notices(
    diagnostics: Diagnostics, languages: tuple[str, ...], known: Known, as_of: datetime.date | None
) -> tuple[NoticeFile, ...] | None:
    """The notices by date; None if any is faulty, with its problems in `diagnostics`."""
    before = len(diagnostics.problems)
    files = sorted(_read(diagnostics, languages, known), key=lambda file: (file.notice.date, file.id))
    for file in files:
        _check_notice(Location(diagnostics, file.path), file.notice, known, as_of)
        if known.public_numbers is not None:
            diagnostics.problems += personal_data(file.path, file.text, known.public_numbers, comments=True)
    _check_former(diagnostics, files)
    files = notices_with_stale(diagnostics, files, languages, known.release)
    return None if len(diagnostics.problems) > before else tuple(files)


def _read(diagnostics: Diagnostics, languages: tuple[str, ...], known: Known) -> Iterator[NoticeFile]:
    root = diagnostics.root / NOTICES
    kind = diagnostics.files.kind(root)
    if kind is not None and kind != "folder":
        diagnostics.report_file(root, "file_place", expected=f"{NOTICES}/")
    for path in notice_files(diagnostics, diagnostics.files):
        notice, display_path = read_record(diagnostics, path, Notice, languages), diagnostics.display(path)
        if notice is not None:
            yield NoticeFile(
                path.stem, display_path, notice, diagnostics.texts[display_path], files_named(notice, known.files)
            )


def _check_notice(file: Location, notice: Notice, known: Known, as_of: datetime.date | None) -> None:
    """Report faulty links and days of a notice, and pledges whose unit does not exist."""
    check_links(file, [((), notice)], known.terms)
    check_not_before(file.within("date"), "date_before", notice.date, known.since)
    check_days(file, notice, as_of)
    check_revisions(file, notice.revisions, known.since, as_of)
    check_files(file, notice, known.files)
    if notice.withdrawn is not None:
        check_days(file.within("withdrawn"), notice.withdrawn, as_of)
    _check_period(file, notice, as_of)
    if known.has_contact is False:
        check_contact_of_notice(file, notice, as_of)
    for position, id, again in repeated(notice.pledges):
        if again:
            file.within("pledges", position).report("repeated", found=id)
        elif known.units is not None and unit_of(id) not in known.units:
            values = {"found": id, "unit": unit_of(id), "near": near(unit_of(id), known.units)}
            file.within("pledges", position).report("notice_unit_unknown", **values)


def _check_period(file: Location, notice: Notice, as_of: datetime.date | None) -> None:
    """Report a period that ends before its notice is dated, results that come before the period can have them, and
    results that overlap."""
    period = notice.period
    if period is not None and period.end < notice.date:
        file.within("period", "end").report("notice_after_period", found=period.end, date=notice.date)
    if notice.result is not None:
        _check_result(file.within("result"), notice, notice.result, as_of)
    for position, result in enumerate(notice.results):
        _check_result(file.within("results", position), notice, result, as_of)
    _check_results(file, notice)


def _check_result(location: Location, notice: Notice, result: NoticeResult, as_of: datetime.date | None) -> None:
    period = notice.period
    check_days(location, result, as_of)
    first = notice.date if period is None else period.begin
    if result.date < first:
        location.within("date").report("notice_result_before", found=result.date, date=first)
    elif period is not None and result.outcome == "unopposed" and result.date <= period.end:
        location.within("date").report("notice_result_early", found=result.date, end=period.end)


def _check_results(file: Location, notice: Notice) -> None:
    """Report results for pledges that the notice does not name, two results for one pledge, and a common result that no
    pledge is left for."""
    seen: set[str] = set()
    for position, result in enumerate(notice.results):
        for index, id in enumerate(result.pledges):
            spot = file.within("results", position, "pledges", index)
            if id not in notice.pledges:
                spot.report("notice_result_of_none", found=id, expected=", ".join(notice.pledges))
            elif id in seen:
                spot.report("repeated", found=id)
            seen.add(id)
    if notice.result is not None and seen >= {*notice.pledges}:
        file.within("result").report("notice_result_of_nobody")


def _check_former(diagnostics: Diagnostics, notices: list[NoticeFile]) -> None:
    """Report ids that two notices have, now or before."""
    owners = {file.id: file.path for file in notices}
    for file in notices:
        for position, id in enumerate(file.notice.formerly):
            if id in owners:
                location = Location(diagnostics, file.path).within("formerly", position)
                location.report("former_taken", found=id, other=owners[id])
            owners.setdefault(id, file.path)
