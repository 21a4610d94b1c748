"""A built site as a web server finds it after it was published: a release with the packed forms of its texts."""

from __future__ import annotations

from pathlib import Path

import cities
import pytest
from releases import published, release
from shared import once, root

from gazette.files import checksums
from gazette.publishing.compressing import compressed
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.release_folders import ReleaseFolders
from gazette.publishing.served import MOVED, for_web_server

LED = b"zh/themes/dust.html zh/themes/air.html;\nzh/themes/old.html zh/themes/not-there.html;\n"
"""Where pages went: the second to one that this release has not."""

OTHERS = {MOVED: LED, "zh/feed.xml": b"<feed/>", "sitemap.xml": b"<urlset/>", "zh/share.png": b"\x89PNG"}
OTHERS["zh/embed/dengmi.html"] = b"<!doctype html><title>a card</title>"
"""What only a site with an address has."""


def _publish(folder: Path, site: Path) -> None:
    paths = [path for path in site.rglob("*") if path.is_file()]
    digests = {path.relative_to(site).as_posix(): checksums.digest_of(path) for path in paths}
    packed = compressed(site, digests, ("gzip", "brotli"), folder.with_name(f"{folder.name}-cache"))
    sources = {path: site / path for path in digests} | packed | for_web_server(site, digests, packed)
    files = {path: source.read_bytes() for path, source in sources.items()}
    published(ReleaseFolders(LocalFolder(folder)), release(1, {**files, **OTHERS}))


def portal(folders: pytest.TempPathFactory, city: str) -> Path:
    """The folder that a city was published to; read only."""
    site = cities.published(folders, city)
    return once(root(folders) / f"portal-{city}", lambda folder: _publish(folder, site))
