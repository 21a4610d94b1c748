"""No test passes because there was nothing to look at: where it asserts within a loop, the loop is gone through."""

from __future__ import annotations

from pathlib import Path

import pytest
from assertions import unsure
from reached import at_least_one

TESTS = Path(__file__).parent


def test_no_test_asserts_in_a_loop_over_nothing() -> None:
    files = {path.name: path.read_text("utf-8") for path in sorted(TESTS.glob("test_*.py"))}
    assert len(files) > 100
    assert [f"{name}:{line} {test}" for name, text in files.items() for line, test in unsure(text)] == []


BODY = """
KNOWN = ("a", "b")
NONE = ()
@pytest.mark.parametrize(("listed", "n"), CASES)
def test_x(site, listed, n):
    found = pages(site)
{}
"""


@pytest.mark.parametrize(
    "lines",
    [
        "for page in pages(site): assert page",
        "for page in found: assert page",
        "for page in NONE: assert page",
        "for page in [*found]: assert page",
        "for n, page in enumerate(sorted(found)): assert page",
        "for page in zip(KNOWN, found): assert page",
        "for name in KNOWN:\n        for page in site[name]: assert page",
        "for page in KNOWN:\n        if page in site: assert page",
        "for page in site.items():\n        with pytest.raises(ValueError): page()",
        "assert site\n    for page in pages(site): assert page",
        "assert pages(other)\n    for page in pages(site): assert page",
        "known = ('a',)\n    known = found\n    for page in known: assert page",
    ],
)
def test_what_may_look_at_nothing_is_found(lines: str) -> None:
    assert [name for _, name in unsure(BODY.format(f"    {lines}"))] == ["test_x"]


@pytest.mark.parametrize(
    "lines",
    [
        "assert found",
        "for page in found: page.close()",
        "for page in at_least_one(found): assert page",
        "for page in ('a', *found): assert page",
        "for n, page in enumerate(KNOWN): assert page",
        "for page in zip(KNOWN, at_least_one(found)): assert page",
        "for name in KNOWN:\n        for page in at_least_one(site[name]): assert page",
        "for page in KNOWN:\n        if page in site: assert page\n        else: assert not page",
        "for page in found: assert page\n    assert len(found) > 3",
        "for page in pages(site):\n        if page:\n            assert page\n            seen += 1\n    assert seen",
        "for page in listed: assert page",
        "for page in range(3): assert page",
        "for page in KNOWN if site else ('c',): assert page",
    ],
)
def test_what_looks_at_something_is_let_be(lines: str) -> None:
    assert [*unsure(BODY.format(f"    {lines}"))] == []


def test_at_least_one_is_given_on_and_asked_for() -> None:
    assert [*at_least_one(iter("ab"))] == ["a", "b"]
    with pytest.raises(AssertionError, match="nothing to look at"):
        list(at_least_one([]))
