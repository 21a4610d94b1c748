"""Turns the options of a command into a build's settings, output folder and fingerprint."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gazette.building.place import OutputPlace, output_place
from gazette.building.uptodate import fingerprint
from gazette.files.paths import display_path, real_path

if TYPE_CHECKING:
    from gazette.building.settings import Settings


def place_of(options: argparse.Namespace) -> OutputPlace:
    """Return the output folder that the options name."""
    return output_place(options.output, options.cache, display_path(options.output))


def glance(options: argparse.Namespace, youngest_ns: int | None = None) -> str:
    """Return the fingerprint of everything a build is made from (`uptodate.fingerprint`)."""
    folders = [real_path(options.content), real_path(options.templates)]  # links resolved
    asked = [*folders, options.as_of, options.base_url, options.release, *options.only]
    return fingerprint(asked, folders, youngest_ns)


def settings(options: argparse.Namespace) -> Settings:
    """Return the settings of a build."""
    from gazette.building.settings import Settings

    names = ("content", "templates", "cache", "as_of", "base_url", "release")
    required = {name: getattr(options, name) for name in names}
    optional = ("only", "executor", "jobs", "adopt")
    given = {name: getattr(options, name) for name in optional if hasattr(options, name)}
    return Settings(**required, **given)
