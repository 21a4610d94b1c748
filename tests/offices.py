"""LibreOffice, as somebody in an office uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"), reason="no LibreOffice is installed"
)


def converted(file: Path, kind: str, folder: Path) -> Path:
    """A file saved as another kind (`xls`, or with a filter behind a colon), in a folder of its own below `folder`."""
    assert SOFFICE is not None
    ending = kind.partition(":")[0]
    asked = ["--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind]
    subprocess.run([SOFFICE, *asked, "--outdir", str(folder / ending), str(file)], check=True, capture_output=True)
    return next((folder / ending).glob(f"{file.stem}*.{ending}"))
