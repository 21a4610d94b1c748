"""The command line: wrong use is told kindly, in the language that is asked for, and never with a traceback."""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reached import at_least_one

import build
from gazette.cli.report import write_report
from gazette.messages.problems import ContentError

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"

WRONG = {
    "bild": ("没有“bild”这个命令。是不是想写“build”？", "Did you mean “build”?"),
    "--whatever": ("没有“--whatever”这个选项。", "there is no option “--whatever”. Run python"),
    "——only pages": ("没有“——only”这个选项。是不是想写“--only”？", "Did you mean “--only”?"),
    "check --output x": ("命令 check 不用 --output 这个选项。", "check has no option --output."),
    "build pages": ("不明白“pages”是什么意思。", "“pages” is not understood."),
    "--jobs": ("--jobs 后面缺少内容。", "--jobs needs a value."),
    "--release=yes": ("--release 后面不能带内容。", "--release takes no value."),
    "--as-of 2017-02-30": (
        "--as-of 的日期“2017-02-30”不存在。请写成 2017-06-30 的样子。",
        "“2017-02-30” of --as-of does not exist.",
    ),
    "--as-of 20170630": ("--as-of 的日期“20170630”无法识别。", "“20170630” of --as-of cannot be read."),
    "--base-url www.example.cn": ("--base-url 的网址“www.example.cn”不对。", "of --base-url is wrong."),
    "--base-url http://[::1": ("--base-url 的网址“http://[::1”不对。", "of --base-url is wrong."),
    "--base-url https://a:b@example.cn/": ("不能带用户名和密码。", "must not contain a user name or password."),
    "--base-url https://": ("--base-url 的网址“https://”不对。", "of --base-url is wrong."),
    "--jobs 0": ("--jobs 后面应为不小于 1 的整数", "--jobs takes a whole number"),
    "--jobs ²": ("--jobs 后面应为不小于 1 的整数", "--jobs takes a whole number"),
    "--executor dask:/x": ("--executor 不认识“dask:/x”。", "--executor does not know “dask:/x”."),
    "--executor dask://host": ("例如 dask://10.0.0.5:8786", "such as dask://10.0.0.5:8786"),
    "--executor dask://host:0": ("--executor 不认识“dask://host:0”。", "does not know “dask://host:0”."),
    "--executor dask://a/b:8786": ("--executor 不认识“dask://a/b:8786”。", "does not know “dask://a/b:8786”."),
    "--executor tcp://host:8786": ("--executor 不认识“tcp://host:8786”。", "does not know “tcp://host:8786”."),
    "--executor": ("--executor 后面缺少内容。", "Write: --executor processes|serial|dask://HOST:PORT."),
    "check --executor serial": ("命令 check 不用 --executor 这个选项。", "check has no option --executor."),
    "--executor serial --jobs 2": ("--jobs 只管本机的进程数", "cannot be used with --executor serial."),
    "--only page": ("--only 不认识“page”。是不是想写“pages”？", "Did you mean “pages”?"),
    "--only ,": ("--only 不认识“,”。", "--only does not know “,”."),
    "--only pdf --no-pdf": ("没有什么可生成的", "leave nothing to make"),
    "--content nowhere": ("没有内容文件夹“nowhere”。", "there is no content folder “nowhere”."),
    "check --templates nowhere": ("没有这个模板文件夹：“nowhere”。", "there is no templates folder “nowhere”."),
    "--content file": ("“file”是文件或失效的链接", "“file” is a file"),
    "--content circle": ("“circle”是文件或失效的链接", "“circle” is a file or a broken link"),
    "--templates circle": ("--templates 后面应为文件夹", "--templates takes a folder"),
    "--output circle": ("--output 后面应为文件夹", "--output takes a folder"),
    "--output file": ("“file”是文件", "“file” is a file"),
    "--output file/deep/o": ("“file”是文件", "“file” is a file"),
    "--output site": ("输出文件夹“site”不能与内容或模板文件夹“site”重叠。", "must not overlap with “site”"),
    "--output site/districts": ("“site/districts”不能与", "must not overlap with “site”"),
    "--output .": ("输出文件夹“.”不能与", "must not overlap with “site”"),
    "--output /": ("输出文件夹“/”不能与", "must not overlap"),
    "--output o --cache o/cache": ("缓存文件夹“o/cache”不能与“o”重叠", "the cache folder “o/cache” must not overlap"),
    "--cache site/cache": ("缓存文件夹“site/cache”不能与“site”重叠", "must not overlap with “site”"),
    "check --cache site": ("缓存文件夹“site”不能与“site”重叠", "must not overlap with “site”"),
    "--output o --report o/r.json": ("结果文件“o/r.json”不能放在“o”里。", "must not be in “o”."),
    "--report site/site.yaml": ("不能放在“site”里。", "must not be in “site”."),
    "--report .": ("结果文件“.”是一个文件夹。", "the report “.” is a folder."),
    "--report nowhere/r.json": ("所在的文件夹不存在。", "does not exist."),
    "check --key k.p12": ("命令 check 不用 --key 这个选项。", "check has no option --key."),
}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with content, a file, and a link that leads to itself."""
    shutil.copytree(SITE, tmp_path / "site")
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", WRONG)
def test_wrong_use_is_told_in_the_language_asked_for(
    command: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(office.rglob("*"))
    asked = command.split()
    command_word = [] if asked[0].startswith(("-", "—")) else [asked.pop(0)]
    content = [] if "--content" in asked else ["--content", "site"]
    for language, words in at_least_one(zip(("zh", "en"), WRONG[command], strict=True)):
        assert build.main([*command_word, "--messages", language, *content, *asked]) == 2
        out, told = capsys.readouterr()
        assert words in told and told.startswith("build.py: ") and out == ""
        assert told.count("\n") <= 3
    assert sorted(office.rglob("*")) == before


def test_an_unknown_language_and_an_empty_folder_are_wrong_use(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert build.main(["--messages", "fr"]) == 2
    assert "--messages 不认识“fr”" in capsys.readouterr().err
    assert build.main(["--content", "site", "--output", ""]) == 2
    assert "--output 后面缺少内容" in capsys.readouterr().err
    assert sorted(path.name for path in office.iterdir()) == ["circle", "file", "site"]


@pytest.mark.parametrize("kinds", ["pages,", "pages, data", "data，pages", "pages、data"])
def test_kinds_are_taken_as_they_are_typed(kinds: str, office: Path) -> None:
    assert build.main(["check", "--content", "site"]) == 0
    assert build.main(["--content", "site", "--output", "o", "--only", kinds]) == 0
    assert (office / "o" / "index.html").is_file()
    assert (office / "o" / "data").exists() is ("data" in kinds)


def test_other_kinds_are_neither_made_nor_removed_and_are_made_up_for(office: Path) -> None:
    """An edit that was built with `--only data` alone still reaches the pages, with the next whole build."""
    unit, page = office / "site" / "districts" / "yinghuo.yaml", office / "o" / "zh" / "pledges" / "yinghuo-1.html"
    asked = ["--content", "site", "--output", "o", "--no-pdf", "--report", "r.json"]
    assert build.main(asked) == 0
    before = page.read_bytes()
    unit.write_text(unit.read_text("utf-8").replace("夜里关灯", "夜里熄灯"), "utf-8")
    for _ in range(2):
        assert build.main([*asked, "--only", "data"]) == 0
        assert page.read_bytes() == before
        assert not [path for path in json.loads(Path("r.json").read_text())["made"] if path.endswith(".html")]
    assert build.main(asked) == 0
    assert "夜里熄灯" in page.read_text("utf-8")
    assert build.main(["--content", "site", "--output", "clean", "--no-pdf"]) == 0
    assert page.read_bytes() == (office / "clean" / "zh" / "pledges" / "yinghuo-1.html").read_bytes()


def test_the_current_folder_may_be_the_output(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "o").mkdir()
    monkeypatch.chdir(office / "o")
    assert build.main(["--content", "../site", "--output", ".", "--only", "pages"]) == 0
    assert build.main(["--content", "../site", "--output", "../o", "--only", "pages"]) == 0
    assert not list((office / "o").glob(".*")) and not list(office.glob(".*"))


def test_check_does_not_speak_of_the_site(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "site" / "site.yaml").write_text("format: 1\n", "utf-8")
    told = {}
    for command in ("check", "build"):
        assert build.main([command, "--content", "site", "--messages", "zh"]) == 1
        told[command] = capsys.readouterr().err.splitlines()[-1]
    assert told["check"].startswith("共 ") and told["check"].endswith(" 处问题。")
    assert told["build"].endswith(" 处问题，网站没有改动。")


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(SITE), "--messages", "en"]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        for arguments in (("check",), ("--help",), ("--version",)):
            done = run(*arguments, stdout=full)
            assert done.returncode == 1, arguments
            assert done.stderr.startswith("build.py: the program's messages cannot be written"), done.stderr
            assert done.stderr.count("\n") == 1, done.stderr
    done = run("--output", str(tmp_path / "o"), "--only", "data", "--report", "/dev/full")
    assert done.returncode == 1 and "The site itself was built." in done.stderr
    assert "unchanged" not in done.stderr and (tmp_path / "o" / "data").is_dir()


def test_a_report_that_finds_no_room_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(tmp_path / "r.json", {"made": 1})
    (tmp_path / "link.json").symlink_to("r.json")
    write_report(tmp_path / "link.json", {"made": 2})
    before = (tmp_path / "r.json").read_bytes()
    assert json.loads(before) == {"made": 2} and (tmp_path / "link.json").is_symlink()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for name in ("r.json", "new.json"):
        with pytest.raises(ContentError, match="report_write"):
            write_report(tmp_path / name, {"made": 3})
    assert (tmp_path / "r.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "r.json"]


def test_a_folder_that_refuses_is_told_in_one_line() -> None:
    for arguments in (("schema", "--to", "/proc/x"), ("--output", "/proc/x/o")):
        done = run(*arguments, stdout=subprocess.DEVNULL)
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
        assert done.stderr.startswith("/proc/x"), done.stderr


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    for arguments in (["check"], ["--output", "o"]):
        (tmp_path / "gone").mkdir(exist_ok=True)
        done = run(*arguments, cwd=tmp_path / "gone", preexec_fn=(tmp_path / "gone").rmdir, stdout=subprocess.DEVNULL)
        assert done.returncode == 1 and "the current folder was deleted" in done.stderr, done.stderr
        assert done.stderr.count("\n") == 1


def test_a_screen_without_han_characters_is_no_reason_to_fail() -> None:
    command = [sys.executable, str(ROOT / "build.py"), "check", "--content", str(SITE), "--messages", "zh"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, env=ascii_only)
    assert done.returncode == 0 and done.stderr == "" and "\\u5185\\u5bb9" in done.stdout


def test_a_release_demands_its_settings(tmp_path: Path) -> None:
    done = run("--output", str(tmp_path / "x"), "--no-pdf", "--release")
    assert done.returncode == 1
    assert "base_url" in done.stderr and "as_of" not in done.stderr


def test_a_build_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    """Whoever calls it from a program of his own keeps the garbage collector that he had."""
    before = gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()
    place = ["--content", str(SITE), "--output", str(tmp_path / "o"), "--cache", str(tmp_path / "c")]
    assert build.main([*place, "--only", "data", "--jobs", "1"]) == 0
    assert (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()) == before
