"""The same content gives the same files, whoever builds it, wherever, and whatever was built before.

`make test` builds an invented city of twelve units, with a document of all fonts and one of a page, in surroundings of
which all is different. `make matrix`
(GAZETTE_MATRIX=1) builds the shipped city, in each of the surroundings alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cut_down import cut_down
from grown import grow
from shared import once, root

from gazette.workers.processes import MIN_UNITS_FOR_POOL

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
WHOLE = bool(os.environ.get("GAZETTE_MATRIX"))

STEERING = {
    "FC_LANG": "ja",
    "FONTCONFIG_FILE": "/nowhere/fonts.conf",
    "FREETYPE_PROPERTIES": "truetype:interpreter-version=35",
    "HB_SHAPER_LIST": "fallback",
    "PANGO_LANGUAGE": "ja",
}


@dataclass
class Surroundings:
    """Where and how a build runs: what is asked for, variables (None: not set), the current folder and the folder of
    the city, both below a scratch folder, and the permissions that are withheld."""

    asked: tuple[str, ...] = ("--jobs", "2")
    variables: dict[str, str | None] = field(default_factory=dict)
    here: str = "city"
    city: str = "city"
    umask: int = 0o022


FOREIGN = {"LC_ALL": "C", "TZ": "America/St_Johns", "HOME": None, "PYTHONHASHSEED": "3", **STEERING}
DEEP = "一条很长的路/with a space/" + "deeper/" * 9 + "city"

MATRIX = {
    "one job": Surroundings(("--jobs", "1")),
    "three jobs": Surroundings(("--jobs", "3")),
    "serial": Surroundings(("--executor", "serial")),
    "hash seed": Surroundings(variables={"PYTHONHASHSEED": "7"}),
    "time zone": Surroundings(variables={"TZ": "America/St_Johns"}),
    "locale C": Surroundings(variables={"LC_ALL": "C", "LANG": None}),
    "locale zh": Surroundings(variables={"LC_ALL": "zh_CN.UTF-8"}),
    "no home": Surroundings(variables={"HOME": None}),
    "steering variables": Surroundings(variables=STEERING),
    "another current folder": Surroundings(here="."),
    "a longer path": Surroundings(city=DEEP, here=DEEP),
    "another umask": Surroundings(umask=0o077),
    "optimised": Surroundings(variables={"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
}
TOGETHER = {"serial, all else different": Surroundings(("--executor", "serial"), FOREIGN, ".", DEEP, 0o077)}


class City:
    """A city with its templates in a folder, built by a process of its own."""

    def __init__(self, root: Path, around: Surroundings) -> None:
        self._place(root, around)
        if WHOLE:
            shutil.copytree(ROOT / "content", self.folder / "content")
        else:
            grow(self.folder / "content", MIN_UNITS_FOR_POOL)
        if WHOLE:
            shutil.copytree(ROOT / "templates", self.folder / "templates")
        else:
            cut_down(self.folder / "templates", "parallel", "brief")

    def _place(self, root: Path, around: Surroundings) -> None:
        self.root, self.around = root, around
        self.folder = root / around.city

    @classmethod
    def at(cls, root: Path, around: Surroundings) -> City:
        """One that was built before."""
        city = cls.__new__(cls)
        city._place(root, around)
        return city

    def build(self, *more: str, output: str = "site", cache: str = "cache") -> None:
        """A build that must succeed."""
        there = os.path.relpath(self.folder, self.root / self.around.here)
        asked = [f"--{name}={there}/{name}" for name in ("content", "templates")]
        asked += [f"--output={there}/{output}", f"--cache={there}/{cache}", "--base-url", "https://www.example.org/x/"]
        temporary = self.root / "tmp"
        temporary.mkdir(exist_ok=True)
        variables = {**os.environ, "TMPDIR": str(temporary), **self.around.variables}
        environment = {name: value for name, value in variables.items() if value is not None}
        done = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *asked, *self.around.asked, *more],
            cwd=self.root / self.around.here,
            env=environment,
            capture_output=True,
            text=True,
            umask=self.around.umask,
        )
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr

    def files(self, output: str = "site") -> dict[str, tuple[str, int]]:
        """The digest and the permissions of each file that was built."""
        root = self.folder / output
        return {
            path.relative_to(root).as_posix(): (
                hashlib.sha256(path.read_bytes()).hexdigest(),
                stat.S_IMODE(path.stat().st_mode),
            )
            for path in root.rglob("*")
            if path.is_file()
        }

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text, (path, old)
        if file.is_symlink():
            file.unlink()
        file.write_text(text.replace(old, new, 1), "utf-8")


def differing(one: dict[str, tuple[str, int]], other: dict[str, tuple[str, int]]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What a build in the usual surroundings gives."""

    def build(place: Path) -> None:
        City(place, Surroundings()).build()

    files = City.at(once(root(tmp_path_factory) / "usual", build), Surroundings()).files()
    assert len(files) > 100
    return files


if WHOLE:

    def test_a_cluster_gives_the_same_files(
        usual: dict[str, tuple[str, int]], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        from test_cluster import Yard

        yard = Yard(tmp_path_factory.mktemp("yard"))
        try:
            for _ in range(2):
                yard.worker()
            city = City(tmp_path, Surroundings(("--executor", yard.address)))
            city.build()
            assert differing(city.files(), usual) == []
        finally:
            yard.close()


@pytest.mark.parametrize("name", MATRIX if WHOLE else TOGETHER)
def test_other_surroundings_give_the_same_files(name: str, usual: dict[str, tuple[str, int]], tmp_path: Path) -> None:
    city = City(tmp_path, {**MATRIX, **TOGETHER}[name])
    city.build()
    assert differing(city.files(), usual) == []
    left = {path.relative_to(tmp_path).parts[0] for path in tmp_path.iterdir()}
    assert left == {city.around.city.split("/")[0], "tmp"}, "a build leaves nothing elsewhere"
    assert list((tmp_path / "tmp").iterdir()) == [], "nor anything for a while"


EDITS: dict[str, tuple[str, str, str]] = {
    "a word of a unit": ("content/districts/jiangxia.yaml", "      en: ", "      en: Now {n} "),
    "the foreword": ("content/articles/foreword.zh.md", "\n---\n", "\n---\n\n{n}。\n"),
    "a word of the interface": ("content/words.yaml", "skip: {zh: ", "skip: {zh: {n}"),
    "a template of pages": ("templates/pledge.html", "{%", "<!-- {n} -->{%"),
    "a template of documents": ("templates/bulletin.html", "<body>", "<body><!-- {n} -->"),
}
"""The file, what stands in it, and what is written instead; {n} is a number."""


@pytest.mark.skipif(not WHOLE, reason="the shipped city; of the invented one the random edits of test_incremental do")
def test_after_an_edit_the_files_are_those_of_a_clean_build(tmp_path: Path) -> None:
    """And after it was taken back, with half of the cache gone, they are what they were."""
    city = City(tmp_path, Surroundings())
    kept = {name: shutil.copytree(city.folder / name, tmp_path / "kept" / name) for name in ("content", "templates")}
    city.build()
    before = city.files()
    for n, (name, (path, old, new)) in enumerate(EDITS.items()):
        city.replace(path, old, new.replace("{n}", str(n)))
        city.build()
        edited = city.files()
        assert any(path.endswith(".pdf") for path in differing(edited, before)) or name == "a template of pages"
        city.build("--jobs", "1", output=f"clean{n}", cache=f"cold{n}")
        assert differing(edited, city.files(f"clean{n}")) == [], name
    for name, folder in kept.items():
        shutil.rmtree(city.folder / name)
        shutil.copytree(folder, city.folder / name)
    for path in sorted((city.folder / "cache").glob("*.msgpack"))[::2]:
        path.unlink()
    city.build()
    assert differing(city.files(), before) == []
    shutil.rmtree(city.folder / "cache")
    city.build()
    assert differing(city.files(), before) == []
