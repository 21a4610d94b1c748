"""The environment of the templates is Jinja's own but for one tag: the same text comes out of both."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from gazette.rendering.environment import SiteEnvironment

SETTINGS: dict[str, Any] = {
    "autoescape": lambda name: name is None or not name.endswith((".css", ".txt")),
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "extensions": ["jinja2.ext.do"],
}

TEMPLATES = {
    "base.html": "<title>{% block title %}-{% endblock %}</title>\n{% block body %}{% endblock %}\n",
    "page.html": (
        '{% extends "base.html" %}\n{% from "_macros.html" import row with context %}\n'
        "{% block title %}{{ title }}{% endblock %}\n{% block body %}\n"
        "  {% for each in entries if each.n is defined %}\n"
        "  {{ row(each) }}\n  {% else %}none{% endfor %}\n{% set found = [] %}{% do found.append(1) %}"
        '{{ found | length }}{% include "_part.html" %}{% endblock %}\n'
    ),
    "_macros.html": '{% macro row(each) %}<b title="{{ each.name }}">{{ each.n + 1 }}{{ mark }}</b>{% endmacro %}',
    "_part.html": "<i>{{ mark }}{{ title | upper }}</i>",
    "style.css": 'a::after { content: "{{ title }}" }\n',
}
VALUES = {
    "title": "a & <b>",
    "mark": Markup("<hr>"),
    "entries": [{"n": 1, "name": '"x"'}, {"name": "y"}, {"n": 2, "name": 3}],
}


@pytest.mark.parametrize("name", ["page.html", "style.css"])
@pytest.mark.parametrize("parsed", [False, True], ids=["from its text", "from its tree"])
def test_a_template_gives_what_jinja_makes_of_it(name: str, parsed: bool) -> None:
    stock = jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), **SETTINGS)
    trees = {each: SiteEnvironment().parse(text, each) for each, text in TEMPLATES.items()} if parsed else {}
    ours = SiteEnvironment(trees, loader=jinja2.DictLoader(TEMPLATES))
    expected = stock.get_template(name).render(VALUES)
    assert "a &amp; &lt;b&gt;" in expected or "a & <b>" in expected
    assert [ours.get_template(name).render(VALUES) for _ in range(2)] == [expected] * 2
    assert name not in trees, "a tree is large, and needed once"


def test_what_is_not_there_is_an_error() -> None:
    for text in ("{{ nothing }}", "{{ entries[0].nothing }}", "{% if nothing %}x{% endif %}"):
        with pytest.raises(jinja2.UndefinedError):
            SiteEnvironment().from_string(text).render(VALUES)


def test_what_stands_between_the_tags_is_worked_out_once_for_each_key() -> None:
    calls: list[int] = []

    def counted(n: int) -> str:
        calls.append(n)
        return f"<{n}>"

    text = "{% for n in numbers %}{% cache n % 2 %}{{ counted(n) }}{% endcache %}{% endfor %}"
    environment = SiteEnvironment(loader=jinja2.DictLoader({"a.html": text, "b.html": text}))
    assert environment.get_template("a.html").render(numbers=[1, 2, 3, 4], counted=counted) == "&lt;1&gt;&lt;2&gt;" * 2
    assert environment.get_template("b.html").render(numbers=[3], counted=counted) == "&lt;3&gt;"
    assert calls == [1, 2, 3], "each place has keys of its own"
