#!/usr/bin/env python3
"""Gazette's program: content and templates in, the site in `output/`. `python build.py --help` lists the commands."""

from __future__ import annotations

import signal


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 something is wrong, 2 wrong use."""
    from gazette.cli.commands import main

    return main(arguments)


if __name__ == "__main__":
    interrupt = signal.getsignal(signal.SIGINT)
    if interrupt is signal.default_int_handler:
        # Until there is somebody who can say what changed, which is nothing, Ctrl-C just ends the program.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    from gazette.cli.commands import leave

    signal.signal(signal.SIGINT, interrupt)
    leave(main())
