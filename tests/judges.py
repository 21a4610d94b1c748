"""What judges the pages beside the tests themselves: axe (accessibility) and the Nu checker (HTML), as `tools/judges`
locks them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chromium import Tab
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
