"""What all tests share."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from gazette.cli import parser
from gazette.files.cache import Cache
from gazette.messages import progress
from gazette.versions import package_digest

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


gc.set_threshold(50_000, 20, 1_000)  # looking for garbage was an eighth of the time; see pytest_runtest_teardown


@pytest.fixture(scope="session", autouse=True)
def shared_files_are_remembered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Most tests change a unit and leave the files that all units share as they are: where a test names no cache, these
    are read once in a process, as they are wherever a site was built before."""
    import whole  # not before its assertions are explained

    folder = tmp_path_factory.getbasetemp() / "remembered"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "CACHE", folder)
        patch.setattr(whole, "remembered", Cache(folder, package_digest()))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The documents of the real city take a minute to lay out: what looks at that city is long."""
    for item in items:
        asked = {
            *getattr(item, "fixturenames", ()),
            *map(str, getattr(getattr(item, "callspec", None), "params", {}).values()),
        }
        if asked & {"real", "wuhan"}:
            item.add_marker(pytest.mark.long)


def pytest_runtest_teardown() -> None:
    """Pages leave little garbage, documents much."""
    if (now := _pages_of_memory()) > _grown_to[0] + _MUCH:
        gc.collect()
        _grown_to[0] = min(now, _pages_of_memory())


_grown_to = [0]
_MUCH = 150 * 2**20 // os.sysconf("SC_PAGE_SIZE")


def _pages_of_memory() -> int:
    """How much memory this process has, where the system tells it."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0


@pytest.fixture(autouse=True)
def no_build_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build in this process says does not depend on how busy the machine is."""
    monkeypatch.setattr(progress, "LONG_FOR_LINES", 1e9)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for servers, browsers and clocks."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="write the golden files again; read the difference afterwards"
    )
