"""Wrong content, and what the editor is told: each case is a folder of tests/wrong/.

A case holds the files that differ from the small right site `_base` (`content/…`), `remove.txt` with the files and
folders that are missing, `words.edits.yaml` with what differs in the words of the interface (those are the real ones,
which change with the site: a copy would be out of date with the next of them), and `told.zh.txt` and `told.en.txt`:
what the program prints. Cases that are too large or too binary to read are made here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from reached import at_least_one

import build
from gazette.messages.catalogue import catalogue

ROOT = Path(__file__).resolve().parent
WRONG = ROOT / "wrong"
CASES = sorted(path.name for path in WRONG.iterdir() if path.is_dir() and path.name != "_base")


def prepare(folder: Path, case: str | None) -> Path:
    """The content of a case, in `folder`/content."""
    content = folder / "content"
    shutil.copytree(WRONG / "_base", content)
    if case and (WRONG / case / "content").is_dir():
        shutil.copytree(WRONG / case / "content", content, dirs_exist_ok=True)
    if case and (WRONG / case / "remove.txt").is_file():
        for name in (WRONG / case / "remove.txt").read_text("utf-8").split():
            gone = content / name
            gone.rmdir() if gone.is_dir() else gone.unlink()
    if case and (WRONG / case / "words.edits.yaml").is_file():
        edits = yaml.safe_load((WRONG / case / "words.edits.yaml").read_text("utf-8"))
        words = (content / "words.yaml").read_text("utf-8")
        (content / "words.yaml").unlink()
        (content / "words.yaml").write_text(edited(words, edits), "utf-8")
    return content


def edited(text: str, edits: dict[str, str | None]) -> str:
    """YAML with other values at some keys (`heading.map.en`), written as given; with None the key goes, too."""
    for path, value in edits.items():
        keys, node = path.split("."), yaml.compose(text, yaml.CSafeLoader)
        for key in keys:
            at, node = next((name, inner) for name, inner in node.value if name.value == key)
        begin, end = (node if value else at).start_mark.index, node.end_mark.index
        if value is None:
            begin, end = text.rindex("\n", 0, begin) + 1, text.find("\n", end - 1) + 1 or len(text)
        text = text[:begin] + (value or "") + text[end:]
    return text


@dataclass
class Office:
    """A desk with a content folder, and an editor who runs the program there."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def told(self, language: str) -> tuple[int, str]:
        """Exit status and what stands on stderr."""
        arguments = ["--content", "content", "--output", "out", "--no-pdf", "--messages", language]
        status = build.main(arguments)
        return status, self.capsys.readouterr().err

    def checked(self, language: str) -> tuple[int, str]:
        """The same of the command that only looks."""
        status = build.main(["check", "--content", "content", "--messages", language])
        return status, self.capsys.readouterr().err


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path, capsys)


@pytest.mark.parametrize("case", CASES)
def test_what_the_editor_is_told(case: str, office: Office, request: pytest.FixtureRequest) -> None:
    """In one language by the build, in the other by the look, which says the same without speaking of the site; both
    builds only where what is told is written down."""
    prepare(office.folder, case)
    built = ("zh", "en") if request.config.getoption("--bless") else (("zh", "en")[CASES.index(case) % 2],)
    for language in at_least_one(built):
        status, words = office.told(language)
        assert status == 1 and not (office.folder / "out").exists()
        words = without_lines(case, words, office.folder)
        expected = WRONG / case / f"told.{language}.txt"
        if request.config.getoption("--bless"):
            expected.write_text(words, "utf-8")
        assert words == expected.read_text("utf-8")
    looked = "zh" if built[-1] == "en" else "en"
    status, words = office.checked(looked)
    expected = (WRONG / case / f"told.{looked}.txt").read_text("utf-8")
    assert (status, without_lines(case, words, office.folder)) == (1, expected.replace(UNCHANGED[looked], ""))


UNCHANGED = {"zh": "，网站没有改动", "en": "; the site is unchanged"}
"""What the build says beside."""


def without_lines(case: str, told: str, folder: Path) -> str:
    """What is told, with `*` for the lines of edited words: the real words have other lines after every change. Each
    line that was told is that of an edited word, the first of its group, or the first of the file."""
    if not (WRONG / case / "words.edits.yaml").is_file():
        return told
    edits = yaml.safe_load((WRONG / case / "words.edits.yaml").read_text("utf-8"))
    lines = (folder / "content" / "words.yaml").read_text("utf-8").splitlines()
    right = {key for path in edits for key in path.split(".")} | {"nav"}
    for number in re.findall(r"words\.yaml:(\d+):", told):
        about = "".join(lines[int(number) - 2 : int(number)])
        assert set(re.findall(r"[\w-]+(?=:)", about)) & right, about
    return re.sub(r"words\.yaml:\d+:", "words.yaml:*:", told)


@pytest.mark.parametrize("case", ["register-of-nobody", "wrong-place"])
def test_what_is_told_does_not_depend_on_what_is_remembered(case: str, office: Office) -> None:
    prepare(office.folder, case)
    expected = (WRONG / case / "told.en.txt").read_text("utf-8").replace("; the site is unchanged", "")
    asked = ["check", "--content", "content", "--messages", "en", "--cache", "cache"]
    for _ in range(2):  # before anything is remembered, and after
        assert build.main(asked) == 1 and office.capsys.readouterr().err == expected


def test_no_case_is_spoilt_by_a_merge() -> None:
    """What a merge left behind is told too, and would be blessed in place of what the case is for."""
    spoilt = {path.parent.name for path in WRONG.glob("*/told.en.txt") if "<<<<<<<" in path.read_text("utf-8")}
    assert spoilt == {"merge-conflict", "publication-conflict"}


@pytest.mark.parametrize("case", CASES)
def test_every_place_is_there(case: str) -> None:
    """A line and a column that a text editor can jump to, or a folder."""
    for said in at_least_one((WRONG / case / "told.en.txt").read_text("utf-8").splitlines()[:-1]):
        place = re.match(r"(content/[^:]*)(?:/: |:(\d+|\*):(\d+): )", said)
        assert place, said
        path, line, column = place.groups()
        file = next((root / path for root in (WRONG / case, WRONG / "_base") if (root / path).is_file()), None)
        assert not line or (line == "*" or (int(line) >= 1 and int(column) >= 1)), said
        if file and line and line != "*":  # what is not a text counts as one line
            lines = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
            assert int(line) <= len(lines), said


def test_the_base_is_right(office: Office) -> None:
    prepare(office.folder, None)
    assert office.told("en") == (0, "")


def test_a_word_has_no_names_that_nothing_fills_in(office: Office) -> None:
    """`{from}` in both languages: a build that met it would blame a template, and a look would not see it."""
    words = prepare(office.folder, None) / "words.yaml"
    words.write_text(
        words.read_text("utf-8").replace("{source}。", "{from}。").replace("{source}.", "{from}."), "utf-8"
    )
    status, told = office.told("en")
    assert status == 1 and told.endswith("1 problem; the site is unchanged.\n")
    assert "“footer.source” in words.yaml uses {from}, but this template fills in only “{source}”" in told
    assert office.checked("en") == (1, told.replace("; the site is unchanged", ""))


@pytest.mark.parametrize("name", ["con", "AUX", "lpt9"])
def test_a_unit_is_not_called_as_windows_calls_devices(name: str, office: Office) -> None:
    """Made here: such a file could not be kept beside the others there."""
    districts = prepare(office.folder, None) / "districts"
    text = (districts / "zhiyuan.yaml").read_text("utf-8").replace("zhiyuan", name.lower())
    (districts / f"{name}.yaml").write_text(text.replace("order: 1", "order: 2"), "utf-8")
    status, words = office.told("en")
    assert status == 1 and f"Rename the file, for example to {name.lower()}-1.yaml" in words
    assert words.startswith(f"content/districts/{name}.yaml:1:1: “{name}” is a name that Windows reserves")


def test_what_windows_saves_is_right(office: Office) -> None:
    """A byte order mark, Windows line ends and the droppings of office programs do no harm."""
    unit = prepare(office.folder, None) / "districts" / "zhiyuan.yaml"
    unit.write_bytes(b"\xef\xbb\xbf" + unit.read_bytes().replace(b"\n", b"\r\n"))
    for name in ("~$zhiyuan.yaml", "Thumbs.db", ".DS_Store", "zhiyuan.yaml~"):
        (unit.parent / name).write_bytes(b"\x00")
    assert office.told("en") == (0, "")


LARGE = {
    "brackets": (b"name: " + b"[" * 100_000, "yaml_depth"),
    "braces": (b"{a: " * 100_000, "yaml_depth"),
    "dashes": (b"- " * 100_000, "yaml_depth"),
    "items": (b"name: [" + b"a," * 250_000 + b"]", "yaml_size"),
    "bytes": (b"# " + b"x" * 8_000_000, "file_too_large"),
    "bomb": (
        b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 122)),
        "yaml_anchor",
    ),
}


@pytest.mark.parametrize("case", LARGE)
def test_content_that_would_exhaust_the_machine(case: str, tmp_path: Path) -> None:
    """In a process of its own: a crash of the YAML library would take the tests along."""
    data, code = LARGE[case]
    (prepare(tmp_path, None) / "districts" / "zhiyuan.yaml").write_bytes(data)
    command = [sys.executable, str(ROOT.parent / "build.py"), "check", "--content", "content", "--messages", "en"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=os.environ)
    assert done.returncode == 1, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    beginning = catalogue("en").problems[code].split("{")[0]
    assert "content/districts/zhiyuan.yaml:" in done.stderr and beginning in done.stderr, done.stderr[:500]


def test_an_article_that_would_take_minutes_to_set(office: Office) -> None:
    article = prepare(office.folder, None) / "articles" / "about.en.md"
    article.write_text(article.read_text("utf-8") + "word " * 8_000, "utf-8")
    assert office.told("en") == (
        1,
        "content/articles/about.en.md:5:1: this text has 40007 characters; the limit is 40000. Shorten or split it.\n"
        "1 problem; the site is unchanged.\n",
    )


ENCODINGS = {
    "gbk": "GBK",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-32": "UTF-32",
    "utf-32-be": "UTF-32",
    "big5": None,
    "latin-1": None,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_are_recognised(encoding: str, office: Office) -> None:
    unit = prepare(office.folder, None) / "districts" / "zhiyuan.yaml"
    text = unit.read_text("utf-8")
    if encoding == "latin-1":
        text = text.encode("ascii", "ignore").decode() + "# é"
    unit.write_bytes(text.encode(encoding, "ignore"))
    status, words = office.told("en")
    assert status == 1 and words.startswith("content/districts/zhiyuan.yaml:")
    name = ENCODINGS[encoding]
    assert (f"this looks like {name}" if name else "UTF-8") in words


RENAMED = {"docx": b"PK\x03\x04\x14\0\x06\0", "png": b"\x89PNG\r\n\x1a\n\0\0", "other": b"\x01\x02\xff\xf0\0\0\x81"}


@pytest.mark.parametrize("kind", RENAMED)
def test_a_renamed_file_is_no_text(kind: str, office: Office) -> None:
    (prepare(office.folder, None) / "districts" / "zhiyuan.yaml").write_bytes(RENAMED[kind])
    status, words = office.told("zh")
    assert status == 1 and "这不是文本文件" in words and "UTF-8" not in words


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_not_read(kind: str, tmp_path: Path) -> None:
    """In a process of its own: a build that waits for ever would take the tests along."""
    unit = prepare(tmp_path, None) / "districts" / "zhiyuan.yaml"
    unit.unlink()
    if kind == "pipe":
        os.mkfifo(unit)
    else:
        unit.symlink_to("/dev/zero")
    command = [sys.executable, str(ROOT.parent / "build.py"), "check", "--content", "content", "--messages", "en"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=os.environ)
    assert done.returncode == 1
    assert "content/districts/zhiyuan.yaml:1:1: this is not an ordinary file" in done.stderr


def test_a_hundred_problems_of_a_file_are_enough(office: Office) -> None:
    unit = prepare(office.folder, None) / "districts" / "zhiyuan.yaml"
    right = unit.read_text("utf-8")
    for wrong in ("".join(f"x{n}: 1\n" for n in range(20_000)), "\0\1" * 10_000):
        unit.write_text(right + wrong, "utf-8")
        _, words = office.told("en")
        assert len(words.splitlines()) == 102 and "there are 19900 more in this file" in words
    references = ", ".join(f"x{n}" for n in range(50))
    pledge = right[right.index("  - id: zhiyuan-1") : right.index("  - id: zhiyuan-2")]
    twins = "".join(pledge.replace("checkable", f"programmes: [{references}]\n    checkable") for n in range(300))
    unit.write_text(right + twins, "utf-8")
    _, words = office.told("en")  # found by looking at what the file says, not at how it is written
    assert len(words.splitlines()) == 102 and "there are 16100 more in this file" in words
    unit.write_text(right + "\0" * 4096, "utf-8")
    assert len(office.told("en")[1].splitlines()) == 2
