"""Numbers that may be a person's own are found before the public sees them, and others are left alone."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import SITE, run

from gazette.reading.validation.personal_data import bare, personal_data

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def codes(text: str, *public: str) -> list[str]:
    return [problem.code for problem in personal_data("x.md", text, public)]


@given(st.integers(110000, 659999), st.dates(datetime.date(1900, 1, 1)), st.integers(0, 999))
def test_an_identity_number_is_known_by_its_day_and_its_check_digit(area: int, born: datetime.date, order: int) -> None:
    begin = f"{area}{born:%Y%m%d}{order:03}"
    right = "10X98765432"[sum(a * int(b) for a, b in zip(WEIGHTS, begin, strict=True)) % 11]
    assert codes(f"见{begin}{right}。") == ["personal_identity"]
    wrong = "0" if right != "0" else "1"
    assert "personal_identity" not in codes(f"见{begin}{wrong}。")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("电话13800138000。", "personal_mobile"),
        ("Call +86 138-0013-8000 now", "personal_mobile"),
        ("手机：１３８００１３８０００", "personal_mobile"),
        ("卡号6222 0212 3456 7894", "personal_card"),
        ("车牌鄂A12345", "personal_plate"),
        ("车牌鄂A·D12345", "personal_plate"),
    ],
)
def test_what_may_be_a_persons_is_told_once_and_may_be_let_pass(text: str, code: str) -> None:
    (problem,) = personal_data("x.md", f"一\n{text}\n{text}", ())
    assert problem.code == code and problem.line == 2
    assert codes(text, dict(problem.values)["found"]) == codes(text, bare(dict(problem.values)["found"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "电话027-85712345，热线12345，400-800-1234",
        "投资13800138000.50元",
        "https://www.example.gov.cn/art/13800138000.html",
        "面积1380.0138平方米，2031-06-01，编号42010220310601",
        "文号〔2031〕13800号，6222021234567890123456",
        "京津冀AB区域，鄂ABCDEF",
    ],
)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_an_editor_is_told_and_can_say_that_it_is_public(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    place = content / "districts" / "zhiyuan.yaml"
    place.write_text(
        place.read_text("utf-8").replace("已开工5座。", "已开工5座，电话13800138000。") + "# 13900139000\n", "utf-8"
    )
    about = content / "articles" / "about.zh.md"
    about.write_text(about.read_text("utf-8") + "\n身份证号11010519491231002X。\n", "utf-8")
    done = run("check", content=content)
    assert done.returncode == 1 and done.stderr.count("public_numbers") == 2, done.stderr
    assert "13800138000" in done.stderr and "11010519491231002X" in done.stderr
    site = content / "site.yaml"
    site.write_text(site.read_text("utf-8") + "\npublic_numbers: ['138 0013 8000', 11010519491231002X]\n", "utf-8")
    assert run("check", content=content).returncode == 0
