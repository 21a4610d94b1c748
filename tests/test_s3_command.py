"""The command that publishes, to a store that speaks S3, with packed forms beside the text files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import brotli
import pytest
from program import tree
from publishers import Office
from stores import SECRET, Stores, made

from gazette.files import checksums

UNPACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".br": brotli.decompress}


@pytest.mark.long
def test_a_city_is_public_in_a_bucket(
    publisher: Office,
    stores: Stores,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bucket = made("rclone", stores, monkeypatch)
    where = f"kind: s3\n  bucket: {bucket.destination.bucket}\n  endpoint: {bucket.destination.endpoint}"
    packing = "compressed: [gzip, brotli]\n  base_url: http://127.0.0.1:9/"
    publisher.edit("kind: folder\n  path: ../public", f"{where}\n  {packing}", "publish.yaml")
    done = publisher.publish("--yes", "--report", str(publisher.folder / "report.json"))
    assert done.returncode == 0, done.stderr
    site = {path: data for path, data in tree(publisher.folder / "output").items() if path != ".gitignore"}
    public = bucket.public()
    packed = {path: data for path, data in public.items() if path.endswith((*UNPACK,))}
    assert public.keys() - packed.keys() == site.keys()
    assert {path: data for path, data in public.items() if path in site and path != checksums.NAME} == {
        path: data for path, data in site.items() if path != checksums.NAME
    }
    assert {"index.html.gz", "index.html.br", "data/pledges.csv.br"} <= packed.keys()
    assert all(UNPACK[path[-3:]](data) == site[path[:-3]] for path, data in packed.items())
    sums, _ = checksums.read(public[checksums.NAME].decode())
    assert sums.keys() & packed.keys() == set()
    report = (publisher.folder / "report.json").read_text("utf-8")
    assert json.loads(report)["kept"] == 0 and SECRET not in report + done.stdout + done.stderr
    assert "already has this site" in publisher.publish("--yes").stdout
