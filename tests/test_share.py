"""The pictures for shared links: their size, their colours, what they are made from, and how their words find room."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from edits import City
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image
from program import SITE, build, tree

from gazette.pictures.lettering import fit, length
from gazette.pictures.share import SQUARE, WIDE, share_picture
from gazette.site.views.share import ShareView

BASE = "https://www.example.org/ledger/"
UNITS = ("zhiyuan", "dengmi", "wuyu-gang", "yinghuo")
VIEW = ShareView("江夏区", "武汉 · 整改承诺", "整改承诺公开", 18, "{n}项承诺", "zh_Hans_CN")
PAPER, INK, RED = (0xFB, 0xFB, 0xF8), (0x1A, 0x1B, 0x1D), (0xB3, 0x2D, 0x18)


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture.convert("RGB")


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in picture.getcolors(1 << 20) or () if isinstance(colour, tuple)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    return build(SITE, folder / "site", "--only", "pictures", "--jobs", "1", "--base-url", BASE)


def test_the_city_and_each_unit_have_two_in_each_language(site: Path) -> None:
    names = [*("share.png", "share-square.png"), *(f"share/{unit}.png" for unit in UNITS)]
    names += [f"share/square/{unit}.png" for unit in UNITS]
    made = tree(site)
    assert {path for path in made if path.endswith(".png")} == {
        f"{code}/{name}" for code in ("zh", "en") for name in names
    }
    for path, data in made.items():
        if path.endswith(".png"):
            assert opened(data).size == (SQUARE if "square" in path else WIDE) and len(data) < 30_000
    assert made["zh/share/dengmi.png"] != made["en/share/dengmi.png"]


def test_without_an_address_there_are_none(published: Path) -> None:
    assert [path for path in tree(published) if "share" in path or "embed" in path] == []


def test_all_have_the_same_sixteen_colours() -> None:
    for view in (VIEW, replace(VIEW, square=True), replace(VIEW, invented="虚构")):
        found = colours(opened(share_picture(view, "18项承诺")))
        assert {PAPER, INK, RED} <= found and len(found) <= 16


def test_equal_views_give_equal_bytes_and_every_part_is_seen() -> None:
    pictures = [share_picture(VIEW, "18项承诺") for _ in range(2)]
    assert pictures[0] == pictures[1]
    others = [
        share_picture(replace(VIEW, **{name: value}), "18项承诺")
        for name, value in (
            ("name", "汉阳区"),
            ("above", "别处"),
            ("site", "另一个"),
            ("strokes", 17),
            ("invented", "虚构"),
        )
    ]
    assert len({*others, pictures[0], share_picture(VIEW, "17项承诺")}) == 7


@pytest.mark.parametrize("strokes", [0, 1, 4, 5, 6, 217, 20_000])
@pytest.mark.parametrize("square", [False, True])
def test_each_pledge_is_a_stroke_as_far_as_strokes_can_be_seen(strokes: int, square: bool) -> None:
    """No more ink than there is without them means that there was no room."""
    bare = replace(VIEW, name="江", strokes=0, square=square)
    dark = [
        sum(n for n, colour in opened(share_picture(view, "")).getcolors(1 << 20) or () if colour == INK)
        for view in (bare, replace(bare, strokes=strokes))
    ]
    assert (dark[1] > dark[0]) == (0 < strokes < 20_000)


@given(
    st.text(st.sampled_from("江夏区（）“”，。、Wuhan Chemical-Zone 10"), min_size=1).filter(str.strip),
    st.integers(200, 1200),
    st.integers(60, 400),
)
@example("武汉经济技术开发区（汉南区）", 1056, 220)
@example("000000、“““（", 200, 60)
@example("000W、 ”0Wmm", 200, 60)
def test_lines_stay_in_their_room(words: str, width: int, high: int) -> None:
    found = fit(words.strip(), (width, high), range(120, 20, -4))
    assert all(length(line, found.size) <= width for line in found.lines) and found.height <= max(high, found.size * 2)
    shown, whole = "".join(found.lines).replace(" ", ""), words.replace(" ", "")
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))
    assert not [line for line in found.lines[1:] if line[0] in "）”，。、"]
    assert not [line for line in found.lines[:-1] if line[-1] in "（“"]


def test_what_stands_in_brackets_has_a_line_of_its_own() -> None:
    room, sizes = (1056, 220), range(124, 55, -4)
    assert fit("武汉经济技术开发区（汉南区）", room, sizes).lines == ("武汉经济技术开发区", "（汉南区）")
    assert fit("Wuhan East Lake High-tech Development Zone", room, sizes).lines[1] == "Development Zone"


def test_a_picture_is_made_again_where_a_title_is_another_and_not_where_a_report_came_in(tmp_path: Path) -> None:
    city = City.new(tmp_path)
    city.base = ["--base-url", BASE]

    def remade() -> set[str]:
        return {path for path in city.incremental()["made"] if path.endswith(".png") and "share" in path}

    assert len(remade()) == 20 and remade() == set()
    city.replace("content/districts/zhiyuan.yaml", "已开工5座", "已开工6座")
    assert remade() == set()
    city.replace("content/districts/yinghuo.yaml", r"en: Yinghuo New Zone", "en: Yinghuo Zone")
    assert remade() == {"en/share/yinghuo.png"}
