"""Seeded content of invented sentences, for measuring: N districts of the fictional city, six pledges each."""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "tests" / "site"
"""The fictional city of the tests: its settings, words, themes, programmes, glossary and articles. Its notices, about
pledges of its own districts, stay there."""

THEMES = ("water", "air", "mechanism")
PLEDGES = 6


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(" ", "\n").split("\n") if ";" not in text else text.split(";"))


_ZH_VERBS = _words("排查 整治 登记 公开 监测 清理 修复 搬迁 关停 升级 接通 清淤 检修 审计 培训 资助")
_ZH_THINGS = _words("排水口 工地扬尘 小锅炉 养鱼围网 水源地 旧码头 油烟 夜间噪声 工业园 污水管 河堤 小作坊 湿地")
_ZH_WAYS = _words("每条街逐户进行 由一名负责人跟到底 每周核对一次 结果张榜公布 每月报告进度 现场看过才算办结")
_EN_VERBS = _words("inspect clean register publish monitor clear restore move close upgrade connect dredge audit")
_EN_THINGS = _words(
    "drain outlets;site dust;small boilers;fish pens;the water source;old docks;kitchen fumes;night noise"
)
_EN_WAYS = _words("in every street;under one named person;with a check each week;with the results posted;each month")
_SYLLABLES = _words("yun feng hua he lan qiao song yue lin hai shan tian yu bei nan xi dong qing ming chun")
_HAN = "云风花荷兰桥松月林海山天雨北南西东青明春"
_DEADLINES = ("unstated", "limit", "standing", "monthly", "2031", "2031-06-30", "2032-03")


def district(number: int, seed: int, pledges: int = PLEDGES) -> str:
    """The YAML of one district with so many pledges. Equal arguments give equal text."""
    chance = random.Random(seed * 1_000_003 + number)
    pick = [chance.randrange(len(_SYLLABLES)) for _ in range(2)]
    zh = "".join(_HAN[place] for place in pick)
    en = "".join(_SYLLABLES[place] for place in pick).capitalize()
    lines = [
        f"name: {{zh: {zh}{number}区, en: {en} {number} District}}",
        f"short: {{zh: {zh}{number}, en: {en} {number}}}",
        f"kind: {'zone' if number % 4 == 0 else 'district'}",
        f"order: {number}",
        f"commitments: {pledges}",
        "signed_by:",
        f"  name: {{zh: 某{number}, en: Person {number}}}",
        "  title: {zh: 虚构的区长, en: Invented Head of the District}",
        "summary:",
        f"  zh: {_sentence_zh(chance)}；{_sentence_zh(chance)[3:]}。",
        f"  en: {_sentence_en(chance)}. {_sentence_en(chance)}.",
        "pledges:",
    ]
    for place in range(1, pledges + 1):
        deadline = chance.choice(_DEADLINES)
        source = f"{{section: {zh}{number}区, paragraph: 1, item: {place}}}"
        lines += [
            f"  - id: d{number:05d}-{place}",
            f"    covers: [{place}]",
            *_texts(chance, place),
            f"    deadline: {deadline}",
            f"    source: {source}",
            "    updates:",
        ]
        for month in sorted(chance.sample(range(1, 9), 3)):
            lines += _update(chance, month, is_monthly=deadline == "monthly")
    return "\n".join(lines) + "\n"


def _sentence_zh(chance: random.Random) -> str:
    verb, thing, way = (chance.choice(words) for words in (_ZH_VERBS, _ZH_THINGS, _ZH_WAYS))
    return f"该区将{verb}{thing}，{way}"


def _sentence_en(chance: random.Random) -> str:
    verb, thing, way = chance.choice(_EN_VERBS), chance.choice(_EN_THINGS), chance.choice(_EN_WAYS)
    return f"The district will {verb} {thing} {way}"


def _texts(chance: random.Random, place: int) -> list[str]:
    """What a pledge promises, and when it is kept."""
    return [
        "    title:",
        f"      zh: {chance.choice(_ZH_VERBS)}{chance.choice(_ZH_THINGS)}（{place}）",
        f"      en: {chance.choice(_EN_VERBS).capitalize()} {chance.choice(_EN_THINGS)} ({place})",
        "    text:",
        f"      zh: {_sentence_zh(chance)}；{_sentence_zh(chance)[3:]}。{_sentence_zh(chance)}。",
        f"      en: {_sentence_en(chance)}; {_sentence_en(chance)}. {_sentence_en(chance)}.",
        f"    themes: [{chance.choice(THEMES)}]",
        "    programmes: []",
        "    checkable: partly",
        "    why:",
        "      zh: 虚构的说明，没有标准。",
        "      en: An invented reason; there is no standard.",
        "    done_when:",
        f"      zh: 能看到{chance.choice(_ZH_THINGS)}的登记，{chance.choice(_ZH_WAYS)}。",
        f"      en: A record of {chance.choice(_EN_THINGS)} can be seen {chance.choice(_EN_WAYS)}.",
    ]


def _update(chance: random.Random, month: int, *, is_monthly: bool) -> list[str]:
    """A report of progress; one of a month comes in the month after."""
    periods = [f"        period: 2031-{month:02d}"] if is_monthly else []
    return [
        f"      - date: 2031-{month + len(periods):02d}-{chance.randint(1, 28):02d}",
        "        state: under-way",
        *periods,
        f"        text: {{zh: 已{chance.choice(_ZH_VERBS)}{chance.choice(_ZH_THINGS)}。, "
        f"en: Began to {chance.choice(_EN_VERBS)} {chance.choice(_EN_THINGS)}.}}",
    ]


def write(folder: Path, districts: int, seed: int, pledges: int = PLEDGES) -> None:
    """A content folder with so many districts, each with so many pledges."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SHARED, folder, ignore=shutil.ignore_patterns("districts", "notices", "files"))
    (folder / "districts").mkdir()
    site = (folder / "site.yaml").read_text("utf-8")
    site = site[: site.index("tiles:")].replace("statements_date: 2031-01-15", "statements_date: 2031-01-01")
    (folder / "site.yaml").write_text(site, "utf-8")
    for number in range(1, districts + 1):
        (folder / "districts" / f"d{number:05d}.yaml").write_text(district(number, seed, pledges), "utf-8")


def main() -> None:
    """`content.py N FOLDER [--seed S]`"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("districts", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    write(options.folder, options.districts, options.seed)


if __name__ == "__main__":
    main()
