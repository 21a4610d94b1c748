"""Copies the templates with next to nothing in some of the documents: those take most of the time of a build."""

from __future__ import annotations

import shutil
from pathlib import Path

from program import ROOT

DOCUMENTS = ("bulletin", "parallel", "official", "booklet", "sheet", "brief")


def cut_down(templates: Path, *whole: str) -> Path:
    """The templates in a new folder, with the documents named here as they are and one word in each of the others."""
    shutil.copytree(ROOT / "templates", templates)
    for name in DOCUMENTS:
        if name not in whole:
            page = '<!doctype html><html lang="{{ tag }}"><title>-</title><h1>-</h1>'
            (templates / f"{name}.html").write_text(page, "utf-8")
    return templates
