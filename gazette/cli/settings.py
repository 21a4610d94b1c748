"""What the options of a command mean for a build: its settings, its output folder, all that it is made from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gazette.building.place import OutputPlace, output_place
from gazette.building.uptodate import fingerprint
from gazette.files.paths import display_path, real_path

if TYPE_CHECKING:
    from gazette.building.settings import Settings


def place_of(options: argparse.Namespace) -> OutputPlace:
    """The output folder that is asked for."""
    return output_place(options.output, options.cache, display_path(options.output))


def glance(options: argparse.Namespace, youngest_ns: int | None = None) -> str:
    """All that a build is made from, in one text."""
    folders = [real_path(options.content), real_path(options.templates)]  # whichever way they are named
    asked = [*folders, options.as_of, options.base_url, options.release, *options.only]
    return fingerprint(asked, folders, youngest_ns)


def settings(options: argparse.Namespace) -> Settings:
    """What the command line asks of a build."""
    from gazette.building.settings import Settings

    names = ("content", "templates", "cache", "as_of", "base_url", "release")
    asked = {name: getattr(options, name) for name in names}
    optional = ("only", "executor", "jobs", "adopt")
    making = {name: getattr(options, name) for name in optional if hasattr(options, name)}
    return Settings(**asked, **making)
