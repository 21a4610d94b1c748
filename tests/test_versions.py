"""The versions that are part of keys: nothing that is installed to make a site may change it unseen."""

from __future__ import annotations

import re
from pathlib import Path

from gazette.versions import MAKERS, tools_of

ROOT = Path(__file__).resolve().parent.parent

WITHOUT_EFFECT = {
    "brotlicffi",  # for PyPy alone, in place of brotli
    "pycparser",  # reads declarations in C for cffi: another version declares the same, or fails
}


def test_every_package_that_a_site_is_made_with_is_in_a_key() -> None:
    locked = re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))
    assert len(locked) > 20
    assert {*locked} - WITHOUT_EFFECT - tools_of(*MAKERS, fonts="x").keys() == set()


def test_what_lies_below_the_packages_is_in_the_keys_of_documents() -> None:
    found = tools_of("pdf", fonts="x")
    assert {"pango", "harfbuzz", "freetype", "fontconfig", "zlib", "fonts", "python", "gazette"} <= found.keys()
    assert "absent" not in found.values()
