"""Weighs the tokens of one record: how much each says about it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from gazette.searching.tokens import Tokenizer

HEAVIEST = 9
"""The largest weight; the smallest is 1. A weight does not depend on other records, so that changing one changes no
other."""

NAME, BESIDE, TEXT = 6, 2, 1
"""Weights of other names of the record and of those responsible for it, of what it belongs to, and of all other
texts."""


class Searched(NamedTuple):
    """A record with everything by which it is found: `title`, other `names`, things `beside` it (such as a programme
    that it names), and `texts`. `shown` says in a result what it belongs to."""

    title: str
    names: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    shown: str = ""


def weights(tokenizer: Tokenizer, record: Searched) -> dict[str, int]:
    """`{token: weight}` of a record. Tokens of a shorter title weigh more, so that a title searched for exactly comes
    first."""
    token_weights: dict[str, int] = {}
    for texts, weight in ((record.texts, TEXT), (record.beside, BESIDE), (record.names, NAME)):
        if texts:  # a line end separates tokens like the end of a text
            token_weights.update(dict.fromkeys(tokenizer.of("\n".join(texts)), weight))
    for sign in tokenizer.signs_of(record.title):
        token_weights[sign] = max(token_weights.get(sign, 0), BESIDE)
    tokens = {*tokenizer.of(record.title)}
    for token in tokens:
        token_weights[token] = max(token_weights.get(token, 0), min(HEAVIEST, 2 + ceil(12 / len(tokens))))
    return token_weights


def line(weights_of: Mapping[int, Mapping[str, int]]) -> Mapping[str, str]:
    """`{token: postings}` of records given by number: `D0A12` means weight 4 in record 0 and weight 1 in record 12.
    Numbers are in base 36."""
    postings: dict[str, str] = {}
    for number, token_weights in sorted(weights_of.items()):
        record_number = in_base_36(number)
        marks = [letter + record_number for letter in _LETTERS]
        for token, weight in token_weights.items():
            postings[token] = postings[token] + marks[weight] if token in postings else marks[weight]
    return postings


_LETTERS = " ABCDEFGHI"


def in_base_36(number: int) -> str:
    """A number from 0 on, as a script reads it with `parseInt(…, 36)`."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
