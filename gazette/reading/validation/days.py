"""Checks the order of the days that a pledge's steps state."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.life.day_orders import misplaced, turn_before
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location
from gazette.reading.validation.history import in_order


def check_day_orders(
    location: Location, pledge: Pledge, since: datetime.date | None, notices: Iterable[NoticeFile] = ()
) -> None:
    """Report days of updates and granted deadlines that are out of order. `since` is the day of the statements, before
    which no inspection may lie."""
    for position, update, before in in_order(pledge, notices):
        check_days_of(location.within("updates", position), update, before, since)
    for position, moved in enumerate(pledge.moved):
        if moved.to.last is not None and moved.to.last < moved.date:
            place = location.within("moved", position, "to")
            place.report("deadline_past", found=moved.to.last, other=moved.date)


def check_days_of(location: Location, update: Update, before: Iterable[Update], since: datetime.date | None) -> None:
    """Report days of the step at `location` that break an order of `day_orders.DAY_ORDERS`. `before` are the earlier
    steps."""
    for order, day, other in misplaced(update, turn_before(before), since):
        field = order.field.partition(".")[0]
        values = {"field": field, "date": other, "since": other, "other": other}
        location.within(field).report(order.code, found=day, **values)
