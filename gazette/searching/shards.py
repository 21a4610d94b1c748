"""Lays out the files that a browser loads for a search: shards with tokens, blocks with records.

A release can happen during a search, so that some of these files are of the previous one. Therefore file names contain
the numbers of shards and blocks: if these do not fit together, the file is missing, and the script starts again. Units
and pledges have numbers of their own, and the script skips those that are gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from zlib import crc32

from gazette.searching.postings import in_base_36

BEGUN_BY = 4
"""The number of characters that decide a token's shard. All words that begin with them are in one shard, while someone
is still typing."""

IN_A_BLOCK = 16
"""The largest number of records in a block. Usually only one record of a block is shown."""

_CLASSES = ((24, 16), (100, 32), (640, 64))
_LARGEST = 128

FORMAT = 1
"""The version of these files' format. An open page has an older script, which says of a newer format that it cannot
read it. `search.js` has the same number."""

WORDS = (
    *("found", "none", "advice", "elsewhere", "all", "more"),
    *("unit", "pledge", "theme", "programme", "term", "notice", "page"),
)
"""The interface words (`search.…`) that the script shows."""


def shards_for(units: int) -> int:
    """The number of shards of a language for so many units. Where it rises, all shards are made again."""
    return next((shards for most, shards in _CLASSES if units <= most), _LARGEST)


def blocks_for(records: int) -> int:
    """The number of blocks for records without a unit. A hash of its id decides a record's block."""
    return 1 << max(0, (records // (IN_A_BLOCK // 2)).bit_length())


@lru_cache(maxsize=1 << 16)
def place(name: str, parts: int) -> int:
    """The index, below `parts`, of the part that holds a token or reference."""
    return crc32(name.encode()) % parts


def by_shard(key: str, tokens: Mapping[str, str], shards: int) -> Iterator[tuple[int, str]]:
    """(shard, line) for each shard that holds tokens of `key`: a unit's position in base 36, or a reference."""
    lines: dict[int, list[str]] = {}
    for token in sorted(tokens):
        lines.setdefault(place(token[:BEGUN_BY], shards), [key]).append(token + tokens[token])
    yield from ((shard, " ".join(words) + "\n") for shard, words in lines.items())


def file_of_shard(language: str, shard: int, shards: int) -> str:
    """The path of one shard."""
    return f"{language}/search/{shards}-{shard}.js"


def file_of_unit(language: str, position: int, number: int) -> str:
    """The path of the block with record `number` of a unit."""
    return f"{language}/search/u{in_base_36(position)}-{number // IN_A_BLOCK}.js"


def file_of_others(language: str, ref: str, blocks: int) -> str:
    """The path of the block with a record that belongs to no unit."""
    return f"{language}/search/r{blocks}-{place(ref, blocks)}.js"


def file_of_settings(language: str) -> str:
    """The path of the file that the script loads first."""
    return f"{language}/search/index.js"


def around(file: str) -> tuple[str, str]:
    """The text before and after the lines of a shard. The lines hold only letters, digits and spaces."""
    return f'gazetteSearch["{file.removesuffix(".js")}"] = `', "`;\n"


def script(file: str, value: object) -> str:
    """The text of a file that passes a value to the search script."""
    return f'gazetteSearch["{file.removesuffix(".js")}"] = {json.dumps(value, ensure_ascii=False)};\n'


def blocks(records: Iterable[tuple[str, int | str, object]]) -> dict[str, str]:
    """`{path: text}` of blocks, from (path, name in the block, record)."""
    records_by_file: dict[str, dict[str, object]] = {}
    for file, name, record in records:
        records_by_file.setdefault(file, {})[str(name)] = record
    return {file: script(file, block) for file, block in records_by_file.items()}
