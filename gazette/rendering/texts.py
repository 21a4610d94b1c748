"""Turns texts of the content into a page's markup, with links and with runs of other scripts marked."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from gazette.model.text.markdown import article, printed_article
from gazette.model.text.markup import printed, prose
from gazette.rendering.links import Links
from gazette.rendering.state import RenderState
from gazette.rendering.typography import Place, hyphenate, mark_runs
from gazette.rendering.words import Words

REMEMBERED = 20_000
"""How many marked texts are kept: names recur again and again."""


class Texts:
    """Texts as the page that is being rendered shows them."""

    def __init__(self, state: RenderState, links: Links, words: Words) -> None:
        self.state, self.links, self.words = state, links, words
        self._known: dict[tuple[Place, str], Markup] = {}

    def names(self) -> dict[str, Any]:
        """Return the functions that templates can call, by name."""
        return {
            "t": self.text,
            "hyphenated": self.hyphenated,
            "rich": self.rich,
            "article": self.article,
            "printed": self.printed,
            "printed_article": self.printed_article,
            "outward": self.outward,
        }

    def text(self, words: str) -> Markup:
        """Return plain words, such as a name or title, with foreign runs marked; on pages also with long addresses and
        codes marked, and short words with hyphens. (In documents the compositor finds these.)"""
        return self._marked(words, "name")

    def sentence(self, words: str) -> Markup:
        """Like `text`, for words whose lines may end at any hyphen."""
        return self._marked(words, "page")

    def _marked(self, words: str, place: Place) -> Markup:
        if not self.state.current.path.endswith(".html"):
            place = "paper"
        marked = self._known.get((place, words))
        if marked is None:
            marked = mark_runs(words, self.words.script, self.state.template_set.tags, place)
            if len(self._known) < REMEMBERED:
                self._known[place, words] = marked
        return marked

    def hyphenated(self, words: str) -> Markup:
        """Return plain words that may break inside, for narrow places. A hyphen is an element whose content the style
        sheet supplies (`.shy`), so a copy holds the words alone."""
        marked = self.sentence(hyphenate(words, self.words.locale))
        return marked.replace("\u00ad", Markup('<span class="shy"></span>')).replace("\u200b", Markup("<wbr>"))

    def rich(self, words: str) -> Markup:
        """Return the markup of a text that may hold links."""
        return prose(words, self.links.resolve, self.sentence)

    def article(self, body: str, level: int = 2) -> Markup:
        """Return the HTML of Markdown; its headings begin at `level`."""
        return article(body, self.links.resolve, self.sentence, self.words.word("page.table"), level)

    def printed(self, words: str) -> Markup:
        """Return the markup for paper of a text that may hold links."""
        return printed(words, self.text, self.outward)

    def printed_article(self, body: str, level: int = 2) -> Markup:
        """Return the HTML for paper of Markdown; its headings begin at `level`."""
        return printed_article(body, self.text, self.outward, level)

    def outward(self, words: str, address: str) -> Markup:
        """Return a link to another site, for paper: its address follows its words. (The words are not marked: a screen
        reader would announce each run as a link of its own.)"""
        link = Markup('<a href="{}">{}</a>').format(address, words)
        if words.rstrip("/") in (address.rstrip("/"), address.partition("://")[2].rstrip("/")):
            return link
        return link + self.text(self.words.fill(self.words.word("page.address"), address=address))
