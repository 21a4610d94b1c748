"""The styles that elements of a document have: as WeasyPrint works them out, but each only once, and late.

A document in two languages had seven thousand styles of a hundred entries, most of them the same; now it has hundreds.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from typing import Any

import weasyprint.css as css
from weasyprint.layout.page import PageType

_LATE = frozenset(("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
"""What the browser's own style sheet gives to every element, for the few that are list items or notes."""


REPLACED = {
    "weasyprint.css:StyleFor": "c03388a42f79",
    "weasyprint.css:find_style_attributes": "e2f11e26b2d8",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Puts the changes into WeasyPrint, once for the process."""
    css.StyleFor = LateStyles
    css.find_style_attributes = sharing(css.find_style_attributes)


class LateStyles(css.StyleFor):  # type: ignore[misc]
    """The styles of a document. Those of markers and calls of notes are made when they are asked for: six styles for
    each element took a quarter of all memory."""

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
        """The style of an element or of a part of it; None where it has none."""
        if pseudo_type in self.late and (element, pseudo_type) not in self._computed_styles:
            root, _ = next(iter(self._computed_styles))
            self._cascaded_styles[element, pseudo_type] = self.late[pseudo_type]
            self.set_computed_styles(element, element, root, pseudo_type, self.base_url)
            del self._cascaded_styles[element, pseudo_type]
        return super().__call__(element, pseudo_type)

    def set_computed_styles(
        self, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, *others: Any, **more: Any
    ) -> None:
        """As WeasyPrint's. Parts of elements, pages and margins of pages share a style where parent and rules are the
        same, as elements do in WeasyPrint."""
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
    """What attributes of elements declare. Elements in one language share what says so: WeasyPrint lets elements share
    a style where all that is declared for them is the same thing, and made another thing for each `lang`. Below it
    nothing was shared either: most of a document in two languages."""

    def found(*arguments: Any) -> Iterator[Any]:
        known: dict[str, Any] = {}
        for specificity, element, declarations, base_url in find(*arguments):
            if len(declarations) == 1 and getattr(declarations[0], "name", "") == "-weasy-lang":
                declarations = known.setdefault(declarations[0].serialize(), declarations)
            yield specificity, element, declarations, base_url

    return found


def _rules(matcher: Any) -> list[Any]:
    """All rules of a matcher of cssselect2."""
    named = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors)
    found = [rule for group in (*named, matcher.namespace_selectors) for rules in group.values() for rule in rules]
    return [*found, *matcher.lang_attr_selectors, *matcher.other_selectors]


def _cascaded(rule: Any) -> dict[str, Any]:
    """What a rule of the browser's own sheet declares, as the cascade keeps it."""
    _, specificity, _, _, (declarations, _) = rule
    return {
        name: (values, (css.declaration_precedence("user agent", importance), math.inf, specificity))
        for name, values, importance in declarations
    }


def _without(sheet: Any, parts: frozenset[str]) -> Any:
    """A style sheet without the rules for some parts of every element."""
    less, less.matcher = (found := copy.copy(sheet)), copy.copy(sheet.matcher)
    less.matcher.other_selectors = [rule for rule in sheet.matcher.other_selectors if rule[3] not in parts]
    return found
