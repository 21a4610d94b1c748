"""WeasyPrint computes fewer styles: equal ones once, and those of markers and notes only when they are asked for.

A document in two languages had seven thousand styles of a hundred entries, most of them the same. Now it has hundreds.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from typing import Any

import weasyprint.css as css
from weasyprint.layout.page import PageType

_LATE = frozenset(("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
"""Pseudo-elements that WeasyPrint's own style sheet styles for every element, though only list items and notes have
any."""


REPLACED = {
    "weasyprint.css:StyleFor": "4de26bca7409",
    "weasyprint.css:find_style_attributes": "5d1c5ac328cf",
}
"""What this replaces, with digests of the sources (`pdf.sources`)."""

RELIES_ON = {
    "cssselect2:Matcher": "07e6777fe276",
    "weasyprint:CSS.__init__": "e5517488a4ce",
    "weasyprint.css:ComputedStyle": "f574c00df5aa",
    "weasyprint.css:declaration_precedence": "f56fb0128852",
    "weasyprint.css:get_all_computed_styles": "336e9d360d02",
    "weasyprint.css:preprocess_stylesheet": "1d2f7d8eb21f",
    "weasyprint.layout.page:PageType": "507893bda4b6",
    "weasyprint.layout.page:set_page_type_computed_styles": "4c8d3b01187a",
}
"""What this uses of other libraries' insides, with digests of the sources (`pdf.sources`): the tuples in which
cssselect2 keeps rules, what WeasyPrint puts into them, and who asks for computed styles."""


def install() -> None:
    """Replace them, once for the process: both or, where that fails, none."""
    css.StyleFor, css.find_style_attributes = LateStyles, sharing(css.find_style_attributes)


class LateStyles(css.StyleFor):  # type: ignore[misc]
    """The styles of a document. Those of markers and notes are computed when they are asked for: six styles for each
    element took a quarter of all memory."""

    def __init__(self, html: Any, sheets: list[Any], *others: Any) -> None:
        agent = [
            rule for sheet, origin, _ in sheets if origin == "user agent" for rule in sheet.matcher.other_selectors
        ]
        own = {rule[3] for sheet, origin, _ in sheets if origin != "user agent" for rule in _rules(sheet.matcher)}
        late = _LATE - own  # where a document styles them itself, all is left as it was
        self.late = {rule[3]: _cascaded(rule) for rule in agent if rule[3] in late}
        self.base_url = html.base_url
        early = [
            (_without(sheet, late), *rest) if rest[0] == "user agent" else (sheet, *rest) for sheet, *rest in sheets
        ]
        self.known: dict[Any, Any] = {}
        super().__init__(html, early, *others)
        self._sheets = sheets

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        """The style of an element or of a pseudo-element; None where it has none."""
        if pseudo_type in self.late and (element, pseudo_type) not in self._computed_styles:
            root, _ = next(iter(self._computed_styles))
            self._cascaded_styles[element, pseudo_type] = self.late[pseudo_type]
            self.set_computed_styles(element, element, root, pseudo_type, self.base_url)
            del self._cascaded_styles[element, pseudo_type]
        return super().__call__(element, pseudo_type)

    def set_computed_styles(
        self, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, *others: Any, **more: Any
    ) -> None:
        """Pseudo-elements, pages and page margins share a style where parent and rules are the same. (WeasyPrint does
        that for elements only.)"""
        plain = element == root or (pseudo_type is None and not isinstance(element, PageType))
        if plain:
            super().set_computed_styles(element, parent, root, pseudo_type, *others, **more)
            return
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        rules = tuple((name, id(values), *weight[:2], *weight[2]) for name, (values, weight) in cascaded.items())
        key = id(self._computed_styles[parent, None]), pseudo_type, rules
        if key in self.known:
            self._computed_styles[element, pseudo_type] = self.known[key]
            return
        super().set_computed_styles(element, parent, root, pseudo_type, *others, **more)
        self.known[key] = self._computed_styles[element, pseudo_type]


def sharing(find: Any) -> Any:
    """`find_style_attributes`, which yields the declarations in attributes of elements. Elements in one language get
    one declaration of it: WeasyPrint shares a style only between elements with the identical declarations, and makes
    new ones for each `lang`, so that in a document in two languages little was shared."""

    def found(*arguments: Any) -> Iterator[Any]:
        known: dict[str, Any] = {}
        for specificity, element, declarations, base_url in find(*arguments):
            if len(declarations) == 1 and getattr(declarations[0], "name", "") == "-weasy-lang":
                declarations = known.setdefault(declarations[0].serialize(), declarations)
            yield specificity, element, declarations, base_url

    return found


def _rules(matcher: Any) -> list[Any]:
    """All rules of a `cssselect2.Matcher`: tuples of a test, a specificity, an order, a pseudo-element and a
    payload."""
    named = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors)
    found = [rule for group in (*named, matcher.namespace_selectors) for rules in group.values() for rule in rules]
    return [*found, *matcher.lang_attr_selectors, *matcher.other_selectors]


def _cascaded(rule: Any) -> dict[str, Any]:
    """The declarations of a rule in WeasyPrint's own style sheet, as `StyleFor` keeps them: a property → value and
    weight."""
    _, specificity, _, _, (declarations, _) = rule
    return {
        name: (values, (css.declaration_precedence("user agent", importance), math.inf, specificity))
        for name, values, importance in declarations
    }


def _without(sheet: Any, parts: frozenset[str]) -> Any:
    """A copy of a style sheet without the rules for some pseudo-elements of every element."""
    less = copy.copy(sheet)
    less.matcher = copy.copy(sheet.matcher)
    less.matcher.other_selectors = [rule for rule in sheet.matcher.other_selectors if rule[3] not in parts]
    return less
