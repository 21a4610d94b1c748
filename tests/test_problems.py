"""Problems: in order, each once, and on one short line."""

from __future__ import annotations

from gazette.messages.problems import COMMAND, ContentError, Problem


def test_problems_are_sorted_single_and_survive_pickling() -> None:
    import pickle

    one, two = Problem.at("a.yaml", 2, 1, "tab"), Problem.at("a.yaml", 1, 9, "yaml_merge")
    error = ContentError([one, two, one])
    assert error.problems == (two, one)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_was_found_is_shown_on_one_short_line() -> None:
    shown = Problem.at("a", 1, 1, "timezone", found="x\ny\x1b[31m" + "长" * 500).show("en")
    assert "\n" not in shown and "\x1b" not in shown and len(shown) < 300


def test_a_place_is_one_that_an_editor_can_go_to() -> None:
    """The first line where a file as a whole is meant; what has no lines is only named."""
    shown = [
        Problem.at("a.yaml", 0, 0, "tab"),
        Problem.at("a.yaml", 3, 0, "tab"),
        Problem.of_folder("content/districts", "tab"),
        Problem.at(COMMAND, 0, 0, "tab"),
        Problem.at("--at", 0, 0, "tab"),
        Problem.at("", 0, 0, "tab"),
    ]
    places = [problem.show("en").partition("there is a tab")[0] for problem in shown]
    assert places == ["a.yaml:1:1: ", "a.yaml:3:1: ", "content/districts/: ", "build.py: ", "--at: ", ""]
