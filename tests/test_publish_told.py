"""What the command that publishes tells: what visitors get otherwise, wrong use, and a wrong list of destinations."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator

import pytest
from publishers import Office

# ── what visitors get ────────────────────────────────────────────────────────


@pytest.fixture
def served(publisher: Office) -> Iterator[str]:
    """The address at which a web server gives what is public."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    publisher.public.mkdir(exist_ok=True)
    handler = functools.partial(Quiet, directory=str(publisher.current))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_site_is_asked_for_as_visitors_do(publisher: Office, served: str) -> None:
    publisher.edit("  keep: 3", f"  keep: 3\n  base_url: {served}", "publish.yaml")
    done = publisher.publish("--yes", "--report", str(publisher.folder / "report.json"))
    report = json.loads((publisher.folder / "report.json").read_text("utf-8"))
    assert report["visited"] == min(200, report["sent"])
    assert report["otherwise"] == []
    assert report["headers_missing"][:2] == ["Content-Security-Policy", "X-Content-Type-Options"]
    assert "0 not as published" in done.stdout


def test_what_comes_otherwise_is_told(publisher: Office, served: str) -> None:
    publisher.edit("  keep: 3", f"  keep: 3\n  base_url: {served}no/such/place/", "publish.yaml")
    done = publisher.publish("--yes")
    assert done.returncode == 0  # it is public, and told where it cannot be seen
    assert f"{served}no/such/place/index.html: the web server does not provide this file (status 404)." in done.stderr


def test_after_the_way_back_the_site_is_asked_for_too(publisher: Office, served: str) -> None:
    """Also where the address was written without the slash at its end."""
    publisher.edit("  keep: 3", f"  keep: 3\n  base_url: {served.rstrip('/')}", "publish.yaml")
    publisher.publish("--yes")
    publisher.edit("as_of: 2031-09-30", "as_of: 2031-10-02", "site.yaml")
    publisher.publish("--yes", at="2031-10-02T09:00")
    back = publisher.publish("--rollback", "--yes")
    assert "0 not as published" in back.stdout, back.stderr


def test_where_nobody_answers_nothing_is_called_wrong(publisher: Office) -> None:
    publisher.edit("  keep: 3", "  keep: 3\n  base_url: http://127.0.0.1:9/", "publish.yaml")
    done = publisher.publish("--yes", "--report", str(publisher.folder / "report.json"))
    assert done.returncode == 0 and done.stderr == ""
    assert "The site does not answer at http://127.0.0.1:9/" in done.stdout and "not as published" not in done.stdout
    report = json.loads((publisher.folder / "report.json").read_text("utf-8"))
    assert report["visited"] == 0 and report["otherwise"] == ["http://127.0.0.1:9/: no answer."]


def test_a_package_is_named_and_nobody_is_asked_before_it_is_uploaded(publisher: Office, served: str) -> None:
    publisher.edit(
        "  kind: folder\n  path: ../public\n", f"  kind: package\n  path: ../up\n  base_url: {served}\n", "publish.yaml"
    )
    done = publisher.publish("--yes")
    [package] = (place for place in (publisher.folder / "up").iterdir() if place.is_dir())
    assert f"{package}. Upload it to the portal as its README.txt says." in done.stdout
    assert "Visited" not in done.stdout and (package / "README.txt").is_file()


# ── wrong use ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--list", "--unlock"), "only one of these"),
        (("other",), "expected the name of one destination"),
        (("--rollback", "yesterday"), "“yesterday” is not a release"),
    ],
)
def test_wrong_use_is_told(publisher: Office, more: tuple[str, ...], said: str) -> None:
    done = publisher.publish(*more)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("portal:\n  kind: ftp\n  path: x\n", "2:9", "found “ftp”"),
        ("portal:\n  path: x\n", "2:3", "expected “kind:”"),
        ("Portal:\n  kind: folder\n  path: x\n", "1:1", "cannot be the name"),
        ("- kind: folder\n", "1:1", "expected the name of a destination"),
        ("portal:\n  kind: folder\n", "2:3", "path"),
        ("portal:\n  kind: folder\n  path: x\n  kep: 3\n", "4:3", "keep"),
        ("portal:\n  kind: folder\n  path: x\n  keep: 0\n", "4:9", "≥ 1"),
        ("other:\n  kind: folder\n  path: x\n", "1:1", "no destination “portal”"),
    ],
)
def test_a_wrong_list_of_destinations_is_told_in_its_place(publisher: Office, text: str, place: str, said: str) -> None:
    (publisher.content / "publish.yaml").write_text(text, "utf-8")
    done = publisher.publish("--yes")
    assert done.returncode == 1
    assert f"publish.yaml:{place}: " in done.stderr, done.stderr
    assert said in done.stderr


def test_without_a_list_of_destinations_it_is_told_what_to_write(publisher: Office) -> None:
    (publisher.content / "publish.yaml").unlink()
    done = publisher.publish("--yes")
    assert done.returncode == 1
    assert "publish.yaml:1:1: this file says where the site is published" in done.stderr
