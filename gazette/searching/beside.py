"""Finds the words that a search needs besides those that readers see."""

from __future__ import annotations

from gazette.lazy_re import pattern


def searched(text: str, beside: str) -> str:
    """The runs of letters and digits in `text` that `beside` lacks, each once, in lower case. A search in `beside` and
    in these finds everything in `text`. (In Chinese a run is a clause, otherwise a word.)"""
    visible = beside.lower()
    return " ".join(run for run in dict.fromkeys(_RUN.findall(text.lower())) if run not in visible)


_RUN = pattern(r"\w[\w’'-]*")
