"""The HTML and style sheets of a site's documents, as the program fills them; and sites with fewer or more units.

python tools/bench/documents.py CONTENT FOLDER     fills all long documents of a site, a JSON file each
python tools/bench/documents.py --print FILE PDF   prints such a file, as a worker of a build does
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def filled(content: Path, folder: Path) -> dict[str, Path]:
    """The documents of a site, as files in `folder`, by their paths in the site. Another process fills them: what it
    needs for that would count as memory of those that are measured."""
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([sys.executable, __file__, str(content), str(folder)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return {str(path.relative_to(folder).with_suffix(".pdf")): path for path in sorted(folder.rglob("*.json"))}


def fill_all(content: Path, folder: Path) -> None:
    """A build whose writer of documents only writes down what it is given."""
    sys.path.insert(0, str(ROOT))
    import build
    import gazette.pdf
    from gazette.rendering import render

    write_pdf = gazette.pdf.write_pdf
    blank = "<!doctype html><html lang=en><title>-</title><p>-"
    blanks = {carries: write_pdf(blank, stylesheets=[], carries=carries) for carries in (False, True)}
    path = ""

    def noted(target: Any, *rest: Any) -> Any:
        nonlocal path
        path = target.path
        return make(target, *rest)

    def note(html: str, **more: Any) -> bytes:
        file = (folder / path).with_suffix(".json")
        file.parent.mkdir(parents=True, exist_ok=True)
        assets = {name: b64encode(data).decode() for name, data in more.pop("assets", {}).items()}
        file.write_text(json.dumps({"html": html, "more": more, "assets": assets}), "utf-8")
        return blanks[bool(more.get("carries"))]

    documents: dict[str, Any] = render.DOCUMENTS
    make = documents["pdf"]
    documents["pdf"] = noted
    documents["booklet"] = lambda *_: (blanks[False], "")  # the same document again
    renderers: dict[str, Any] = render.RENDERERS
    renderers["one-page"] = documents["booklet"]  # sheets and briefs are laid out more than once: not measured
    gazette.pdf.write_pdf = note
    site = folder / "site"
    asked = ["--content", str(content), "--output", str(site), "--cache", str(folder / "cache")]
    if build.main([*asked, "--only", "pdf", "--executor", "serial", "--messages", "en"]):
        sys.exit(f"{content}: the site could not be filled")
    for place in (site, folder / "cache"):
        shutil.rmtree(place, ignore_errors=True)


def print_one(file: Path, target: Path) -> None:
    """A document printed by Gazette's writer."""
    sys.path.insert(0, str(ROOT))
    from gazette.pdf import write_pdf

    given: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    assets = {name: b64decode(data) for name, data in given["assets"].items()}
    target.write_bytes(write_pdf(given["html"], assets=assets, **given["more"]))


def site_of(content: Path, units: int, folder: Path) -> None:
    """A copy of a content folder with so many units: the first ones of it, or all of it again and again under other
    names and ids."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(content, folder, ignore=shutil.ignore_patterns("districts"))
    (folder / "districts").mkdir()
    site = (folder / "site.yaml").read_text("utf-8")
    (folder / "site.yaml").write_text(re.sub(r"(?m)^tiles:.*\n(?:[ #].*\n)*", "", site), "utf-8")
    known = sorted((content / "districts").glob("*.yaml"))
    for number in range(units):
        path, round_ = known[number % len(known)], number // len(known)
        text = path.read_text("utf-8")
        (folder / "districts" / f"{_id(path.stem, round_)}.yaml").write_text(_again(text, path.stem, round_), "utf-8")


def _id(unit: str, round_: int) -> str:
    return f"x{round_ + 1}-{unit}" if round_ else unit


def _again(text: str, unit: str, round_: int) -> str:
    """The text of a unit for the second and later rounds."""
    if not round_:
        return text
    names = rf"\g<1>: {{zh: \g<2>{round_ + 1}, en: \g<3> {round_ + 1}}}"
    text = re.sub(r"(?m)^(name|short): \{zh: (.*), en: (.*)\}$", names, text)
    text = re.sub(r"(?m)^(order: )(\d+)$", lambda found: f"{found[1]}{int(found[2]) + 100 * round_}", text)
    text = re.sub(r"(?m)^    formerly:.*\n", "", text)
    return re.sub(rf"(?m)^(  - id: ){unit}-", rf"\g<1>{_id(unit, round_)}-", text)


if __name__ == "__main__":
    if sys.argv[1] == "--print":
        print_one(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        fill_all(Path(sys.argv[1]), Path(sys.argv[2]))
