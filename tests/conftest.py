"""What all tests share."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from gazette.messages import progress

pytest_plugins = (
    "compiled",
    "edits",
    "dates",
    "exported",
    "askers",
    "frozen",
    "handouts",
    "clerks",
    "desks",
    "noticed",
    "registers",
    "translators",
    "previews",
    "published",
    "publishers",
    "signatures",
    "ssh_ways",
    "stores",
    "workplaces",
)

if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    # a run starts hundreds of processes, each of which would compile the whole program anew
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(Path(__file__).parent.parent / ".cache" / "bytecode")
    sys.dont_write_bytecode = False

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # tests that a shell started in the background ignore interrupts, and so would the builds that they interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)


settings.register_profile("busy", deadline=None)
settings.load_profile("busy")  # that a machine is busy says nothing of what is tested


@pytest.fixture(autouse=True)
def no_build_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build in this process says does not depend on how busy the machine is."""
    monkeypatch.setattr(progress, "LONG_FOR_LINES", 1e9)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="write the golden files again; read the difference afterwards"
    )
