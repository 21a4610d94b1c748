"""Packages for a portal's back office: everything, what changed, what is to be taken away, and a note."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from releases import files_of, published, release

from gazette.files import checksums
from gazette.publishing.places.package import Package
from gazette.publishing.publish import way_back
from gazette.publishing.refused import Refused


def opened(folder: Path) -> Package:
    return Package(folder, "https://nowhere.example/x/", lambda files, changed, gone: f"{files} {changed} {gone}\n")


def unpacked(place: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_holds_everything_and_what_changed(tmp_path: Path) -> None:
    site = opened(tmp_path / "packages")
    published(site, release(1))
    published(site, release(2))
    folder = tmp_path / "packages" / release(2).manifest.id
    changed = {path: data for path, data in files_of(2).items() if files_of(1).get(path) != data}
    gone = files_of(1).keys() - files_of(2).keys()
    assert unpacked(folder / "everything.zip") == files_of(2)
    assert unpacked(folder / "changed.zip") == changed
    listed = (folder / "changed.txt").read_text("utf-8").splitlines()
    address = "https://nowhere.example/x/"
    assert {*listed} == {f"+ {address}{path}" for path in changed} | {f"- {address}{path}" for path in gone}
    assert (folder / "README.txt").read_text("utf-8") == f"{len(files_of(2))} {len(changed)} {len(gone)}\n"
    compared = checksums.compare(folder)
    assert compared is not None
    assert compared.agrees
    assert site.public(release(2).manifest, "zh/a.html") == files_of(2)["zh/a.html"]


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        published(opened(tmp_path / name), release(1))
        place = tmp_path / name / release(1).manifest.id / "everything.zip"
        digests.add(hashlib.sha256(place.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_changes_put_over_the_package_before_give_the_site(tmp_path: Path) -> None:
    site, there = opened(tmp_path / "packages"), dict[str, bytes]()
    for number in (1, 2, 3):
        published(site, release(number))
        folder = tmp_path / "packages" / release(number).manifest.id
        there |= unpacked(folder / "changed.zip")
        for line in (folder / "changed.txt").read_text("utf-8").splitlines():
            if line.startswith("- "):
                del there[line.removeprefix("- https://nowhere.example/x/")]
        assert there == files_of(number)


def test_what_was_uploaded_by_hand_goes_back_by_hand(tmp_path: Path) -> None:
    site = opened(tmp_path / "packages")
    published(site, release(1))
    published(site, release(2), keep=2)
    with pytest.raises(Refused, match="publish_no_way_back"):
        site.go_back(way_back(site, ""))
    published(site, release(3), keep=2)
    assert [each.edition for each in site.kept()] == [2, 3]
