"""The elements of a page without its words: what two pages have in common that say something else."""

from __future__ import annotations

from lxml import html

Shape = list[tuple[str, tuple[str, ...]]]


def shape(page: html.HtmlElement) -> Shape:
    """The elements of a page in order, each with the names of its attributes. Marks around foreign words and long ones,
    and the places where those may break, are left out: they are a matter of the words."""
    elements = (each for each in page.iter() if isinstance(each.tag, str))
    shown = (each for each in elements if each.tag != "wbr" and not _is_of_words(each))
    short = {"class"}  # of words that a line takes whole
    found = [
        (str(each.tag), tuple(sorted({*map(str, each.attrib)} - (short if each.get("class") == "word" else set()))))
        for each in shown
    ]
    return [each for each in found if each != ("span", ("lang",))]


def _is_of_words(each: html.HtmlElement) -> bool:
    own = each.get("class")
    return own in ("run", "shy") or (each.tag == "span" and own == "word" and "lang" not in each.attrib)
