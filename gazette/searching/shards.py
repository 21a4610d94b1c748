"""The files that a browser loads for a search: shards with the tokens, blocks with the records.

A release can come while somebody looks for something: then some of these files are of the last one. So what must fit
together says so in its name: in how many parts tokens and records lie. Where it does not, a file of that name is gone,
and the script begins anew. Units and pledges are known by their own numbers, and what is gone is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from zlib import crc32

from gazette.searching.postings import in_base_36

BEGUN_BY = 4
"""So many characters decide in which shard a token is: all words that begin with them are found together, while
somebody still types one of them."""

IN_A_BLOCK = 16
"""So many records are in a block at most: of most blocks one record is shown."""

_CLASSES = ((24, 16), (100, 32), (640, 64))
_LARGEST = 128

FORMAT = 1
"""How these files are written. A page that is still open has the script of its own day: of a later format it says that
nothing can be read. `search.js` names the same."""

WORDS = (
    *("found", "none", "advice", "elsewhere", "all", "more"),
    *("unit", "pledge", "theme", "programme", "term", "notice", "page"),
)
"""The words of the interface (`search.…`) that the script shows."""


def shards_for(units: int) -> int:
    """The number of shards of a language, in a site of so many units: a step up makes all shards anew."""
    return next((shards for most, shards in _CLASSES if units <= most), _LARGEST)


def blocks_for(records: int) -> int:
    """The number of blocks of so many records that belong to no unit: their ids say which is in which."""
    return 1 << max(0, (records // (IN_A_BLOCK // 2)).bit_length())


@lru_cache(maxsize=1 << 16)
def place(name: str, parts: int) -> int:
    """In which of some parts a token or a reference is."""
    return crc32(name.encode()) % parts


def by_shard(key: str, tokens: Mapping[str, str], shards: int) -> Iterator[tuple[int, str]]:
    """The lines of what has a `key` (a unit's position in base 36, or a reference), one for each shard that holds any
    of its tokens."""
    lines: dict[int, list[str]] = {}
    for token in sorted(tokens):
        lines.setdefault(place(token[:BEGUN_BY], shards), [key]).append(token + tokens[token])
    yield from ((shard, " ".join(words) + "\n") for shard, words in lines.items())


def file_of_shard(language: str, shard: int, shards: int) -> str:
    """A shard, of so many."""
    return f"{language}/search/{shards}-{shard}.js"


def file_of_unit(language: str, position: int, number: int) -> str:
    """The block of the record `number` of a unit."""
    return f"{language}/search/u{in_base_36(position)}-{number // IN_A_BLOCK}.js"


def file_of_others(language: str, ref: str, blocks: int) -> str:
    """The block of a record that belongs to no unit."""
    return f"{language}/search/r{blocks}-{place(ref, blocks)}.js"


def file_of_settings(language: str) -> str:
    """The file that is loaded first."""
    return f"{language}/search/index.js"


def around(file: str) -> tuple[str, str]:
    """What stands before and after the lines of a shard. They hold letters, figures and spaces."""
    return f'gazetteSearch["{file.removesuffix(".js")}"] = `', "`;\n"


def script(file: str, value: object) -> str:
    """A file that hands a value to the script of the search."""
    return f'gazetteSearch["{file.removesuffix(".js")}"] = {json.dumps(value, ensure_ascii=False)};\n'


def blocks(records: Iterable[tuple[str, int | str, object]]) -> dict[str, str]:
    """The files of blocks, of records with their file and their name in it."""
    found: dict[str, dict[str, object]] = {}
    for file, name, record in records:
        found.setdefault(file, {})[str(name)] = record
    return {file: script(file, block) for file, block in found.items()}
