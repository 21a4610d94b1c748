"""Web servers as processes of the tests' own: nginx and Apache, on high ports, with the settings of docs/webserver."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from program import ROOT

SETTINGS = ROOT / "docs" / "webserver"
SERVERS = ("nginx", "apache")
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
PROGRAMS = {"nginx": shutil.which("nginx", path=_PATH), "apache": shutil.which("apache2", path=_PATH)}
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_MODULES = Path("/usr/lib/apache2/modules")

needs_servers = pytest.mark.skipif(
    not (all(PROGRAMS.values()) and _BROTLI.exists()) and not os.environ.get("CI"), reason="no nginx and Apache"
)


class Answer(NamedTuple):
    """What a web server answered. Headers have small letters; of several of one name the values are joined."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A web server that runs: its port, and the path of the site on it (empty, or as `/a/b`)."""

    port: int
    base: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request; `_` in the names of headers is `-`."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(method, f"{self.base}{path}", headers={name.replace("_", "-"): v for name, v in headers.items()})
        answer = line.getresponse()
        body = answer.read()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        line.close()
        return Answer(answer.status, found, body)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(name: str, portal: Path, folder: Path, base: str = "", secure: Path | None = None) -> Iterator[Server]:
    """A web server for what was published to the folder `portal`; its own files lie in `folder`. With `secure`, a file
    with a certificate and its key, it speaks TLS, and listens without it at the port in the file `plain`."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:  # Apache never answers as root, and folders of tests are their owner's alone
        for place in (portal, *portal.parents):
            if not place.stat().st_mode & 0o001:
                place.chmod(place.stat().st_mode | 0o011)
    port, plain = _free_port(), _free_port()
    settings = folder / "site.conf"
    text = _filled_in(name, portal, base, port)
    settings.write_text(_secured(text, secure, port, plain) if secure else text, "utf-8")
    (folder / "plain").write_text(f"{plain}")
    write = {"nginx": _nginx, "apache": _apache}[name]
    program = PROGRAMS[name]
    assert program, f"{name} is needed (tools/packages.txt)"
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen([program, *write(folder, settings, port)], stdout=said, stderr=said)
    try:
        _wait(process, port, folder)
        assert "[warn]" not in (folder / "said.txt").read_text("utf-8")
        yield Server(port, base)
    finally:
        process.terminate()
        process.wait(20)


def _filled_in(name: str, portal: Path, base: str, port: int) -> str:
    """The settings with the values of this machine, at the places where they ask for them."""
    text = (SETTINGS / f"{name}.conf").read_text("utf-8").replace("/srv/portal", str(portal))
    text, ports = re.subn(r"(?m)^ *(listen 80;|<VirtualHost \*:80>)", lambda m: m[0].replace("80", f"{port}"), text)
    assert ports == 1
    if base:
        [itself] = re.findall(r"(?m)^# {5}(location = /a/b \{.*\})$", text) if name == "nginx" else [""]
        inside = f"{itself.replace('/a/b', base)}\n    location {base}/ {{"
        places = (('default ""; }', f'default "{base}"; }}'), ("location / {", inside))
        places = places if name == "nginx" else (("GAZETTE_BASE /", f"GAZETTE_BASE {base}/"),)
        for old, new in places:
            assert old in text
            text = text.replace(old, new, 1)
    return text


def _secured(text: str, secure: Path, port: int, plain: int) -> str:
    """The settings with what their remarks say of TLS."""
    own = f"ssl_certificate {secure}; ssl_certificate_key {secure};"
    text = text.replace(f"listen {port};", f"listen {port} ssl; {own}")
    own = f"SSLEngine on\nSSLCertificateFile {secure}\n"
    text = text.replace(f"<VirtualHost *:{port}>", f"Listen 127.0.0.1:{plain}\n<VirtualHost *:{port}>\n{own}")
    meant = r"server \{|add_header Strict|Header always set Strict|</?VirtualHost|    (?:ServerName|Redirect)"
    text, remarks = re.subn(rf"(?m)^( *)# (?={meant})", r"\1", text)
    assert remarks == (5 if "VirtualHost" in text else 2)
    return text.replace("listen 80;", f"listen {plain};").replace("*:80>", f"*:{plain}>")


def _nginx(folder: Path, settings: Path, _port: int) -> list[str]:
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"load_module {_BROTLI}; daemon off; {user} worker_processes 2; pid {folder}/pid; error_log stderr;\n"
        f"events {{ worker_connections 64; }}\nhttp {{ access_log off; {temporary}\ninclude {settings}; }}\n",
        "utf-8",
    )
    return ["-c", str(folder / "nginx.conf"), "-p", str(folder)]


_APACHE = ("mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite", "socache_shmcb", "ssl")


def _apache(folder: Path, settings: Path, port: int) -> list[str]:
    modules = "".join(f"LoadModule {name}_module {_MODULES}/mod_{name}.so\n" for name in _APACHE)
    user = "User nobody\nGroup nogroup\n" if os.getuid() == 0 else ""
    if user:
        modules += f"LoadModule unixd_module {_MODULES}/mod_unixd.so\n" if (_MODULES / "mod_unixd.so").exists() else ""
    (folder / "types").touch()
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nServerName localhost\nListen 127.0.0.1:{port}\n{modules}{user}"
        f"TypesConfig {folder}/types\nErrorLog {folder}/errors.txt\nDefaultRuntimeDir {folder}\nInclude {settings}\n",
        "utf-8",
    )
    return ["-D", "FOREGROUND", "-f", str(folder / "apache.conf")]


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(200):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, (folder / "said.txt").read_text("utf-8", "replace")
        time.sleep(0.05)
    raise AssertionError((folder / "said.txt").read_text("utf-8", "replace"))
