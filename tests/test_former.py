"""What was renamed or merged: its old addresses lead on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from compiled import compiled

import build

ROOT = Path(__file__).resolve().parent.parent


def make(folder: Path, content: Path, site: str = "site", *more: str) -> Path:
    cache = compiled(folder / f"{site}-cache")
    asked = ["--content", str(content), "--output", str(folder / site), "--cache", str(cache)]
    assert build.main([*asked, "--only", "pages,data", "--jobs", "1", *more]) == 0
    return folder / site


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("former")
    return make(folder, ROOT / "tests" / "site", "site", "--base-url", "https://example.org/")


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("districts/wuyu", "wuyu-gang"),
        ("districts/matou-gang", "wuyu-gang"),
        ("pledges/dengmi-9", "dengmi-5"),
        ("themes/dust", "air"),
        ("programmes/zhiyuan-xingdong", "fengzheng-xingdong"),
    ],
)
def test_an_old_address_leads_on(site: Path, code: str, former: str, now: str) -> None:
    page = (site / code / f"{former}.html").read_text("utf-8")
    main = page.partition("<main")[2].partition("</main>")[0]
    assert f'href="{now}.html"' in main and former.partition("/")[2] in main
    assert '<meta name="robots" content="noindex">' in page
    other = "en" if code == "zh" else "zh"
    assert f'href="../../{other}/{former}.html"' in page
    assert f"{former}.html" not in (site / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_term_keeps_its_old_place(site: Path, code: str) -> None:
    page = (site / code / "glossary.html").read_text("utf-8")
    entry = re.search(r'<div id="xiaohao">(.*?)</div>', page, re.S)
    assert entry and '<span id="gua-hao"></span>' in entry[1]


def merged(dengmi: str, yinghuo: str) -> str:
    """The unit that Dengmi becomes under a new id, with the pledge of Yinghuo beside its own."""
    text = (
        re.sub(r"id: dengmi-(\d+)\n", r"id: xindeng-\1\n    formerly: [dengmi-\1]\n", dengmi)
        .replace("    formerly: [dengmi-5]\n", "")
        .replace("formerly: [dengmi-9]", "formerly: [dengmi-5, dengmi-9]")
    )
    pledge = yinghuo.partition("pledges:\n")[2]
    pledge = pledge.replace("id: yinghuo-1\n", "id: xindeng-20\n    formerly: [yinghuo-1]\n")
    total = int(re.search(r"commitments: (\d+)", text)[1])  # type: ignore[index]
    pledge = re.sub(r"covers: .*", f"covers: [{total + 1}]", pledge)
    return "formerly: [dengmi, yinghuo]\n" + text.replace(f"commitments: {total}", f"commitments: {total + 1}") + pledge


@pytest.mark.long
def test_a_unit_renamed_and_one_merged_are_as_if_built_anew(tmp_path: Path) -> None:
    """Dengmi becomes Xindeng, and takes in Yinghuo with its pledge; then it takes its old id back."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "site", content)
    make(tmp_path, content)
    districts, settings = content / "districts", content / "site.yaml"
    old = {path: path.read_text("utf-8") for path in (*districts.iterdir(), settings, *(content / "notices").iterdir())}
    dengmi, yinghuo, zhiyuan = (districts / f"{name}.yaml" for name in ("dengmi", "yinghuo", "zhiyuan"))
    (districts / "xindeng.yaml").write_text(merged(old[dengmi], old[yinghuo]), "utf-8")
    dengmi.unlink()
    yinghuo.unlink()
    tiles = re.sub(r"  - \{unit: yinghuo.*\n", "", old[settings]).replace("unit: dengmi", "unit: xindeng")
    settings.write_text(tiles, "utf-8")
    zhiyuan.write_text(old[zhiyuan].replace("unit: dengmi", "unit: xindeng"), "utf-8")  # it has a joint pledge with it
    for path in (content / "notices").iterdir():  # and notices are about its pledges
        path.write_text(old[path].replace("dengmi-", "xindeng-"), "utf-8")
    site = make(tmp_path, content)
    assert tree(site) == tree(make(tmp_path, content, "clean"))
    for former, now in (("districts/dengmi", "xindeng"), ("districts/yinghuo", "xindeng")):
        assert f'href="{now}.html"' in (site / "zh" / f"{former}.html").read_text("utf-8")
    for former, now in (("dengmi-1", "xindeng-1"), ("dengmi-9", "xindeng-5"), ("yinghuo-1", "xindeng-20")):
        assert f'href="{now}.html"' in (site / "en" / "pledges" / f"{former}.html").read_text("utf-8")
    (districts / "xindeng.yaml").unlink()
    for path, text in old.items():
        path.write_text(text, "utf-8")
    site = make(tmp_path, content)
    assert tree(site) == tree(make(tmp_path, content, "clean"))
    assert not (site / "zh" / "districts" / "xindeng.html").exists()


def test_a_new_unit_with_an_id_that_another_had_is_told_though_only_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "site", content)
    make(tmp_path, content)
    text = (content / "districts" / "yinghuo.yaml").read_text("utf-8").replace("yinghuo-", "wuyu-")
    (content / "districts" / "wuyu.yaml").write_text(re.sub(r"order: \d+", "order: 50", text), "utf-8")
    asked = ["--content", str(content), "--output", str(tmp_path / "site"), "--cache", str(tmp_path / "site-cache")]
    capsys.readouterr()
    for command in (["check", *asked[:2], *asked[4:]], [*asked, "--only", "pages,data", "--jobs", "1"]):
        assert build.main([*command, "--messages", "en"]) == 1
        assert "wuyu-gang.yaml:24:12: “wuyu” under formerly is already used in" in capsys.readouterr().err
