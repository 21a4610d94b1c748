"""What a template uses, from its source: other templates, words, and the words that it fills in."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from gazette.rendering.template_uses import FilledWord, TemplateUses, uses_of


def uses(source: str) -> TemplateUses:
    return uses_of(Environment(extensions=["jinja2.ext.do"]).parse(source))


@pytest.mark.parametrize(
    ("source", "templates"),
    [
        ('{% extends "a.html" %}{% import "b.html" as b %}', {"a.html", "b.html"}),
        ('{% include ["a.html", "b.html"] ignore missing %}', {"a.html", "b.html"}),
        ('{% from "a.html" import x %}{{ part("b.html", view) }}', {"a.html", "b.html"}),
        ("{% include name %}{{ part(name) }}{{ other('c.html') }}", set()),
    ],
)
def test_templates_that_are_named_are_found(source: str, templates: set[str]) -> None:
    assert {*uses(source).templates} == templates


def test_a_word_is_its_longest_path_and_a_group_is_looked_up_by_a_code() -> None:
    found = uses("{{ w.nav.home }}\n{{ w.state[code] }}{{ w.nav.home }}\n{{ x.w.nav }}{{ nav.w }}")
    assert found.words == (("nav.home", 1), ("nav.home", 2), ("state", 2))


def test_what_is_filled_in_is_told_with_the_names_that_it_is_given() -> None:
    source = '{{ fill(w.a.b if x else w.a.c, day=1, n=2) }}\n{{ count(w.n.d, 3, of=4) }}{{ fill("e", day=1) }}'
    assert uses(source).filled == (
        FilledWord("a.b", 1, ("day", "n")),
        FilledWord("a.c", 1, ("day", "n")),
        FilledWord("n.d", 2, ("n", "of")),
    )
