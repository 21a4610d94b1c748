"""Writes how a page is cited by reference managers, and the links by which readers report an error."""

from __future__ import annotations

import json
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from gazette.model.records.site import PLEDGE_IN_ADDRESS

_OF_TEX = {ord(sign): f"\\{sign}" for sign in "&%$#_{}"}
_OF_TEX |= {ord("\\"): "\\textbackslash{}", ord("~"): "\\textasciitilde{}", ord("^"): "\\textasciicircum{}"}


class Citation(msgspec.Struct, frozen=True):
    """What is cited: an entry `id` of a `site`, as it was on a `date` (ISO 8601, or ""). `note` says in words which
    entry it is. `author` is the publisher of the site; `author` and `address` may be "". `language` is a BCP 47 tag."""

    id: str
    title: str
    note: str
    date: str
    site: str
    author: str
    address: str
    language: str

    @property
    def bibtex(self) -> str:
        """The entry for BibTeX and biblatex. Fields that are empty are left out."""
        year, month = (*self.date.split("-"), "", "")[:2]
        fields = {
            "author": f"{{{_tex(self.author)}}}" if self.author else "",  # braces: a public body has no first name
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": _tex(self.site),
            "year": year,
            "month": month.lstrip("0"),
            "note": _tex(self.note),
            "url": self.address,
            "language": self.language,
        }
        lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.id},\n{''.join(lines)}}}"

    @property
    def csl_json(self) -> str:
        """The entry as CSL-JSON, a list of one, which Zotero and others read."""
        fields = {
            "id": self.id,
            "type": "webpage",
            "title": self.title,
            "container-title": self.site,
            "author": [{"literal": self.author}] if self.author else None,
            "issued": {"date-parts": [[int(part) for part in self.date.split("-")]]} if self.date else None,
            "note": self.note,
            "URL": self.address,
            "language": self.language,
        }
        lines = (f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in fields.items() if value)
        return "[{\n" + ",\n".join(lines) + "\n}]"


def _tex(words: str) -> str:
    return words.translate(_OF_TEX)


def report_link(feedback: str, id: str = "", subject: str = "") -> str:
    """Return the link by which a reader reports an error: to a form, whose address may take the `id` of a pledge, or to
    an e-mail with a `subject`."""
    if "://" in feedback:
        return feedback.replace(PLEDGE_IN_ADDRESS, quote(id, safe=""))
    return f"mailto:{quote(feedback, safe='@+')}" + (f"?subject={quote(subject, safe='')}" if subject else "")


def frame_code(address: str, title: str) -> str:
    """Return the HTML by which another site embeds a card of this one."""
    frame = Markup('<iframe src="{}" title="{}" width="600" height="240" loading="lazy"></iframe>')
    return str(frame.format(address, title))
