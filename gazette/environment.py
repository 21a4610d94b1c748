"""What of a machine's surroundings could reach a result and must not: the variables that steer the libraries which
shape and draw, and the permissions that files are made with."""

from __future__ import annotations

import os

_STEERING = ("FC_", "FONTCONFIG_", "FREETYPE_", "HB_", "PANGO_", "WEASYPRINT_")
"""How the variables begin that Fontconfig, FreeType, HarfBuzz, Pango and WeasyPrint read. With HB_SHAPER_LIST, say,
letters stand elsewhere."""

_HIDING = 0o022
"""What of a umask is kept. More would publish files that a web server may not read."""


def isolate() -> None:
    """From now on they reach neither this process nor those that it starts. To be called before a library is used."""
    for name in [name for name in os.environ if name.startswith(_STEERING)]:
        del os.environ[name]
    os.umask(os.umask(_HIDING) & _HIDING)
