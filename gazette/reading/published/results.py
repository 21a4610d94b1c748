"""Checks that a notice's result for some pledges does not silently replace the published result for all."""

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


def check_results(location: Location, file: NoticeFile, facts: Iterable[Dated], comparing: Comparing) -> None:
    """Report `results` of the notice at `location` that name a pledge for which a common result was published
    (`facts`), unless a revision of that day or later keeps the common one."""
    common: list[tuple[Data, datetime.date]] = []
    of_some: set[object] = set()
    for fact, day in facts:
        name = of_notice(fact.field)
        if name == "result":
            common.append((json.loads(fact.value), day))
        elif name == "results":
            of_some.update(comparing.called.get(id, id) for id in json.loads(fact.value)["pledges"])
    if not common:
        return
    was, day = common[-1]
    for number, result in enumerate(file.notice.results):
        if {comparing.called.get(id, id) for id in result.pledges} - of_some and not _is_explained(
            file, result, was, comparing
        ):
            values = {"found": ", ".join(result.pledges), "date": day, "was": in_braces({"result": was})}
            location.within("results", number).report("published_result", **values)


def _is_explained(file: NoticeFile, result: ResultOfSome, was: Data, comparing: Comparing) -> bool:
    since = (revision for revision in file.notice.revisions if revision.date >= result.date and revision.was.result)
    return any(comparing.holds(data_of(revision.was.result), was) for revision in since)
