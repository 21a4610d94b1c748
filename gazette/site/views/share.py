"""The pictures that stand beside a link to the site where it is shared."""

from __future__ import annotations

from gazette.site.views.elements import View


class ShareView(View, frozen=True):
    """The picture of a unit, or of the whole city: `above` stands over the `name` in small letters, `site` is the title
    of the site. `strokes` counts the pledges, as strokes and in words (`counted`, with {n}, its plural forms apart);
    `locale` is what the words follow. `invented` is said of a city that there is not, else it is empty. A `square` one
    has room for little more than the name."""

    name: str
    above: str
    site: str
    strokes: int
    counted: str
    locale: str
    invented: str = ""
    square: bool = False
