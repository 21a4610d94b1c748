"""Packed forms beside text files: the same bytes when they are unpacked, made once, public with what they belong to."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path

import brotli
import pytest

from gazette.files import checksums
from gazette.publishing import compressing
from gazette.publishing.compressing import compressed
from gazette.publishing.headers import content_encoding
from gazette.publishing.order import in_order

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}

FILES = {
    "index.html": "<p>整改承诺公开</p>\n".encode() * 50,
    "zh/a.html": b"<p>pledge</p>\n" * 50,
    "data/pledges.csv": b"id,title\r\n" * 50,
    "zh/deadlines.ics": b"BEGIN:VCALENDAR\r\n" * 50,
    "static/site.css": b"p { margin: 0 }\n" * 50,
    "static/icon.svg": b"<svg></svg>" * 50,
    "robots.txt": b"*",
    "zh/bulletin.pdf": b"%PDF" * 500,
    "static/heading.woff2": b"wOF2" * 500,
    checksums.NAME: b"0" * 500,
}


def written(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Files in a folder; returns their digests by path."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def version(path: str) -> str:
    """The folder of a form in the cache."""
    return compressing._FORMS["gzip" if path.endswith(".gz") else "brotli"]().version


def packed(folder: Path, files: Mapping[str, bytes], cache: Path) -> dict[str, bytes]:
    places = compressed(folder, written(folder, files), ("gzip", "brotli"), cache)
    return {path: place.read_bytes() for path, place in places.items()}


def test_text_files_have_both_forms_and_these_unpack_to_the_same(tmp_path: Path) -> None:
    found = packed(tmp_path / "output", FILES, tmp_path / "cache")
    texts = [path for path in FILES if path.endswith((".html", ".csv", ".ics", ".css", ".svg"))]
    assert {*found} == {f"{path}{ending}" for path in texts for ending in (".gz", ".br")}
    for path, data in found.items():
        whole = FILES[path[:-3]]
        assert UNPACK[content_encoding(path)](data) == whole
        assert len(data) < len(whole)
        kept = tmp_path / "cache" / "compressed" / version(path) / hashlib.sha256(whole).hexdigest()
        assert kept.stat().st_mode == (tmp_path / "output" / path[:-3]).stat().st_mode
    assert packed(tmp_path / "output", FILES, tmp_path / "other") == found


def test_what_was_made_once_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = tmp_path / "output", tmp_path / "cache"
    first = packed(folder, FILES, cache)
    made: list[bytes] = []
    whole = compressing.write
    monkeypatch.setattr(compressing, "write", lambda place, data, **how: (made.append(data), whole(place, data, **how)))
    assert packed(folder, FILES, cache) == first
    assert made == []
    now = packed(folder, {**FILES, "zh/a.html": b"<p>changed</p>\n" * 50}, cache)
    assert len(made) == 2
    assert {path for path in first if now[path] != first[path]} == {"zh/a.html.gz", "zh/a.html.br"}


def test_what_is_kept_is_of_files_that_there_are_and_unpacks_to_them(tmp_path: Path) -> None:
    """A cache may be damaged, and what comes from it is public."""
    folder, cache = tmp_path / "output", tmp_path / "cache"
    first = packed(folder, FILES, cache)
    (cache / "compressed" / "gzip-9-of-old").mkdir()
    for place in (cache / "compressed").rglob(hashlib.sha256(FILES["index.html"]).hexdigest()):
        place.write_bytes(first["zh/a.html.gz"])
    assert packed(folder, FILES, cache) == first
    few = {path: data for path, data in FILES.items() if not path.startswith("data/")}
    packed(folder, few, cache)
    kept = {place.name for place in (cache / "compressed").rglob("*") if place.is_file()}
    assert hashlib.sha256(FILES["data/pledges.csv"]).hexdigest() not in kept
    assert not (cache / "compressed" / "gzip-9-of-old").exists()
    assert compressed(folder, written(folder, few), (), cache) == {}


def test_a_file_that_is_not_as_it_was_built_is_left_to_who_tells_of_it(tmp_path: Path) -> None:
    digests = written(tmp_path / "output", FILES)
    (tmp_path / "output" / "index.html").write_bytes(b"another" * 50)
    found = compressed(tmp_path / "output", digests, ("gzip",), tmp_path / "cache")
    assert "index.html.gz" not in found and "zh/a.html.gz" in found


def test_a_packed_form_becomes_public_when_its_file_does() -> None:
    """A server sends it in the place of the file."""
    paths = ["index.html.br", "static/site.css.br", "zh/a.html.gz", "data/a.csv.gz", *FILES]
    order = in_order(paths)
    for before, after in (
        ("data/a.csv.gz", "zh/a.html.gz"),
        ("zh/a.html.gz", "index.html"),
        ("zh/a.html", "index.html.br"),
    ):
        assert order.index(before) < order.index(after)
