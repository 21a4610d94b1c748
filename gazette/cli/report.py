"""Writes what a command did as a file for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gazette.files.atomic import write
from gazette.files.paths import display_path, real_path
from gazette.messages.problems import ContentError, Problem, reason_of


def write_report(report: Path, facts: Mapping[str, Any]) -> None:
    """Write a report as JSON. Raises ContentError if it cannot be written."""
    data = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        if report.exists() and not report.is_file():
            report.write_bytes(data)  # a pipe or a device takes what is written, and is never replaced
        else:
            write(real_path(report), data)
    except OSError as error:
        problem = Problem.at(display_path(report), 0, 0, "report_write", reason=reason_of(error))
        raise ContentError([problem]) from None
