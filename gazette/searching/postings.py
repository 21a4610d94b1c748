"""What is found by which token, and how much that says: the weights of the tokens of one record."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from gazette.searching.tokens import Tokenizer

HEAVIEST = 9
"""Weights are whole numbers from 1 to this. None depends on other records: what one record says changes none of
another."""

NAME, BESIDE, TEXT = 6, 2, 1
"""The weights of what names the record in other words or is responsible for it, of what it belongs to, and of all
else."""


class Searched(NamedTuple):
    """A record with all that it is found by: its `title`, other `names`, what stands `beside` it (such as a programme
    that it names), its `texts`. `shown` says to what it belongs, as a result says it."""

    title: str
    names: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    shown: str = ""


def weights(tokenizer: Tokenizer, record: Searched) -> dict[str, int]:
    """The weight of each token of a record. One of a title weighs the more the shorter that is, so that a title which
    is asked for exactly comes first."""
    found: dict[str, int] = {}
    for some, weight in ((record.texts, TEXT), (record.beside, BESIDE), (record.names, NAME)):
        if some:  # a line end parts tokens as the end of a text does
            found.update(dict.fromkeys(tokenizer.of("\n".join(some)), weight))
    for sign in tokenizer.signs_of(record.title):
        found[sign] = max(found.get(sign, 0), BESIDE)
    tokens = {*tokenizer.of(record.title)}
    for token in tokens:
        found[token] = max(found.get(token, 0), min(HEAVIEST, 2 + ceil(12 / len(tokens))))
    return found


def line(weights_of: Mapping[int, Mapping[str, int]]) -> Mapping[str, str]:
    """For each token where it stands among some records (by number), such as `D0A12`: with weight 4 in record 0, with
    weight 1 in record 12. Numbers have base 36."""
    found: dict[str, str] = {}
    for number, own in sorted(weights_of.items()):
        place = in_base_36(number)
        marks = [letter + place for letter in _LETTERS]
        for token, weight in own.items():
            found[token] = found[token] + marks[weight] if token in found else marks[weight]
    return found


_LETTERS = " ABCDEFGHI"


def in_base_36(number: int) -> str:
    """A number from 0 on as a script reads it with `parseInt(…, 36)`."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
