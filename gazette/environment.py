"""Keeps a machine's environment from reaching a result: variables that steer libraries, and file permissions."""

from __future__ import annotations

import os

_STEERING = ("FC_", "FONTCONFIG_", "FREETYPE_", "HB_", "PANGO_", "WEASYPRINT_")
"""Prefixes of variables that Fontconfig, FreeType, HarfBuzz, Pango and WeasyPrint read. HB_SHAPER_LIST, for example,
moves letters."""

_HIDING = 0o022
"""The bits of a umask that are kept. Others would publish files that a web server may not read."""


def isolate() -> None:
    """Remove those variables and limit the umask, for this process and those that it starts. Call it before any library
    is used."""
    for name in [name for name in os.environ if name.startswith(_STEERING)]:
        del os.environ[name]
    os.umask(os.umask(_HIDING) & _HIDING)
