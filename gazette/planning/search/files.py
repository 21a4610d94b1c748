"""Plans the files of the search: shared files, what each unit adds to them, and the unit's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from gazette.model.records.content import SharedContent
from gazette.planning.language import LanguageContext
from gazette.planning.search.shared_records import shared_records
from gazette.planning.search.unit_records import unit_records
from gazette.planning.site_views import SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.searching import shards
from gazette.searching.postings import Searched, in_base_36, line, weights
from gazette.searching.tokens import Tokenizer
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.files import DataView


class UnitSearch:
    """What a unit adds to the search in one language. The index identifies it by its position (`order`)."""

    def __init__(self, unit: UnitViews) -> None:
        self.lang, self.order = unit.lang, unit.unit_file.unit.order
        self.records = tuple(unit_records(unit))

    def fragments(self) -> Iterator[Fragment]:
        """Yield its lines in the shards of the index."""
        tokenizer, code = tokenizer_of(self.lang), self.lang.code
        weighted = {number: weights(tokenizer, record) for number, _, record in self.records}
        number = self.lang.content.search_shards
        for shard, text in shards.by_shard(in_base_36(self.order), line(weighted), number):
            path = shards.file_of_shard(code, shard, number)
            yield Fragment(path, path, "search", "text", text)

    def targets(self) -> Iterator[Target]:
        """Yield the files with the text of its records, for results."""
        code = self.lang.code
        records = (
            (shards.file_of_unit(code, self.order, number), number, _shown(code, ref, record))
            for number, ref, record in self.records
        )
        yield from _scripts(shards.blocks(records))


def search_targets(site: SiteViews) -> Iterator[Target]:
    """Yield the files of one language that units share."""
    lang, code, number = site.lang, site.lang.code, site.lang.content.search_shards
    tokenizer, records = tokenizer_of(lang), [*shared_records(site)]
    lines: dict[int, list[str]] = {}
    for ref, record in records:
        for shard, text in shards.by_shard(ref, line({0: weights(tokenizer, record)}), number):
            lines.setdefault(shard, []).append(text)
    for shard in range(number):
        path = shards.file_of_shard(code, shard, number)
        before, after = shards.around(path)
        view = DataView(before + "".join(lines.get(shard, ())), after, "")
        yield Target(path, "search", "table", view, slots=(Slot(path),))
    blocks = shards.blocks_for(len(records))
    files = ((shards.file_of_others(code, ref, blocks), ref, _shown(code, ref, each)) for ref, each in records)
    yield from _scripts(shards.blocks(files))
    path = shards.file_of_settings(code)
    yield Target(path, "search", "script", shards.script(path, _settings(lang, blocks)))


def search_paths(content: SharedContent) -> Iterator[str]:
    """Yield the paths that pages may name."""
    yield from map(shards.file_of_settings, content.languages)


def tokenizer_of(lang: LanguageContext) -> Tokenizer:
    """Return the tokenizer of a language, set up from its words `search_words.*`."""
    word = lang.content.word
    return _tokenizer(word("search_words.passed_over", lang.code), word("search_words.endings", lang.code))


_tokenizer = lru_cache(maxsize=16)(Tokenizer)


def _settings(lang: LanguageContext, blocks: int) -> Mapping[str, object]:
    """Return what the script needs to know of a language before it can search."""
    tokenizer, words = tokenizer_of(lang), lang.content.words
    return {
        "format": shards.FORMAT,
        "shards": lang.content.search_shards,
        "blocks": blocks,
        "passed_over": tokenizer.passed_over,
        "endings": tokenizer.endings,
        "words": {name: words[f"search.{name}"][lang.code] for name in shards.WORDS},
        "others": [
            {"code": each.code, "tag": each.tag, "name": each.name}
            for each in lang.content.site.languages
            if each.code != lang.code
        ],
    }


def _shown(language: str, ref: str, record: Searched) -> tuple[str, ...]:
    """Return a record as the script shows it: address within the folder of its language, title, what it belongs to,
    texts."""
    address = route(ref, language).partition("/")[2]
    return address, record.title, record.shown, *record.texts


def _scripts(files: Mapping[str, str]) -> Iterable[Target]:
    return (Target(path, "search", "script", text) for path, text in files.items())
