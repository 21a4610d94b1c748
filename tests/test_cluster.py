"""A build on a Dask cluster: a real scheduler and real workers, which have the package and nothing else."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down
from reached import at_least_one

import build
from gazette.workers import dask as cluster

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
UNITS = 24


class Yard:
    """A scheduler and workers on this machine, started where there is nothing to read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        self.note = folder / "scheduler.json"
        (folder / "empty").mkdir()
        asked = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.note), "--no-dashboard"]
        self.scheduler = self._start("scheduler", asked, None)
        self._observer = None

    def worker(self, *asked: str, package: Path | None = ROOT) -> subprocess.Popen[bytes]:
        """One more worker, which finds the package in a folder."""
        asked = asked or ("--nthreads", "1")
        # Should the tests be killed, nobody would end it.
        general = ["--scheduler-file", str(self.note), "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
        return self._start("worker", [*general, "--host", "127.0.0.1", *asked], package)

    def _start(self, what: str, asked: list[str], package: Path | None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *asked]
        path = {"PYTHONPATH": str(package)} if package else {}
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **path}
        with (self.folder / f"{what}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.folder / "empty", env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.processes.append(process)
        return process

    @property
    def address(self) -> str:
        """As --executor takes it."""
        soon(lambda: self.note.exists() and self.note.read_text().rstrip().endswith("}"))  # written to its end
        return json.loads(self.note.read_text())["address"].replace("tcp://", "dask://")  # type: ignore[no-any-return]

    def observer(self) -> object:
        """Somebody who looks on."""
        from distributed import Client

        if self._observer is None:
            self._observer = Client(self.address.replace("dask", "tcp"), set_as_default=False)
        return self._observer

    def there(self) -> int:
        """How many workers are there."""
        return len(self.observer().nthreads())  # type: ignore[attr-defined]

    def at_work(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether a worker has work in hand."""
        mine = self.observer().run(os.getpid)  # type: ignore[attr-defined]
        busy = self.observer().processing()  # type: ignore[attr-defined]
        return any(busy.get(address) for address, pid in mine.items() if pid == process.pid)

    def close(self) -> None:
        if self._observer is not None:
            with contextlib.suppress(Exception):
                self._observer.close(timeout=2)
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


def soon(there: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something that will be."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@pytest.fixture
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    made = Yard(tmp_path_factory.mktemp("yard"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many invented units in `content`, and the site that this machine makes of them in `local`."""
    folder = tmp_path_factory.mktemp("city")
    subprocess.run(
        [sys.executable, str(ROOT / "tools" / "bench" / "content.py"), str(UNITS), str(folder / "content")], check=True
    )
    assert build.main(command(folder / "content", folder / "local")) == 0
    return folder


def command(content: Path, output: Path, *more: str, only: str = "pages,data") -> list[str]:
    cache = compiled(output.parent / f"{output.name}-cache")
    asked = ["--content", str(content), "--output", str(output), "--cache", str(cache), "--messages", "en"]
    return [*asked, "--only", only, *more]


def start(*asked: str) -> subprocess.Popen[str]:
    """A build that one can watch."""
    return subprocess.Popen([sys.executable, str(ROOT / "build.py"), *asked], stderr=subprocess.PIPE, text=True)


def end_of(making: subprocess.Popen[str], seconds: float) -> str:
    """What a build that one can watch said at last."""
    return without_progress(making.communicate(timeout=seconds)[1])


def without_progress(told: str) -> str:
    """What was said beside how far the build was: that depends on how busy the machine is."""
    lines = told.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("Units ", "Shared pages ", "Documents ")))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cluster_makes_what_this_machine_makes(yard: Yard, city: Path, tmp_path: Path) -> None:
    yard.worker()
    yard.worker("--nthreads", "2")
    soon(lambda: yard.there() == 2)
    assert build.main(command(city / "content", tmp_path / "o", "--executor", yard.address)) == 0
    assert tree(tmp_path / "o") == tree(city / "local")
    done = [f.read_text().count("Compute Failed") for f in yard.folder.glob("*.log")]
    assert done == [0, 0, 0] and not list((yard.folder / "empty").iterdir())


def test_documents_and_their_mistakes_come_from_a_worker_of_two_threads(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yard.worker("--nthreads", "2")
    templates = cut_down(tmp_path / "templates", "brief")
    for name, who in (("local", "serial"), ("o", yard.address)):
        asked = ("--executor", who, "--templates", str(templates))
        assert build.main(command(SITE, tmp_path / name, *asked, only="pdf,data")) == 0
    local = tree(tmp_path / "local")
    assert tree(tmp_path / "o") == local and len([path for path in local if path.endswith(".pdf")]) > 10

    page = templates / "bulletin.html"
    page.write_text(page.read_text("utf-8") + "{{ 1 // 0 }}", "utf-8")
    told = []
    for who in ("serial", yard.address):
        capsys.readouterr()
        asked = ("--templates", str(templates), "--executor", who)
        assert build.main(command(SITE, tmp_path / "wrong", *asked, only="pdf")) == 1
        told.append(without_progress(capsys.readouterr().err))
    assert told[0] == told[1] and "ZeroDivisionError" in told[0]
    assert not (tmp_path / "wrong").exists()


def test_wrong_units_are_told_as_locally(
    yard: Yard, city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So much is wrong that Dask would cut it, were it an exception."""
    yard.worker()
    content = tmp_path / "content"
    shutil.copytree(city / "content", content)
    for path in (content / "districts").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("themes: [", "themes: [nowhere, "), "utf-8")
    told = []
    for more in ((), ("--executor", yard.address)):
        capsys.readouterr()
        assert build.main(command(content, tmp_path / "o", *more)) == 1
        told.append(capsys.readouterr().err)
    assert told[0] == told[1] and told[0].count("“nowhere”") == 6 * UNITS and len(told[0]) > 10_000
    assert not (tmp_path / "o").exists()


def test_killed_workers_lose_nothing_even_all_of_them(yard: Yard, city: Path, tmp_path: Path) -> None:
    first, second = yard.worker(), yard.worker()
    soon(lambda: yard.there() == 2)
    making = start(*command(city / "content", tmp_path / "o", "--executor", yard.address))
    for worker in (first, second):
        soon(lambda worker=worker: yard.at_work(worker))
        worker.kill()
        worker.wait()
    soon(lambda: yard.there() == 0)
    assert making.poll() is None
    yard.worker()
    assert end_of(making, 60) == "" and making.returncode == 0
    assert tree(tmp_path / "o") == tree(city / "local")


def test_workers_with_another_program_are_told(
    yard: Yard, city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "gazette", tmp_path / "other" / "gazette", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "gazette" / "site" / "kinds.py").open("a") as source:
        source.write("# another comment\n")
    right = yard.worker()
    soon(lambda: yard.there() == 1)

    # one that comes later
    making = start(*command(city / "content", tmp_path / "o", "--executor", yard.address))
    soon(lambda: yard.at_work(right))
    right.kill()
    yard.worker(package=tmp_path / "other")
    told = end_of(making, 60)
    assert making.returncode == 1 and "1 problem; the site is unchanged." in told and "Traceback" not in told
    assert "has other versions than this machine" in told and "source " in told and "python" not in told

    # and those that are there before
    yard.worker(package=None)
    soon(lambda: yard.there() == 2)
    assert build.main(command(city / "content", tmp_path / "o", "--executor", yard.address)) == 1
    told = capsys.readouterr().err
    assert "has other versions" in told and "cannot run this program: ModuleNotFoundError" in told
    assert told.count("the worker tcp://127.0.0.1:") == 2 and not (tmp_path / "o").exists()


def test_a_cluster_without_workers_is_told(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "NO_WORKER_TIMEOUT", 1)
    assert build.main(command(SITE, tmp_path / "o", "--executor", yard.address)) == 1
    assert "has had no workers for 1 seconds. Start workers" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_a_build_may_be_interrupted_and_a_scheduler_may_vanish(yard: Yard, city: Path, tmp_path: Path) -> None:
    worker = yard.worker()
    soon(lambda: yard.there() == 1)
    asked = command(city / "content", tmp_path / "o", "--executor", yard.address)
    for end, status, words in (
        (lambda making: making.send_signal(signal.SIGINT), 130, "build.py: interrupted; the site is unchanged.\n"),
        (lambda _: yard.scheduler.kill(), 1, "build.py: the connection to the cluster dask://127.0.0.1:"),
    ):
        making = start(*asked)
        soon(lambda: yard.at_work(worker))
        end(making)
        told = end_of(making, 30)
        assert making.returncode == status and told.startswith(words) and told.count("\n") <= 2, told
        assert not (tmp_path / "o").exists()


def test_nobody_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One who is silent is not waited for longer than a setting says."""
    assert 0 < cluster.CONNECT_TIMEOUT <= 10
    monkeypatch.setattr(cluster, "CONNECT_TIMEOUT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as closed:
        ports = [each.getsockname()[1] for each in (silent, closed)]
        closed.close()
        for port in at_least_one(ports):
            assert build.main(command(SITE, tmp_path / "o", "--executor", f"dask://127.0.0.1:{port}")) == 1
            told = capsys.readouterr().err
            assert told.startswith(f"build.py: no Dask scheduler answers at dask://127.0.0.1:{port}. Check")
            assert told.count("\n") == 2 and not (tmp_path / "o").exists()


def test_what_is_not_installed_is_told(tmp_path: Path) -> None:
    """Only when it is asked for."""
    code = "import sys; sys.modules['distributed'] = None; import build; sys.exit(build.main())"
    for who, status, words in (("dask://127.0.0.1:1", 1, "-m pip install"), ("serial", 0, "")):
        asked = command(SITE, tmp_path / "o", "--executor", who)
        done = subprocess.run([sys.executable, "-c", code, *asked], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == status and words in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert (tmp_path / "o").exists() is (status == 0)


def test_the_loggers_are_as_they_were_when_a_cluster_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("distributed.worker")
    before, filters = (logger.handlers, logger.propagate), [*warnings.filters]
    with cluster._silenced():
        logger.error("said to Dask's own users")
        assert warnings.filters != filters
    assert (logger.handlers, logger.propagate) == before and warnings.filters == filters
    assert capsys.readouterr().err == ""
