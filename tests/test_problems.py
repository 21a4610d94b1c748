"""Problems: in order, each once, and on one short line."""

from __future__ import annotations

from gazette.messages.problems import ContentError, Problem


def test_problems_are_sorted_single_and_survive_pickling() -> None:
    import pickle

    one, two = Problem.at("a.yaml", 2, 1, "tab"), Problem.at("a.yaml", 1, 9, "yaml_merge")
    error = ContentError([one, two, one])
    assert error.problems == (two, one)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_was_found_is_shown_on_one_short_line() -> None:
    shown = Problem.at("a", 1, 1, "timezone", found="x\ny\x1b[31m" + "长" * 500).show("en")
    assert "\n" not in shown and "\x1b" not in shown and len(shown) < 300
