"""The settings for web servers in docs/webserver: nginx and Apache serve a published site with them."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import brotli
import portals
import pytest
from browser import kinds_of_pages
from chromium import needs_chromium, tab
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from signatures import certificate
from webservers import SERVERS, SETTINGS, Server, needs_servers, running

from gazette.publishing.headers import TYPES, content_type
from gazette.publishing.served import MOVED

pytestmark = needs_servers


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portals.portal(tmp_path_factory, "nowhere")


@pytest.fixture(
    scope="module", params=[(name, base) for name in SERVERS for base in ("", "/a/b")], ids=lambda p: "".join(p)
)
def server(request: pytest.FixtureRequest, portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    name, base = request.param
    with running(name, portal, tmp_path_factory.mktemp(name), base) as one:
        yield one


def one_of_each_kind(portal: Path) -> list[str]:
    """A file of each kind and folder."""
    site = portal / "current"
    paths = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    found = {(path.parent, path.suffix): path.as_posix() for path in paths if path.suffix not in (".gz", ".br")}
    return sorted({*found.values(), "zh/feed.xml"} - {MOVED})


def test_every_kind_of_file_has_its_type_its_lifetime_and_its_protection(server: Server, portal: Path) -> None:
    paths = one_of_each_kind(portal)
    assert {Path(path).suffix[1:] for path in paths} >= {*TYPES} - {"jpeg", "webp", "zip"}
    for path in paths:
        answer = server.ask(f"/{path}")
        told = answer.headers
        assert (answer.status, answer.body) == (200, (portal / "current" / path).read_bytes()), path
        assert told["content-type"] == content_type(path), path
        assert told["x-content-type-options"] == "nosniff" and told["etag"], path
        assert "strict-origin" in told["referrer-policy"] and "camera=()" in told["permissions-policy"], path
        policy, is_card = told["content-security-policy"], re.search(r"/embed/[^/]+\.html$", path) is not None
        assert "unsafe" not in policy and policy.endswith("frame-ancestors *" if is_card else "frame-ancestors 'none'")
        assert ("x-frame-options" in told) != is_card, path
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'") or path.endswith(".pdf")
        lasts = path.startswith("static/v/")
        assert told["cache-control"] == ("public, max-age=31536000, immutable" if lasts else "no-cache"), path
        is_lent = re.search(r"(^|/)(data|embed|files|share|static)/", path) is not None
        assert told["cross-origin-resource-policy"] == ("cross-origin" if is_lent else "same-origin"), path
        assert ("access-control-allow-origin" in told) == path.startswith("data/"), path


def test_packed_forms_are_sent_to_those_who_take_them(server: Server, portal: Path) -> None:
    page = (portal / "current/zh/index.html").read_bytes()
    for taken, name, unpack in (("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        answer = server.ask("/zh/index.html", Accept_Encoding=taken)
        assert answer.headers["content-encoding"] == name and unpack(answer.body) == page
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "Accept-Encoding" in answer.headers["vary"] and len(answer.body) < len(page) / 2
    plain = server.ask("/zh/index.html")
    assert "content-encoding" not in plain.headers and "Accept-Encoding" in plain.headers["vary"]
    again = server.ask("/zh/index.html", If_None_Match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"") and again.headers["cache-control"] == "no-cache"


def test_a_server_says_nothing_of_itself_and_takes_no_other_request(server: Server) -> None:
    assert server.ask("/zh/index.html").headers["server"] in ("nginx", "Apache")
    for method in ("TRACE", "PUT", "DELETE", "POST"):
        answer = server.ask("/zh/index.html", method)
        assert answer.status == 405, method
        allowed = {word.strip() for word in answer.headers["allow"].split(",")} - {""}  # Apache adds an empty list
        assert method == "TRACE" or allowed == {"GET", "HEAD"}, method
        assert not re.search(rb"(?i)(nginx|apache)/[0-9]", answer.body), method


@pytest.mark.parametrize(
    ("taken", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("EN", "en"),
        ("de, fr;q=0.9, en;q=0.5, zh;q=0.3", "en"),
        ("de, zh-TW;q=0.7, en;q=0.5", "zh"),
        ("den, xen", "zh"),
    ],
)
def test_the_address_of_the_site_leads_to_the_readers_language(server: Server, taken: str, language: str) -> None:
    answer = server.ask("/", **({"Accept_Language": taken} if taken else {}))
    assert answer.status == 302 and answer.headers["location"].endswith(f"{server.base}/{language}/index.html")
    assert "Accept-Language" in answer.headers["vary"] and answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/zh/no.html", "zh/404.html"),
        ("/en/pledges/no.html", "en/404.html"),
        ("/en/pledges/", "en/404.html"),
        ("/no", "404.html"),
        ("/data/no.csv", "404.html"),
        ("/static/no.css?v=0123456789", "404.html"),
        ("/zh/themes/old.html", "zh/404.html"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_its_folder(
    server: Server, portal: Path, path: str, page: str
) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.body) == (404, (portal / "current" / page).read_bytes())
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {"content-security-policy", "x-content-type-options"} <= answer.headers.keys()
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_that_moved_leads_on(server: Server) -> None:
    answer = server.ask("/zh/themes/dust.html")
    assert answer.status == 301 and answer.headers["location"].endswith(f"{server.base}/zh/themes/air.html")


def test_whoever_is_sent_on_stays_on_the_site(server: Server) -> None:
    """Whatever name a request gives: that is not the server's to repeat. What is beside the site is sent nowhere."""
    ways = {"/": "/zh/index.html", "/zh": "/zh/", "/data": "/data/", "/zh/themes/dust.html": "/zh/themes/air.html"}
    ways |= {"": "/"} if server.base else {}
    for path, place in ways.items():
        answer = server.ask(path, Host="elsewhere.example")
        assert answer.status in (301, 302), path
        assert re.fullmatch(r"(https?://portal\.example\.org)?(/.*)", answer.headers["location"])
        assert answer.headers["location"].endswith(f"{server.base}{place}"), path
        assert answer.headers["cache-control"] == "no-cache" and "strict-transport-security" not in answer.headers
    for path in (
        ("/other", "/other/page.html", "//elsewhere.example/zh") if server.base else ("//elsewhere.example/zh",)
    ):
        assert server._replace(base="").ask(path).status == 404, path


def test_behind_a_proxy_that_speaks_tls_nobody_is_sent_away_from_it(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nginx names no server where it sends somebody on; Apache does, and is told which."""
    text = (SETTINGS / "apache.conf").read_text("utf-8")
    assert "# → behind a proxy that speaks TLS: https://portal.example.org" in text
    meant = text.replace("    ServerName portal", "    ServerName https://portal")
    (tmp_path / "apache.conf").write_text(meant, "utf-8")
    monkeypatch.setattr("webservers.SETTINGS", tmp_path)
    with running("apache", portal, tmp_path / "own") as server:
        answer = server.ask("/zh/themes/dust.html", Host="10.0.0.5:8080")
        assert answer.headers["location"] == "https://portal.example.org/zh/themes/air.html"


def test_nothing_but_the_public_release_is_served(server: Server, portal: Path) -> None:
    [id] = (path.name for path in (portal / "releases").iterdir())
    for path in (f"/manifests/{id}.json", "/../manifests/", f"/releases/{id}/index.html", "/..%2fmanifests/x"):
        assert server.ask(path).status in (400, 404), path
    for version in ("../../../manifests", "..%2f..", "", "xyz"):
        assert b"gazette-release" not in server.ask(f"/static/{id}.json?v={version}").body
        assert server.ask(f"/static/site.css?v={version}").headers["cache-control"] == "no-cache"
    style = server.ask("/static/site.css").body
    stamp = hashlib.sha256(style).hexdigest()[:10]
    known = server.ask(f"/static/site.css?v={stamp}")
    assert known.body == style and "immutable" in known.headers["cache-control"]
    assert server.ask("/static/site.css?v=0123456789").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", SERVERS)
def test_with_tls_as_the_remarks_say(name: str, portal: Path, tmp_path: Path) -> None:
    own, key = certificate("portal.example.org")
    secure = tmp_path / "own.pem"
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    secure.write_bytes(own.public_bytes(Encoding.PEM) + kept)
    with running(name, portal, tmp_path / name, secure=secure) as server:
        trusting = ssl.create_default_context(cadata=own.public_bytes(Encoding.PEM).decode())
        trusting.check_hostname = False
        line = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=20, context=trusting)
        line.request("GET", "/zh/index.html")
        answer = line.getresponse()
        assert answer.status == 200 and answer.read() == (portal / "current/zh/index.html").read_bytes()
        assert "max-age=31536000" in (answer.headers["Strict-Transport-Security"] or "")
        line.close()
        plain = Server(int((tmp_path / name / "plain").read_text()), "")
        for name in ("portal.example.org", "elsewhere.example"):
            sent_on = plain.ask("/zh/search.html?q=boiler", Host=name)
            place = "https://portal.example.org/zh/search.html?q=boiler"
            assert (sent_on.status, sent_on.headers["location"]) == (301, place)
            assert sent_on.headers["server"] in ("nginx", "Apache")
            assert "strict-transport-security" not in sent_on.headers  # RFC 6797, 7.2: not without TLS


FORBIDDEN = """new Promise((done) => {
  const found = [];
  new ReportingObserver((all) => found.push(...all.map((one) => one.body.effectiveDirective)),
    {types: ["csp-violation"], buffered: true}).observe();
  setTimeout(() => done([found, document.styleSheets.length]), 80);
})"""


@needs_chromium
@pytest.mark.parametrize(("name", "base"), [("nginx", ""), ("apache", "/a/b")])
def test_the_policy_forbids_nothing_of_a_page(name: str, base: str, portal: Path, tmp_path: Path) -> None:
    pages = [page for page in kinds_of_pages(portal / "current", shortest=False) if page.startswith("en/")]
    assert len(pages) > 20
    with running(name, portal, tmp_path / name, base) as server, tab() as reader:
        for page in pages:
            reader.open(f"{server.address}/{page}")
            forbidden, styles = reader.evaluate(FORBIDDEN)
            assert forbidden == [] and styles, page
        reader.open(f"{server.address}/en/search.html?q=boiler")
        assert reader.evaluate(FORBIDDEN)[0] == []
        reader.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p{}'}))")
        assert reader.evaluate(FORBIDDEN)[0] == ["style-src-elem"]
