"""Publishing where there are no links: in an order in which no page misses what it needs, and never half a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reached import at_least_one
from releases import files_of, published, release, tree

from gazette.publishing.in_place import InPlace
from gazette.publishing.order import stage_of
from gazette.publishing.places.plain import PlainFolder
from gazette.publishing.publish import way_back
from gazette.publishing.refused import Refused


class Watched(PlainFolder):
    """Notes what becomes public and what goes, and can be cut off at a step."""

    def __init__(self, folder: Path, cut_at: int = -1) -> None:
        super().__init__(folder)
        self.steps: list[tuple[str, str]] = []
        self.cut_at = cut_at

    def _step(self, what: str, path: str) -> None:
        if len(self.steps) == self.cut_at:
            raise ConnectionError(path)
        self.steps.append((what, path))

    def copy(self, source: str, path: str, sha256: str) -> None:
        self._step("come", path)
        super().copy(source, path, sha256)

    def remove(self, path: str) -> None:
        if not path.startswith(("lock.json", ".gazette")):
            self._step("go", path)
        super().remove(path)


def test_a_release_is_public_and_the_next_takes_its_place(tmp_path: Path) -> None:
    site = InPlace(PlainFolder(tmp_path / "public"))
    published(site, release(1))
    assert tree(tmp_path / "public") == files_of(1)
    second = published(site, release(2))
    assert tree(tmp_path / "public") == files_of(2)
    assert 0 < second.sent.files < 8
    assert site.public(release(2).manifest, "zh/a.html") == files_of(2)["zh/a.html"]


def test_what_pages_need_comes_before_them_and_goes_after_them(tmp_path: Path) -> None:
    store = Watched(tmp_path / "public")
    site = InPlace(store)
    published(site, release(1))
    store.steps.clear()
    published(site, release(2))
    come = [stage_of(path) for what, path in store.steps if what == "come"]
    gone = [stage_of(path) for what, path in store.steps if what == "go"]
    assert come == sorted(come)
    assert gone == sorted(gone, reverse=True)
    assert [what for what, _ in store.steps] == ["come"] * len(come) + ["go"] * len(gone)
    assert gone


def test_cut_off_at_any_step_it_goes_on_where_it_was(tmp_path: Path) -> None:
    whole = Watched(tmp_path / "whole")
    published(InPlace(whole), release(1))
    published(InPlace(whole), release(2))
    for step in at_least_one(range(len(whole.steps) - len(files_of(1)))):
        folder = tmp_path / str(step)
        published(InPlace(PlainFolder(folder)), release(1))
        with pytest.raises(ConnectionError):
            published(InPlace(Watched(folder, step)), release(2))
        shown = tree(folder)
        assert all(data in (files_of(1).get(path), files_of(2).get(path)) for path, data in shown.items())
        published(InPlace(PlainFolder(folder)), release(3))  # another release, as after an edit
        assert tree(folder) == files_of(3)


def test_cut_off_twice_nothing_of_what_was_begun_stays(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    published(InPlace(PlainFolder(folder)), release(1))
    for number, cut_at in ((2, 5), (3, 2)):  # the second time before anything could be taken away
        with pytest.raises(ConnectionError):
            published(InPlace(Watched(folder, cut_at)), release(number))
    assert (files_of(2).keys() - files_of(1).keys()) & tree(folder).keys()
    published(InPlace(PlainFolder(folder)), release(4))
    assert tree(folder) == files_of(4)


def test_half_a_file_is_never_among_those_that_visitors_get(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is killed while one is written leaves it where nobody is given it."""
    folder = tmp_path / "public"
    published(InPlace(PlainFolder(folder)), release(1))

    def killed(self: Path, target: Path) -> None:
        if target.name == "a.html":
            raise KeyboardInterrupt
        os.replace(self, target)  # noqa: PTH105 - that is what stands in its place here

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            published(InPlace(PlainFolder(folder)), release(2))
    assert tree(folder).keys() <= files_of(1).keys() | files_of(2).keys()
    assert (folder / ".gazette" / "new").exists()
    published(InPlace(PlainFolder(folder)), release(2))
    assert tree(folder) == files_of(2)


def test_back_to_a_release_whose_bytes_are_kept(tmp_path: Path) -> None:
    site = InPlace(PlainFolder(tmp_path / "public"))
    for number in (1, 2, 3):
        published(site, release(number), keep=2)
    site.go_back(way_back(site, ""))
    assert tree(tmp_path / "public") == files_of(2)
    with pytest.raises(Refused, match="publish_unknown_release"):
        way_back(site, release(1).manifest.id)
    objects = {path.name for path in (tmp_path / "public" / ".gazette" / "objects").iterdir()}
    wanted = {file.sha256 for number in (2, 3) for file in release(number).manifest.files.values()}
    assert objects == wanted


def test_an_object_that_was_damaged_is_not_made_public(tmp_path: Path) -> None:
    site = InPlace(PlainFolder(tmp_path / "public"))
    published(site, release(1))
    published(site, release(2))
    digest = release(1).manifest.files["zh/a.html"].sha256
    (tmp_path / "public" / ".gazette" / "objects" / digest).write_bytes(b"other")
    with pytest.raises(Refused, match="publish_object_gone"):
        site.go_back(way_back(site, ""))
    published(site, release(1))
    assert tree(tmp_path / "public") == files_of(1)
