"""The small city with more units: as many as it takes for several processes to work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from program import SITE


def grow(content: Path, units: int) -> None:
    """The small city in a new folder, with so many units in all."""
    shutil.copytree(SITE, content)
    one = content / "districts" / "yinghuo.yaml"
    text = one.read_text("utf-8")
    for n in range(units - len([*one.parent.iterdir()])):
        name = "甲乙丙丁戊己庚辛壬癸子丑寅卯"[n]
        new = text.replace("yinghuo", f"unit{n}").replace("萤火", f"{name}区").replace("Yinghuo", f"Unit {n}")
        one.with_name(f"unit{n}.yaml").write_text(re.sub(r"order: \d+", f"order: {20 + n}", new), "utf-8")
