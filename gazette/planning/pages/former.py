"""Plans redirects from the former addresses of themes and programmes."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.language import LanguageContext
from gazette.planning.targets import page_target
from gazette.site.target import Target
from gazette.site.views.elements import Ref
from gazette.site.views.page import FormerView


def former_pages(lang: LanguageContext) -> Iterator[Target]:
    """Yield the redirects of one language."""
    for kind, section, entries in (
        ("theme", "themes", lang.content.themes),
        ("programme", "programmes", lang.content.programmes),
    ):
        for entry in entries:
            now = Ref(f"{kind}:{entry.id}", lang.text(entry.name))
            for former in entry.formerly:
                view = FormerView(now, entry.id, former, Ref(section, ""))
                yield page_target(lang.page(f"{kind}:{former}", section, view), "former.html")
