"""Implements the commands that sign documents and verify signatures."""

from __future__ import annotations

import argparse
import datetime
import time
from pathlib import Path

from gazette.cli.console import say
from gazette.cli.settings import place_of
from gazette.files.paths import display_path


def command_sign(options: argparse.Namespace) -> None:
    """Sign the PDFs of the built site. It is not part of a build, because no two runs give the same signature."""
    from gazette.signing.pyhanko_setup import ready

    ready()
    from gazette.signing.passphrase import passphrases
    from gazette.signing.report import of_signing, prompt
    from gazette.signing.sign import Key, sign
    from gazette.signing.signed_folder import SignedFolder

    started = time.monotonic()
    place = place_of(options)
    key, secret = options.key, options.passphrase_file
    asked = passphrases(secret, display_path(secret) if secret else "", prompt(display_path(key), options.messages))
    now = datetime.datetime.now().astimezone()
    at = options.at.astimezone() if options.at else now
    report = sign(
        place, Key(key, display_path(key), asked), SignedFolder(options.to, display_path(options.to)), at, now
    )
    for line in of_signing(report, display_path(options.to), at, time.monotonic() - started, options.messages):
        say(line)


def command_verify(options: argparse.Namespace) -> int:
    """Print whether PDFs, and those in folders, are intact, and who signed them. Return the exit status."""
    from gazette.signing.pyhanko_setup import ready

    ready()
    from gazette.signing.inspect_files import inspect, trusted

    now = datetime.datetime.now().astimezone()
    status, lines = inspect([Path(file) for file in options.files], trusted(options.trust), now, options.messages)
    for line in lines:
        say(line)
    return status
