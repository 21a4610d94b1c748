"""The operations guide: what it tells an office to type is typed here, word by word, on the example city."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from compiled import compiled
from cut_down import cut_down
from program import ROOT
from publishers import Office
from signatures import PASSPHRASE, certificate, p12, pem

from gazette.cli.parser import COMMANDS
from gazette.reading.destinations import find_destination

GUIDES = ("operations.md", "operations.zh.md")
DAY = "2032-05-02"
"""What the clock says: the example is of this time."""

needs_clock = pytest.mark.skipif(
    shutil.which("faketime") is None and not os.environ.get("CI"), reason="no clock that can be set (faketime)"
)
FILES = ROOT / "docs" / "operations"
WITHOUT = shutil.ignore_patterns("__pycache__")


def guide(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """The blocks of code of a kind, without remarks."""
    found = re.findall(rf"(?ms)^```{kind}\n(.*?)^```", text)
    return [re.sub(r"(?m) *(?<!\S)# .*$", "", block) for block in found]


def test_both_guides_say_the_same() -> None:
    texts = [guide(name) for name in GUIDES]
    for kind in ("sh routine", "sh", "yaml"):
        first, second = (blocks(text, kind) for text in texts)
        assert first == second and first, kind
    for what in (r"(?m)^#+", r"\]\(([^)]+\.(?:conf|sh|yml|path|service))\)", r"(?m)^\|.*?\|.*\|$"):
        first, second = (re.findall(what, text) for text in texts)
        assert len(first) == len(second), what
    for readme, name in zip(("README.md", "README.zh.md"), GUIDES, strict=True):
        assert f"docs/{name}" in (ROOT / readme).read_text("utf-8")


@pytest.mark.parametrize("name", GUIDES)
def test_what_the_guide_names_is_there(name: str, tmp_path: Path) -> None:
    text = guide(name)
    for link in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / "docs" / link).is_file(), link
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for purpose in {*re.findall(r"(?m)(?:`|^)make ([a-z-]+)", text), *re.findall(r"(setup-[a-z]+)", text)}:
        assert re.search(rf"^{purpose}:", makefile, re.M), purpose
    assert {*re.findall(r"build\.py ([a-z-]+)", text)} <= {*COMMANDS}
    (tmp_path / "publish.yaml").write_text("".join(blocks(text, "yaml")), "utf-8")
    kinds = {
        key: find_destination(tmp_path, key).named.destination for key in yaml.safe_load("".join(blocks(text, "yaml")))
    }
    assert len(kinds) == 5 and {"portal", "server", "store", "upload"} < kinds.keys()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A clone of the program with the example as its content, documents of a word, and a key beside it."""
    clone = tmp_path / "gazette"
    clone.mkdir()
    shutil.copy(ROOT / "build.py", clone)
    shutil.copytree(ROOT / "gazette", clone / "gazette", ignore=WITHOUT)
    cut_down(clone / "templates")
    shutil.copytree(ROOT / "examples" / "linjiang" / "content", clone / "content")
    destinations = blocks(guide("operations.md"), "yaml")[0].replace("/srv/portal", str(tmp_path / "portal"))
    (clone / "content" / "publish.yaml").write_text(destinations, "utf-8")
    (clone / ".venv").symlink_to(ROOT / ".venv")
    compiled(clone / ".cache" / "gazette")
    own, key = certificate("临江市整改工作办公室", years=(2020, 2080))
    (tmp_path / "office.p12").write_bytes(p12((own, key)))
    (tmp_path / "office.crt").write_bytes(pem((own, key)))
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE, "utf-8")
    (clone / ".gitignore").write_text("/.cache\n/.venv\n", "utf-8")
    typed("git init -q . && git config user.name office && git config user.email office@example.org", clone)
    typed("git add content && git commit -qm before", clone)
    return clone


def typed(block: str, folder: Path, day: str = DAY) -> str:
    """What is said when somebody types a block of commands on a day, and `y` wherever the program asks."""
    ours, theirs = pty.openpty()
    settings = {**os.environ, "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        ["faketime", "-f", f"@{day} 09:00:00", "bash", "-e", "-c", block],
        cwd=folder,
        env=settings,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    os.close(theirs)
    os.write(ours, b"y\n" * 5)
    said = process.communicate(timeout=300)[0].decode()
    os.close(ours)
    assert process.returncode == 0, f"{block}\n{said}"
    return said


def set_day(office: Path, before: str, now: str) -> None:
    settings = office / "content" / "site.yaml"
    text = settings.read_text("utf-8")
    assert f"as_of: {before}" in text
    settings.write_text(text.replace(f"as_of: {before}", f"as_of: {now}"), "utf-8")


NIGHT = "2031-10-08"


@pytest.fixture
def nightly(publisher: Office) -> Path:
    """The clone in which the small city is published at night, with the repository that it belongs to."""
    clone = publisher.folder
    shutil.copytree(ROOT / "gazette", clone / "gazette", ignore=WITHOUT)
    for name in ("build.py", ".gitattributes"):
        shutil.copy(ROOT / name, clone)
    (clone / ".venv").symlink_to(ROOT / ".venv")
    shutil.move(clone / "cache", clone / ".cache" / "gazette")
    (clone / ".gitignore").write_text("*\n!/content\n!/content/**\n!/.gitattributes\n", "utf-8")
    typed("git init -q . && git config user.name office && git config user.email office@example.org", clone)
    typed("git add . && git commit -qm before && git init -q --bare ../hub.git", clone)
    typed("git remote add origin ../hub.git && git push -q -u origin HEAD && git clone -q ../hub.git ../other", clone)
    return clone


@pytest.mark.long
@needs_clock
def test_a_night_keeps_what_it_records_whoever_pushes_meanwhile(nightly: Path) -> None:
    """The records go to the repository; another's push comes in between, and so does the end of the machine."""
    other, night = nightly.parent / "other", f"GAZETTE={nightly} sh {FILES / 'nightly.sh'} portal"
    hook = nightly / ".git" / "hooks" / "pre-push"
    meanwhile = f"cd {other} && unset GIT_DIR && git commit -q --allow-empty -m meanwhile && git push -q"
    hook.write_text(f"#!/bin/sh\nrm $0\n{meanwhile}\n", "utf-8")
    hook.chmod(0o755)
    typed(night, nightly.parent, NIGHT)
    said = typed("git pull -q && git log --format=%s && cat content/published/_site.tsv", other)
    assert said.splitlines()[:3] == [f"Published {NIGHT}", "meanwhile", "before"] and f"\t{NIGHT}T" in said
    with (nightly / "content" / "published" / "_site.tsv").open("a") as file:  # by a night that was cut off
        file.write(f"zh/gone.html\t{NIGHT}T00:10+08:00\t{NIGHT}T00:10+08:00\tabcdefghijklmnop\n")
    typed("echo '# a remark' >> content/site.yaml && git commit -qam edited && git push -q", other)
    typed(night, nightly.parent, NIGHT)
    said = typed("git pull -q && cat content/published/_site.tsv", other)
    assert "zh/gone.html" in said and typed("git status --short content && git cherry", nightly) == ""
    typed("echo '# not signed off' >> content/site.yaml", nightly)
    assert "Somebody edits in this clone" in typed(f"if {night}; then exit 1; fi", nightly.parent, NIGHT)


@needs_clock
@pytest.mark.skipif(not os.environ.get("GAZETTE_AUDIT"), reason="a minute of work: make audit does it")
def test_the_month_of_the_guide_is_followed_word_by_word(office: Path) -> None:
    send, take_in, check, sign_off, sign, publish, note, back = blocks(guide("operations.md"), "sh routine")
    portal = office.parent / "portal"
    typed(send, office)
    typed(take_in, office)
    set_day(office, "2032-03-31", "2032-04-30")
    typed(check, office)
    assert "2032" in typed(sign_off, office)
    typed(sign, office)
    typed(publish, office)
    first = (portal / "current").resolve()
    assert (first / "zh/brief.pdf").read_bytes() == (office / "signed/zh/brief.pdf").read_bytes()
    assert (first / "zh/index.html.br").is_file() and b"xingwan-1.html" in (first / "moved.map").read_bytes()
    typed(note, office)
    assert typed("git status --short content", office) == ""
    _the_night_after(office)
    assert (portal / "current").resolve() != first
    assert first.name in typed(back, office, "2032-05-04")
    assert (portal / "current").resolve() == first


def _the_night_after(office: Path) -> None:
    """As the example for a CI service does it, but for what it installs: from a clone that pulls what was signed off,
    and pushes the dates. The documents stay as they were signed, which this machine cannot do."""
    hub, day, home = office.parent / "hub.git", "2032-05-03", office.parent / "home"
    signed = (office / "signed/zh/brief.pdf").read_bytes()
    typed(f"git init -q --bare {hub} && git remote add origin {hub} && git push -q -u origin HEAD", office)
    shutil.rmtree(office / "signed")
    shutil.copytree(FILES, office / "docs" / "operations")
    [job] = yaml.safe_load((FILES / "ci.yml").read_text("utf-8"))["jobs"].values()
    asked = [step["run"] for step in job["steps"] if "run" in step]
    assert [("apt-get" in run, "make" in run) for run in asked[:2]] == [(True, False), (False, True)]
    home.mkdir()
    for run in asked[2:]:
        own = f"export HOME={home} KEY='a key' KNOWN_HOSTS='a host'\n"
        typed(own + run.replace("nightly.sh portal", "nightly.sh portal --keep-documents"), office, day)
    assert (home / ".ssh" / "portal").read_text() == "a key\n" and "a host" in (home / ".ssh/known_hosts").read_text()
    assert (office.parent / "portal" / "current" / "zh/brief.pdf").read_bytes() == signed
    assert typed("git status --short content && git cherry", office) == ""
    assert day in (office.parent / "portal" / "current" / "data" / "pledges.csv").read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_the_units_of_systemd_are_understood(tmp_path: Path) -> None:
    for file in (*FILES.glob("gazette.*"), *(FILES.parent / "webserver").glob("gazette-*")):
        shutil.copy(file, tmp_path)
    assert len([*tmp_path.iterdir()]) == 4
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if "gazette" in line]
    assert done.returncode == 0 and said == []


def test_the_example_for_a_ci_service_can_be_read() -> None:
    text = (FILES / "ci.yml").read_text("utf-8")
    [job] = yaml.safe_load(text)["jobs"].values()
    asked = "\n".join(step.get("run", "") for step in job["steps"])
    assert "make setup-publish" in asked and "docs/operations/nightly.sh" in asked
    for name in ("ci.yml", "gazette.service"):
        assert "nightly.sh portal --keep-documents" in (FILES / name).read_text("utf-8"), name
