"""What judges the pages beside the tests themselves: axe (accessibility), the Nu checker (HTML) and Lighthouse (both,
good practice, what search engines read, speed), as `tools/judges` locks them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from chromium import CHROMIUM, FLAGS, FONTS, Tab
from program import ROOT

JUDGES = ROOT / ".cache" / "judges" / "node_modules"

needs_judges = pytest.mark.skipif(not JUDGES.exists() and not os.environ.get("CI"), reason="no judges are installed")

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.2 at level AA, and what axe's makers hold to be good practice."""


def accessibility(page: Tab) -> dict[str, list[str]]:
    """What axe finds on the page that is shown: for each rule that is broken, where."""
    page.evaluate(_axe())
    asked = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({asked}).then((found) => found.violations)")
    return {each["id"]: [str(node["target"]) for node in each["nodes"]] for each in found}


@cache
def _axe() -> str:
    """axe's own script, with nothing of what it gives back."""
    return f"{(JUDGES / 'axe-core' / 'axe.min.js').read_text('utf-8')};undefined"


def markup(pages: Iterable[Path]) -> list[dict[str, Any]]:
    """The errors of the Nu checker in HTML files."""
    java = shutil.which("java")
    assert java is not None, "Java is needed (tools/packages.txt)"
    jar = JUDGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    jvm = ("-XX:+UseSerialGC", "-Xss32m", "-jar", str(jar))
    asked = ("--errors-only", "--format", "json", *map(str, pages))
    done = subprocess.run([java, *jvm, *asked], capture_output=True, check=False)
    found = json.loads(done.stderr)["messages"]
    assert isinstance(found, list) and (done.returncode == 0) == (found == []), done.stderr[:2000]
    return found


class Verdict(NamedTuple):
    """What Lighthouse says of a page: the score of each category (0 to 100; `None` where it could not judge), and what
    took something off: category, audit, where."""

    address: str
    preset: str
    scores: dict[str, int | None]
    lost: list[list[Any]]
    error: str | None


SCORES = ("accessibility", "best-practices", "seo")
"""The categories that say the same on every machine."""

_LIGHTHOUSE = Path(__file__).with_name("lighthouse.mjs")


def lighthouse(pages: Iterable[tuple[str, str]], categories: Iterable[str] = SCORES) -> list[Verdict]:
    """What Lighthouse says of pages (address, preset: `mobile` or `desktop`) that stand on a web server."""
    node = shutil.which("node")
    assert node is not None and CHROMIUM is not None, "Node and Chromium are needed (tools/packages.txt)"
    asked = json.dumps([(address, preset, [*categories]) for address, preset in pages])
    surroundings = {**os.environ, "CHROME_PATH": CHROMIUM, "FONTCONFIG_FILE": str(FONTS)}
    command = [node, str(_LIGHTHOUSE), str(JUDGES), asked, *FLAGS]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]
    return [Verdict(**json.loads(line)) for line in done.stdout.splitlines()]
