"""What setup installs is locked: versions and hashes, and nothing that has to be built."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from reached import at_least_one

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted([*ROOT.glob("requirements*.lock"), *ROOT.glob("tools/locks/*.lock")])
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.name))
def test_every_package_of_a_lock_has_a_version_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = text.replace("\\\n", " ").strip().splitlines()
    for entry in at_least_one(entries):
        assert re.match(r"[a-z0-9.\-\[\],]+==\S+( ; [^-]+)?( +--hash=sha256:[0-9a-f]{64})+ *$", entry), entry
    assert "://" not in text and "index" not in re.sub(r"^[a-z0-9-]+==", "", text, flags=re.M)


def test_each_tool_of_make_has_its_lock() -> None:
    assert {lock.stem for lock in LOCKS if lock.parent.name == "locks"} == set(GROUPS)
    for name, (wanted,) in GROUPS.items():
        assert (ROOT / "tools" / "locks" / f"{name}.lock").read_text("utf-8").startswith(f"{wanted} "), name


def test_nothing_is_installed_but_wheels_with_known_hashes() -> None:
    found = 0
    for path in (ROOT / "Makefile", ROOT / ".ci" / "run", *ROOT.glob("tools/*.sh"), *ROOT.glob("tools/**/*.py")):
        for line in re.findall(r"^.*-m pip install.*$", path.read_text("utf-8"), flags=re.M):
            found += 1
            assert "--only-binary :all:" in line and "--require-hashes" in line, (path, line)
    assert found >= 3
