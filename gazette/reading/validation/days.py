"""The question whether the days that the steps of a pledge tell of lie in order."""

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
    """The days of the updates of a pledge, which stands at `location`, none before the statements (`since`), and of the
    deadlines that were granted."""
    for position, update, before in in_order(pledge, notices):
        check_days_of(location.within("updates", position), update, before, since)
    for position, moved in enumerate(pledge.moved):
        if moved.to.last is not None and moved.to.last < moved.date:
            place = location.within("moved", position, "to")
            place.report("deadline_past", found=moved.to.last, other=moved.date)


def check_days_of(location: Location, update: Update, before: Iterable[Update], since: datetime.date | None) -> None:
    """The days that a step at `location` tells of (`day_orders.DAY_ORDERS`), after what came `before`."""
    for order, day, other in misplaced(update, turn_before(before), since):
        field = order.field.partition(".")[0]
        values = {"field": field, "date": other, "since": other, "other": other}
        location.within(field).report(order.code, found=day, **values)
