"""Makes targets and fragments from views, in one language."""

from __future__ import annotations

from gazette.planning.language import LanguageContext
from gazette.site.kinds import Kind
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.page import Page


def page_target(page: Page, template: str, slots: tuple[Slot, ...] = ()) -> Target:
    """Return the target of a page, at the address of its reference."""
    return Target(route(page.ref, page.language), "pages", "page", page, template, slots=slots)


def newest_first(day: str) -> str:
    """Return a sort key that puts later days (ISO 8601) first."""
    return day.translate(_BACKWARDS)


_BACKWARDS = str.maketrans("0123456789", "9876543210")


class SharedTarget:
    """The shared page or document `ref` of a language, for units that add fragments to it."""

    def __init__(self, lang: LanguageContext, ref: str, kind: Kind = "pages") -> None:
        self.lang, self.ref, self.kind = lang, ref, kind
        self.path = route(ref, lang.code)

    def fragment(self, slot: str, template: str, view: object, sort_key: str = "") -> Fragment:
        """Return a fragment for `slot` (a name without the language), with a template of `templates/fragments/`. The
        fragments of a slot are sorted by `sort_key`, then by the order of their units."""
        page, name = self.lang.page(self.ref, "", view), f"{self.lang.code}/{slot}"
        return Fragment(
            slot=name,
            path=self.path,
            kind=self.kind,
            maker="page",
            view=page,
            template=f"fragments/{template}",
            sort_key=sort_key,
        )
