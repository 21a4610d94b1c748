"""The register of the files that were published as evidence: none is lost or exchanged without a reason."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import pytest
import yaml
from PIL import Image
from registers import DAY, TEXTS, WHO, Edited, register_on

ROOM, MINUTES = "zhiyuan/room.jpg", "zhiyuan/minutes.pdf"


def digest(amended: Edited, name: str) -> str:
    return hashlib.sha256((amended.content / "files" / name).read_bytes()).hexdigest()


def test_the_register_knows_the_files_that_were_evidence(amended: Edited) -> None:
    lines = (amended.content / "register" / "zhiyuan.tsv").read_text("utf-8").splitlines()
    found = {line for line in lines if "\tevidence\t" in line}
    assert found == {f"zhiyuan-5\tevidence\t\t{DAY}\t{name} {digest(amended, name)}" for name in (ROOM, MINUTES)}


@pytest.mark.parametrize("kind", ["correction", "change"])
def test_another_file_of_evidence_is_told_until_there_is_a_reason(amended: Edited, kind: str) -> None:
    was, place = digest(amended, ROOM), amended.content / "files" / ROOM
    reasons: list[dict[str, Any]] = []
    first, green = place.read_bytes(), io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(green, "JPEG")
    # a reason is one for the file that it names, for no other state of it, and for none that comes back
    for data in (green.getvalue(), first, green.getvalue()):
        place.write_bytes(data)
        (told,) = amended.told()
        asked = re.search(r"was: ({evidence: {.*}})", told)
        assert asked and str(DAY) in told and was in told
        before = yaml.safe_load(asked[1])
        assert before == {"evidence": {"file": ROOM, "sha256": was}}
        unit = amended.read("zhiyuan")
        reasons.append({"date": "2031-06-02", "kind": kind, "was": before, "reason": TEXTS})
        reasons[-1] |= {"by": WHO} if kind == "change" else {}
        unit["pledges"][4]["revisions"] = reasons
        amended.write("zhiyuan", unit)
        assert amended.told() == []
        register_on(amended.content, DAY)
        was = digest(amended, ROOM)


def test_evidence_that_vanishes_is_told_until_there_is_a_reason(amended: Edited) -> None:
    was, unit = digest(amended, MINUTES), amended.read("zhiyuan")
    (amended.content / "files" / MINUTES).unlink()
    assert ["is no “zhiyuan/minutes.pdf”" in line or "there is no" in line for line in amended.told()] == [True]
    del unit["pledges"][4]["updates"][0]["evidence"][1]
    amended.write("zhiyuan", unit)
    (told,) = amended.told()
    assert MINUTES in told and was in told and "is no longer here" in told
    before = {"evidence": {"file": MINUTES, "sha256": was}}
    unit["pledges"][4]["revisions"] = [{"date": "2031-06-02", "kind": "correction", "was": before, "reason": TEXTS}]
    amended.write("zhiyuan", unit)
    assert amended.told() == []


def test_evidence_follows_a_pledge_to_its_new_id_and_to_no_other(amended: Edited) -> None:
    unit = amended.read("zhiyuan")
    moved = unit["pledges"][4]["updates"][0].pop("evidence")
    unit["pledges"][0]["updates"][0]["evidence"] = moved
    amended.write("zhiyuan", unit)
    assert sorted("is no longer here" in line for line in amended.told()) == [False, True, True]


def test_a_register_from_before_evidence_was_kept_is_read(amended: Edited) -> None:
    place = amended.content / "register" / "zhiyuan.tsv"
    lines = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if "\tevidence\t" not in line), "utf-8")
    assert amended.told() == []
    register_on(amended.content, DAY)
    assert place.read_text("utf-8") == "".join(lines)
