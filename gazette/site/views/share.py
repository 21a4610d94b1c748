"""Defines the view of pictures for links to the site that readers share."""

from __future__ import annotations

from gazette.site.views.elements import View


class ShareView(View, frozen=True):
    """The picture of a unit, or of the city.

    `above` is the small line over the `name`, `site` the site's title. `strokes` is the number of pledges, drawn as
    strokes and stated in words: `counted` holds {n} and its plural forms, and `locale` decides between them. `invented`
    is a remark for a fictional city, otherwise "". A `square` picture has room for little more than the name.
    """

    name: str
    above: str
    site: str
    strokes: int
    counted: str
    locale: str
    invented: str = ""
    square: bool = False
