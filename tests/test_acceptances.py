"""An acceptance and the notice that it rests on say the same: who accepted, and the day of the inspection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lives import FIELDS, TEXT, step
from test_announced import CLOSED, ON_NOTICE, PASSED, city, closing, told

BODY = FIELDS["body"]
OTHER = {"zh": "另一组", "en": "Another body"}


def notice(**more: Any) -> dict[str, Any]:
    return closing("2031-05-10", "2031-05-16", **more)


@pytest.mark.parametrize(
    ("updates", "own", "words"),
    [
        ([PASSED, CLOSED], notice(accepted_by=BODY, inspected="2031-04-20"), ""),
        ([PASSED, CLOSED], notice(), ""),
        ([PASSED, CLOSED], notice(accepted_by=OTHER), "by “某组”, but the notice it rests on"),
        ([PASSED, CLOSED], notice(inspected="2031-04-22"), "on 2031-04-20, but the notice for the same period"),
        (
            [PASSED, CLOSED],
            notice(accepted_by=OTHER, withdrawn={"date": "2031-05-12", "reason": TEXT}),
            "rests on a notice that was withdrawn on 2031-05-12",
        ),
        ([*ON_NOTICE, CLOSED], notice(inspected="2031-04-20"), ""),
        (
            [PASSED, step("accepted", "2031-05-25", inspected="2031-04-22", notice=CLOSED["notice"])],
            notice(),
            "rests on an inspection of 2031-04-22, but the pledge tells of one of 2031-04-20",
        ),
        ([*ON_NOTICE, {**CLOSED, "inspected": "2031-04-22"}], {}, "on 2031-04-22, but the notice for the same period"),
        ([PASSED, {**CLOSED, "notice": {"begin": "2031-05-11", "end": "2031-05-17"}}], {}, ""),
        ([PASSED, CLOSED], notice(accepted_by={"zh": "某组办公室", "en": "Office of Some body"}), "某组办公室"),
    ],
)
def test_what_contradicts_the_notice_is_told(
    updates: list[dict[str, object]],
    own: dict[str, Any],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(city(tmp_path / "c", updates, *([own] if own else [])), capsys)
    assert len(found) == bool(words) and (not words or words in found[0]), found


GONE = {"date": "2031-06-10", "reason": TEXT}
REOPENED = step("reopened", "2031-06-01")


@pytest.mark.parametrize(
    ("updates", "is_told"),
    [
        ([CLOSED], True),
        ([CLOSED, step("rechecked", "2031-06-01", held="no", reason=TEXT)], True),
        ([CLOSED, REOPENED], False),
        ([PASSED], False),
    ],
)
def test_what_was_accepted_is_not_withdrawn(
    updates: list[dict[str, object]], is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(city(tmp_path / "c", updates, withdrawn=GONE), capsys)
    assert len(found) == is_told
    assert not found or "accepted on 2031-05-25, so it cannot have “withdrawn:”" in found[0]
    assert not found or "was: {step: {date: 2031-05-25, state: accepted}}" in found[0]
