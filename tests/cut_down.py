"""Copies templates with next to nothing in some of the documents, and the invented city with one unit: documents take
most of the time of a build, and the more the longer they are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from program import ROOT, SITE

DOCUMENTS = ("bulletin", "parallel", "official", "booklet", "sheet", "brief")


def cut_down(templates: Path, *whole: str) -> Path:
    """The templates in a new folder, with the documents named here as they are and one word in each of the others."""
    shutil.copytree(ROOT / "templates", templates)
    for name in DOCUMENTS:
        if name not in whole:
            page = '<!doctype html><html lang="{{ tag }}"><title>-</title><h1>-</h1>'
            (templates / f"{name}.html").write_text(page, "utf-8")
    return templates


def one_unit(content: Path) -> Path:
    """The invented city in a new folder, with the new zone and its one pledge alone; returns the file of the unit."""
    others = ("dengmi.yaml", "wuyu-gang.yaml", "zhiyuan.yaml", "notices", "files")
    shutil.copytree(SITE, content, ignore=shutil.ignore_patterns(*others))
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^tiles:(\n +- .*)+", "tiles: []", site.read_text("utf-8")), "utf-8")
    return content / "districts" / "yinghuo.yaml"
