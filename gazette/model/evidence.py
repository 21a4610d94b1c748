"""Where what is told can be checked."""

from __future__ import annotations

from typing import Annotated

from gazette.model.dates import Date
from gazette.model.fields import FILLED, IfFilled, ListRule
from gazette.model.record import Record
from gazette.model.texts import Title
from gazette.model.values import Url


class Evidence(Record, frozen=True, kw_only=True):
    """Where a report can be checked."""

    title: Title
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None


EvidenceList = Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED]
