"""What rendering remembers – parts of pages, marks – is what it would render anew: a key names all that a text depends
on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from markupsafe import Markup
from program import ROOT, SITE, tree

from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.place import output_place
from gazette.building.settings import Settings
from gazette.rendering import jinja
from gazette.rendering.environment import SiteEnvironment, remembered


class Forgetful(dict[tuple[str, object], str]):
    """Holds what was put into it last, and has nothing when it is asked."""

    def __contains__(self, key: object) -> bool:
        return False


def pages(folder: Path) -> dict[str, bytes]:
    cache = compiled(folder.with_name(f"{folder.name}-cache"))
    settings = Settings(SITE, ROOT / "templates", cache, only=("pages", "data"), executor="serial")
    run(Output(*output_place(folder, cache, "site")), settings, lambda _: None, lambda _: "")
    return tree(folder)


@pytest.mark.long
def test_a_site_is_the_same_when_nothing_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_memory = pages(tmp_path / "with")
    begin, forgotten = SiteEnvironment.__init__, []

    def forget(self: SiteEnvironment, *rest: Any, **more: Any) -> None:
        begin(self, *rest, **more)
        self.rendered_parts = Forgetful()

    def only_render(macro: Any) -> Any:
        forgotten.append(macro)
        return macro

    monkeypatch.setattr(SiteEnvironment, "__init__", forget)
    monkeypatch.setitem(jinja.PURE, "remembered", only_render)
    without = pages(tmp_path / "without")
    assert forgotten, "marks ask to be remembered"
    assert [path for path, data in with_memory.items() if without.get(path) != data] == []
    assert with_memory.keys() == without.keys()


def test_a_mark_is_rendered_once_for_equal_arguments() -> None:
    calls: list[tuple[object, ...]] = []

    def mark(*arguments: object, **named: object) -> Markup:
        calls.append((*arguments, *named.items()))
        return Markup(f"<b>{len(calls)}</b>")

    recall = remembered(mark)
    assert [recall("a"), recall("b"), recall("a"), recall("a", short=True), recall("a", short=True)] == [
        *("<b>1</b>", "<b>2</b>", "<b>1</b>"),
        *("<b>3</b>", "<b>3</b>"),
    ]
    assert recall(["a list"]) != recall(["a list"]), "what cannot be a key is rendered each time"
