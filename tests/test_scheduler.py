"""Who gets which work: units in batches and in order, never too many results ahead; the longest document first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gazette.building import scheduler
from gazette.building.scheduler import Scheduler
from gazette.messages.problems import ContentError, Problem
from gazette.site.target import Target
from gazette.workers.executor import BATCH_SIZE


class Recorder:
    """An executor and its pool, which writes down what is submitted and what is waited for. It works when it is waited
    for."""

    def __init__(self, max_pending: int) -> None:
        self.max_pending = max_pending
        self.log: list[tuple[str, Any]] = []
        self.closed_after = -1
        """How many entries the log had when the pool of forked workers was closed."""

    @contextmanager
    def unit_pool(self, context: object, units: int) -> Iterator[Recorder]:  # noqa: ARG002
        yield self
        self.closed_after = len(self.log)

    @contextmanager
    def document_pool(self, context: object, documents: int) -> Iterator[Recorder]:  # noqa: ARG002
        yield self

    def submit(self, work: Callable[[Any, Any], Any], piece: Any) -> Callable[[], Any]:
        self.log.append(("submitted", piece))

        def result() -> Any:
            self.log.append(("waited", piece))
            return work(piece, None)

        return result


@pytest.mark.parametrize("max_pending", [1, 3, 6])
@pytest.mark.parametrize("units", [0, 1, BATCH_SIZE, 5 * BATCH_SIZE + 3])
def test_units_come_back_in_order_and_few_are_ahead(
    units: int, max_pending: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "build_units", lambda batch, _: [-n for n in batch])
    pool, ahead, most = Recorder(max_pending), 0, 0
    jobs: Any = range(units)
    assert [*Scheduler(pool).make_units(jobs, None)] == [-n for n in range(units)]  # type: ignore[arg-type]
    for what, batch in pool.log:
        ahead += 1 if what == "submitted" else -1
        most = max(most, ahead)
        assert 0 < len(batch) <= BATCH_SIZE
    away = max(units - 1, 0)  # the first is made here
    assert ahead == 0 and most == min(max_pending, -(-away // BATCH_SIZE))


def target(path: str, cost: int) -> Target:
    return Target(path, "pdf", "page", cost=cost)


def test_the_longest_documents_are_given_away_first_and_the_rest_is_made_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler, "render", lambda target, *_: (target.path.encode(), ""))
    monkeypatch.setattr(scheduler, "render_document", lambda document, _: (document[0].path.encode(), ""))
    pool, asked = Recorder(9), list[str]()
    targets = [target("short", 5), target("a", 1), target("long", 50), target("b", 1), target("middle", 20)]

    class Context:
        template_set = None

    def lines_of(each: Target) -> dict[str, str]:
        asked.append(each.path)
        return {}

    made = [each.path for each, _, _ in Scheduler(pool).make_targets(targets, lines_of, Context())]  # type: ignore[arg-type]
    assert made == ["a", "b", "long", "middle", "short"] == [path for _, path in scheduler.in_turn(targets)]
    assert [piece[0].path for what, piece in pool.log if what == "submitted"] == ["long", "middle", "short"]
    assert asked == ["long", "middle", "short", "a", "b"]


def test_all_problems_of_all_targets_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(each: Target) -> Any:
        raise ContentError([Problem.at(each.path, 1, 1, "tab")])

    monkeypatch.setattr(scheduler, "render", lambda target, *_: failing(target))
    monkeypatch.setattr(scheduler, "render_document", lambda document, _: failing(document[0]))

    class Context:
        template_set = None

    targets = [target("a", 1), target("b", 9), target("c", 1)]
    with pytest.raises(ContentError) as told:
        list(Scheduler(Recorder(9)).make_targets(targets, lambda _: {}, Context()))  # type: ignore[arg-type]
    assert [problem.path for problem in told.value.problems] == ["a", "b", "c"]


def test_workers_pack_fonts_while_this_process_renders_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Recorder(9)

    def render(target: Target, *_: object) -> tuple[bytes, str]:
        pool.log.append(("rendered", target))
        return target.path.encode(), ""

    monkeypatch.setattr(scheduler, "render", render)
    font, page, long = Target("f.woff2", "pages", "font"), Target("a.html", "pages", "page"), target("long", 9)
    targets = [font, long, page]

    class Context:
        template_set = None

    monkeypatch.setattr(scheduler, "render_alone", lambda target, _: (target.path.encode(), ""))
    monkeypatch.setattr(scheduler, "render_document", lambda document, _: (document[0].path.encode(), ""))
    made = [each.path for each, _, _ in Scheduler(pool).make_targets(targets, lambda _: {}, Context())]  # type: ignore[arg-type,return-value]
    assert made == ["a.html", "f.woff2", "long"] == [path for _, path in scheduler.in_turn(targets)]
    assert [what for what, _ in pool.log] == ["submitted", "submitted", "rendered", "waited", "waited"]
    assert pool.log[3] == ("waited", font) and pool.closed_after == 4, "its workers are not kept beside documents"
