"""Writes what a command did as a file for other programs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem, reason_of


def write_report(report: Path, facts: Mapping[str, Any]) -> None:
    """Write a report as JSON. Raises ContentError if it cannot be written."""
    new = not report.exists()
    try:
        report.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        with contextlib.suppress(OSError):
            if new:
                report.unlink()  # a report that was cut off is of no use
        problem = Problem.at(display_path(report), 0, 0, "report_write", reason=reason_of(error))
        raise ContentError([problem]) from None
