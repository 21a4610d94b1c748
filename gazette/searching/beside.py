"""What is looked through beside what a reader sees: the words of a text that do not stand there already."""

from __future__ import annotations

from gazette.lazy_re import pattern


def searched(text: str, beside: str) -> str:
    """What a search through `text` needs where it looks through `beside` as well: each run of letters and figures once,
    in small letters, without those that stand there. (In Chinese a run is a clause, elsewhere a word.)"""
    shown = beside.lower()
    return " ".join(run for run in dict.fromkeys(_RUN.findall(text.lower())) if run not in shown)


_RUN = pattern(r"\w[\w’'-]*")
