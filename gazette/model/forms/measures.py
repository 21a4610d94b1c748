"""Recognizes units of measurement: which words, in any language, mean the same unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gazette.lazy_re import pattern

_WRITTEN = """
mm 毫米 millimetre millimeter
cm 厘米 公分 centimetre centimeter
m 米 公尺 metre meter
km 公里 千米 kilometre kilometer
m2 平方米 平方公尺 squaremetre squaremeter sqm
km2 平方公里 平方千米 squarekilometre squarekilometer sqkm
ha 公顷 hectare
mu 亩 mu
10000mu 万亩 10,000mu
m3 立方米 cubicmetre cubicmeter cum
10000m3 万立方米 10,000cubicmetres 10,000m3
L 升 公升 litre liter
mg 毫克 milligram milligramme
g 克 gram gramme
kg 千克 公斤 kilogram kilogramme kilo
t 吨 公吨 tonne ton metricton
10000t 万吨 10,000tonnes tenthousandtonnes
yuan 元 人民币元 yuan rmb cny
10000yuan 万元 10,000yuan tenthousandyuan
100000000yuan 亿元 100millionyuan hundredmillionyuan
kW 千瓦 kilowatt
MW 兆瓦 megawatt
kWh 千瓦时 千瓦小时 kilowatthour
dB 分贝 decibel
mg/L 毫克/升 milligramsperlitre
t/d 吨/日 吨/天 吨每日 tonnesaday tonnesperday tonnes/day
s 秒 second
h 小时 hour
d 天 日 day
week 周 星期 week
month 个月 月 month
% 百分之 percent percentage
"""
"""One unit a line: its name here, then its words in any language without spaces, as in GB 3100 and in common use. Words
with another meaning (minute, degree, foot, 里, 分, 年) are left out."""

_SMALL = pattern(r"[\s.·\-_]")
_ENDING = pattern(r"(?:e?s)*e?$")


def _stem(word: str) -> str:
    """The word without its plural ending: outfalls becomes outfall, batteries battery."""
    if not word.isascii() or len(word) < 3:
        return word
    return _ENDING.sub("", f"{word[:-1]}ie" if word.endswith("y") else word)


def _plain(word: str) -> str:
    return _stem(_SMALL.sub("", unicodedata.normalize("NFKC", word)).casefold())


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {_plain(word): line.split()[0] for line in _WRITTEN.strip().splitlines() for word in line.split()}


def measured(word: str) -> str:
    """The name of the unit that a word means; "" if it has no fixed size, as 座 or outfalls."""
    return _units().get(_plain(word), "")


def measure(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A comparable form of a unit in several languages: (language, unit's name or plain word), sorted."""
    return tuple(sorted((language, measured(word) or _plain(word)) for language, word in words.items()))


def differing(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The languages whose unit differs from that of the first language with a fixed size. Yields (language, that first
    word)."""
    first = next((word for word in words.values() if measured(word)), "")
    unit = measured(first)
    for language, word in words.items() if unit else ():
        name = measured(word)
        if name not in ("", unit) or (not name and unit not in _LOOSE and _is_counting(word)):
            yield language, first


_LOOSE = ("s", "h", "d", "week", "month", "%")
"""Units that other words can also count: a month may be an issue of a journal, a week a round."""

_HAN = pattern(r"[\u4e00-\u9fff]+")
_HAN_OF_MEASURES = frozenset("米元圆圓吨噸升克斤亩畝里尺丈寸方分度瓦顷頃贝貝")
_OF_MEASURES = pattern(
    r"^(?:kilo|chilo|mill?i|cent|met|lit|ton|tani|gram|he[ck]t|etta|quad|kv|yuan|renmin)|(?:met(?:re|er)|bel|watt)s?$"
)
"""Beginnings and ends of words for measured things in many languages: hectares, Hektar, Quadratmeter."""


def _is_counting(word: str) -> bool:
    """True if the word surely names counted things, such as 处 or outfalls: no part of it can be a unit of fixed size.
    False for words with other letters or signs, which cannot be judged."""
    if _HAN.fullmatch(word):
        return _HAN_OF_MEASURES.isdisjoint(word)
    parts = word.casefold().split()
    is_plain = word.isascii() and all(part.isalpha() for part in parts)
    return is_plain and not any(measured(part) or _OF_MEASURES.search(part) for part in parts)
