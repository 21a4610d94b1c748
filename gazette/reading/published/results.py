"""Whether what came of a notice for some pledges is told beside a result that was published for them all: that is
another result than the public has read, and needs a dated reason."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable

from gazette.model.published.facts import of_notice
from gazette.model.published.held import Data, data_of
from gazette.model.records.notices import NoticeFile, ResultOfSome
from gazette.reading.location import Location
from gazette.reading.published.fields import Comparing, Dated
from gazette.reading.yaml.braces import in_braces


def check_results(place: Location, file: NoticeFile, facts: Iterable[Dated], comparing: Comparing) -> None:
    """The `results` of a notice, which stands at `place`, against what was published of it (`facts`): where they name a
    pledge that had the common result in public, a revision of that day or later keeps this."""
    common: list[tuple[Data, datetime.date]] = []
    told: set[object] = set()
    for fact, day in facts:
        name = of_notice(fact.field)
        if name == "result":
            common.append((json.loads(fact.value), day))
        elif name == "results":
            told.update(comparing.called.get(id, id) for id in json.loads(fact.value)["pledges"])
    if not common:
        return
    was, day = common[-1]
    for number, own in enumerate(file.notice.results):
        if {comparing.called.get(id, id) for id in own.pledges} - told and not _is_explained(file, own, was, comparing):
            values = {"found": ", ".join(own.pledges), "date": day, "was": in_braces({"result": was})}
            place.within("results", number).report("published_result", **values)


def _is_explained(file: NoticeFile, own: ResultOfSome, was: Data, comparing: Comparing) -> bool:
    since = (revision for revision in file.notice.revisions if revision.date >= own.date and revision.was.result)
    return any(comparing.holds(data_of(revision.was.result), was) for revision in since)
