"""The real content: what must hold of it whatever its editors change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from reached import at_least_one
from whole import open_content

from gazette.model.records.json_schema import schemas
from gazette.planning.counting import Totals
from gazette.planning.glossary_order import is_by_pinyin
from gazette.planning.language import language_contexts
from gazette.planning.pages.glossary import GLOSSARY
from gazette.planning.site_views import SiteViews

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"

COMMITMENTS = dict(zip(range(1, 17), (10, 14, 9, 25, 12, 13, 12, 13, 13, 16, 16, 9, 11, 17, 16, 11), strict=True))
"""How many commitments each unit's statement holds, in the official order: 217 in all."""

TITLES = {
    1: "管委会主任",
    2: "管委会（汉南区）主任（区长）",
    3: "管委会（东西湖区）常务副主任（区长）",
    4: "管委会主任",
    5: "管委会副主任",
}


@pytest.fixture(scope="module")
def content():  # type: ignore[no-untyped-def]
    return open_content(CONTENT)


def test_every_commitment_of_every_unit_is_covered(content) -> None:  # type: ignore[no-untyped-def]
    covered = {
        unit_file.unit.order: sorted(n for p in unit_file.unit.pledges for n in p.covers)
        for unit_file in content.unit_files
    }
    assert covered == {order: list(range(1, n + 1)) for order, n in COMMITMENTS.items()}
    assert sum(map(len, covered.values())) == 217
    assert sum(len(unit_file.unit.pledges) for unit_file in content.unit_files) >= 150


def test_zones_come_first_and_titles_are_as_printed(content) -> None:  # type: ignore[no-untyped-def]
    assert [unit_file.unit.kind for unit_file in content.unit_files] == ["zone"] * 5 + ["district"] * 11
    for unit_file in at_least_one(content.unit_files):
        expected = TITLES.get(unit_file.unit.order, "人民政府区长")
        assert unit_file.unit.signed_by.title["zh"] == expected
        assert "mayor" not in unit_file.unit.signed_by.title["en"].lower()


def test_nothing_is_reported_and_nothing_is_dated(content) -> None:  # type: ignore[no-untyped-def]
    site = content.content.site
    assert site.as_of is None and site.statements_date is None and site.base_url is None
    assert not any(pledge.updates for unit_file in content.unit_files for pledge in unit_file.unit.pledges)
    stated = {p.id: p.deadline.stated for s in content.unit_files for p in s.unit.pledges if p.deadline.first}
    assert stated == {"jiangxia-15": "2017"}


def test_glossary_marks_what_is_not_explained(content) -> None:  # type: ignore[no-untyped-def]
    assert len(content.content.glossary) >= 30
    unexplained = {programme.id for programme in content.content.programmes if programme.basis == "unexplained"}
    assert unexplained == {"sanlu-gongjian", "liangjing-gongxiang", "shengtai-hudong"}


def test_glossary_stands_in_the_order_of_each_language(content) -> None:  # type: ignore[no-untyped-def]
    """Chinese terms by pinyin: 四个“零” and “四个意识” under si, not where their ids would put them; English ones by
    their letters, without quotes and articles."""
    terms = {}
    for lang in language_contexts(content.content):
        site_views = SiteViews(lang, Totals({}, ()))
        terms[lang.code] = [term.term for term in site_views.terms]
        by_pinyin = GLOSSARY.target(site_views, "").view.view.by_pinyin
        assert is_by_pinyin(lang.language.script) == (lang.code == "zh") == by_pinyin
    bare = [term.strip("“").replace("反弹", "反谈").replace("区长", "区掌") for term in terms["zh"]]
    assert [term.encode("gb2312") for term in bare] == sorted(term.encode("gb2312") for term in bare)
    some = (
        "编制总量",
        "长江大保护",
        "长效机制",
        "反馈意见",
        "反弹",
        "区督考办",
        "区环委会",
        "区长",
        "四个“零”",
        "“四个意识”",
    )
    some += ("一岗双责", "专班")
    assert [term for term in terms["zh"] if term in some] == [*some]
    some = ("approved headcount", "the four “zeros”", "outfall")
    some += (
        "sense of gain (a better environment that people can feel)",
        "task force",
        "the “three nets” in lakes",
        "working from a list of problems",
        "zone",
    )
    assert [term for term in terms["en"] if term in some] == [*some]


def test_every_programme_is_named_by_a_pledge_or_says_where(content) -> None:  # type: ignore[no-untyped-def]
    named = {id for unit_file in content.unit_files for pledge in unit_file.unit.pledges for id in pledge.programmes}
    assert named == {programme.id for programme in content.content.programmes}


def test_punctuation_of_each_language() -> None:
    """Full-width marks in Chinese, typographic quotes in English (GB/T 15834; house style)."""
    checked = 0
    for path in (CONTENT / "districts").glob("*.yaml"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            if re.match(r"\s+zh: ", line):
                words = re.sub(r"\]\([a-z]+:[^)]*\)|\[", "", line.partition("zh: ")[2])
                assert not re.search(r"[\u4e00-\u9fff][,;:?!()](?![0-9])", words), where
                assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff0-9]", words), where
            elif re.match(r"\s+en: ", line):
                words = line.partition("en: ")[2].strip('"')
                checked += 1
                assert "'" not in words and '\\"' not in words, where
                assert not re.search(r"[，。；：（）]", words), where
    assert checked > 400


def test_schemas_are_up_to_date_and_fit_the_content() -> None:
    made = schemas()
    for name, text in at_least_one(made.items()):
        assert (ROOT / "docs" / "schema" / name).read_text("utf-8") == text, "run `make schema`"
    files = {
        "unit.schema.json": [*(CONTENT / "districts").glob("*.yaml"), *(ROOT / "tests/site/districts").glob("*.yaml")],
        "themes.schema.json": [CONTENT / "themes.yaml"],
        "programmes.schema.json": [CONTENT / "programmes.yaml"],
        "glossary.schema.json": [CONTENT / "glossary.yaml"],
    }
    for name, paths in files.items():
        validator = Draft202012Validator(json.loads(made[name]))
        for path in paths:
            problems = list(validator.iter_errors(as_editors_see_it(path)))
            assert problems == [], f"{path}: {problems[0].message}"
        assert not validator.is_valid([{"id": 1}]) and not validator.is_valid({"name": "x"})


def test_the_schema_of_destinations_takes_what_the_program_takes(tmp_path: Path) -> None:
    """What the guides show, and no field of another kind."""
    validator = Draft202012Validator(json.loads(schemas()["publish.schema.json"]))
    for guide in ("operations.md", "servers.md", "stores.md"):
        for block in at_least_one(re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / "docs" / guide).read_text("utf-8"))):
            (tmp_path / "publish.yaml").write_text(block, "utf-8")
            assert [*validator.iter_errors(as_editors_see_it(tmp_path / "publish.yaml"))] == [], block
    portal = {"kind": "folder", "path": "/srv/portal"}
    assert validator.is_valid({"portal": portal})
    for wrong in ({"keep": 0}, {"host": "x"}, {"kind": "ftp"}, {"path": ""}, {"compressed": ["zip"]}):
        assert not validator.is_valid({"portal": {**portal, **wrong}}), wrong
    assert not validator.is_valid({"portal": {"kind": "rsync", "path": "x"}}) and not validator.is_valid(
        {"A b": portal}
    )


def test_an_editors_program_is_told_of_every_schema() -> None:
    told = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {*told} == {f"./docs/schema/{name}" for name in schemas()}


def as_editors_see_it(path: Path) -> object:
    """YAML as an editor's program reads it (YAML 1.2): yes is text, 12 a number, dates are text."""
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)

    def typed(value: object) -> object:
        if isinstance(value, dict):
            return {key: typed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [typed(inner) for inner in value]
        if isinstance(value, str) and re.fullmatch(r"-?\d+", value):
            return int(value)
        return {"true": True, "false": False}.get(str(value), value)

    return typed(data)
