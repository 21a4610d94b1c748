"""Owns the manners of scripts: which words are foreign on a page, and how runs of them are marked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
                  "(?:[\u3001-\u3003\u3005-\u301f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]*"
                  "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff09\u300b\U00020000-\U0003ffff])?")  # fmt: skip
_LATIN = re.compile(r"[A-Za-z][A-Za-z’'\-]+(?: [A-Za-z][A-Za-z’'\-]+)+")
"""Two or more Latin words: a single one (PDF, PM10, Excel) is at home in a Chinese sentence."""

_FOREIGN = {"Latn": ("Hans", _HAN), "Hans": ("Latn", _LATIN), "Hant": ("Latn", _LATIN)}


def mark_runs(text: str, script: str, tags: Mapping[str, str]) -> Markup:
    """`text` escaped, with every run of another script in a span that names its language.

    `script` is the page's (ISO 15924), `tags` gives the language tag to use for each script of the site.
    """
    foreign, pattern = _FOREIGN.get(script, ("", _HAN))
    tag = tags.get(foreign)
    if tag is None or not pattern.search(text):
        return escape(text)
    out, done = Markup(""), 0
    for match in pattern.finditer(text):
        out += escape(text[done : match.start()])
        out += Markup('<span lang="{}">{}</span>').format(tag, match.group())
        done = match.end()
    return out + escape(text[done:])
