"""What is told where a server is not who it should be, lets nobody in, or is not there: nothing is sent then."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from program import run
from releases import published, release
from ssh_servers import Server, key, needs_sshd, served

from gazette.messages.problems import Problem
from gazette.publishing.places import rsync_host, ssh_login
from gazette.publishing.places.ssh_connection import Connection
from gazette.publishing.places.ssh_login import login_to
from gazette.publishing.refused import Refused

pytestmark = needs_sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("server"), "Subsystem sftp internal-sftp") as found:
        yield found


def refused(server: Server, **other: object) -> Refused:
    """What is told of a destination, by both kinds; nothing of it is made."""
    told = []
    for kind in ("rsync", "sftp"):
        with pytest.raises(Refused) as error:
            published(server.opened(kind, "never", **other), release(1))
        told.append((error.value.code, error.value.values))
        for language in ("zh", "en"):
            assert Problem.at("publish.yaml", 1, 0, error.value.code, **error.value.values).show(language)
    assert told[0] == told[1]
    assert not (server.places / "never").exists()
    return error.value


def logins(server: Server) -> int:
    return (server.folder / "log").read_text().count("Accepted publickey")


def test_an_unknown_server_is_told_with_its_fingerprint_and_the_line_to_add(server: Server, tmp_path: Path) -> None:
    (known := tmp_path / "known_hosts").write_text("elsewhere.example ssh-ed25519 AAAA\n")
    before = logins(server)
    told = refused(server, known_hosts=str(known))
    assert told.code == "publish_host_unknown"
    printed = subprocess.run(["ssh-keygen", "-lf", server.folder / "host.pub"], capture_output=True, check=True).stdout
    assert str(told.values["fingerprint"]) in printed.decode().split()
    assert f"{told.values['line']}\n" == (server.folder / "known_hosts").read_text()
    assert told.values["file"] == known
    assert known.read_text() == "elsewhere.example ssh-ed25519 AAAA\n"  # nobody adds it but a person
    assert logins(server) == before
    known.write_text(f"{told.values['line']}\n")
    server.opened("sftp", "known", known_hosts=str(known))


def test_a_server_with_another_key_than_before_is_told(server: Server, tmp_path: Path) -> None:
    key(tmp_path / "other")
    kind, data = (tmp_path / "other.pub").read_text().split()[:2]
    (known := tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {kind} {data}\n")
    assert refused(server, known_hosts=str(known)).code == "publish_host_changed"
    line = (server.folder / "known_hosts").read_text()
    known.write_text(f"@revoked {line}")
    assert refused(server, known_hosts=str(known)).code == "publish_host_revoked"
    known.write_text(f"{line.replace(f'[127.0.0.1]:{server.port}', '127.0.0.1')}@revoked {line}")
    assert refused(server, known_hosts=str(known)).code == "publish_host_revoked"


def test_a_server_known_by_another_kind_of_key_only_is_refused(server: Server, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", tmp_path / "other"], check=True)
    kind, data = (tmp_path / "other.pub").read_text().split()[:2]
    (known := tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {kind} {data}\n")
    assert refused(server, known_hosts=str(known)).code == "publish_host_changed"


def test_lists_of_known_servers_with_hashed_names_are_read(server: Server, tmp_path: Path) -> None:
    known = shutil.copy(server.folder / "known_hosts", tmp_path / "known hosts 100%")
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", known], check=True, stdout=subprocess.DEVNULL, stderr=-1)
    assert "127.0.0.1" not in known.read_text()
    published(server.opened("rsync", "hashed", known_hosts=str(known)), release(1))


def test_rsync_is_as_strict_as_the_connection(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It calls ssh itself. What that says is told, where rsync has but a number."""
    (tmp_path / "nobody").write_text("")
    site = server.opened("rsync", "strict")
    monkeypatch.setattr(rsync_host, "_arguments", _with_list(tmp_path / "nobody"))
    with pytest.raises(Refused) as error:
        published(site, release(1))
    assert error.value.code == "publish_rsync"
    assert error.value.values["status"] in {12, 255}  # whether it was still writing to ssh when that had ended
    assert error.value.values["reason"] == "Host key verification failed."
    assert not (server.places / "strict" / "current").exists()


def _with_list(known: Path) -> object:
    real = rsync_host._arguments
    return lambda login, *rest: real(login._replace(known_hosts=(known,)), *rest)


def test_who_has_the_wrong_key_is_not_let_in(server: Server, tmp_path: Path) -> None:
    key(tmp_path / "wrong")
    assert refused(server, key=str(tmp_path / "wrong")).code == "publish_login"
    assert refused(server, user="nobody-of-this-name").code == "publish_login"


def test_a_key_that_cannot_be_used_is_told(server: Server, tmp_path: Path) -> None:
    key(tmp_path / "protected", "a passphrase")
    assert refused(server, key=str(tmp_path / "protected")).code == "publish_key"
    (tmp_path / "none").write_text("no key\n")
    assert refused(server, key=str(tmp_path / "none")).code == "publish_key"
    assert refused(server, key=str(tmp_path / "missing")).code == "publish_key_missing"
    assert refused(server, known_hosts=str(tmp_path / "missing")).code == "publish_known_hosts_missing"


def test_keys_and_lists_are_seen_from_the_home_folder(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(server.folder))
    for way in ("key", "~/key"):
        login = login_to(server.sftp("home", key=way, known_hosts="known_hosts"))
        assert login.key == server.folder / "key"
        assert login.known_hosts == (server.folder / "known_hosts",)
    login = login_to(msgspec.structs.replace(server.sftp("home"), key=None, known_hosts=None))
    assert login.known_hosts[0] == server.folder / ".ssh" / "known_hosts"


def test_keys_of_the_agent_are_offered(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the connection, and to the ssh that rsync calls."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
    with subprocess.Popen(["ssh-agent", "-D", "-a", tmp_path / "agent"], stdout=subprocess.DEVNULL) as agent:
        while not (tmp_path / "agent").exists():
            time.sleep(0.01)
        assert refused(server, key=None).code == "publish_login"
        subprocess.run(["ssh-add", "-q", server.folder / "key"], check=True)
        published(server.opened("rsync", "agent", key=None), release(1))
        agent.terminate()


def test_a_name_of_the_settings_of_ssh_is_a_server(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    lines = ["Host portal", "HostName 127.0.0.1", f"Port {server.port}", f"IdentityFile {server.folder / 'key'}"]
    lines += ["StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", ""]
    (tmp_path / ".ssh" / "config").write_text("\n".join(lines))
    own = {"host": "portal", "port": 22, "key": None}
    published(server.opened("sftp", "named", **own), release(1))
    with pytest.raises(Refused) as error:  # whatever the settings say of strictness
        server.opened("sftp", "named", known_hosts="/dev/null", **own)
    assert (error.value.code, error.value.values["found"]) == ("publish_known_hosts_missing", Path("/dev/null"))
    with pytest.raises(Refused) as error:
        server.opened("sftp", "named", known_hosts=None, **own)
    assert error.value.code == "publish_host_unknown"
    assert f"{error.value.values['line']}\n" == (server.folder / "known_hosts").read_text()


def test_a_server_that_is_not_there_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh_login, "CONNECTING", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert refused(server, port=port).code in {"publish_host_silent", "publish_ssh_lost"}
    assert refused(server, port=port).code == "publish_host_closed"
    assert refused(server, host="there.is.no.such.host.invalid").code == "publish_host_nowhere"


def test_a_server_that_hangs_is_given_up(server: Server) -> None:
    """Nothing blocks for ever; and the connection is good for the next question."""
    import asyncio

    connection = Connection(login_to(server.sftp("hangs")), str(server.places))
    with pytest.raises(Refused, match="publish_ssh_slow"):
        connection.run(lambda _: asyncio.sleep(30), 0.2)
    assert connection.run(lambda session: session.sftp.isdir(session.root))
    connection.close()


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    with served(tmp_path / "server", "Subsystem sftp internal-sftp -R", "ForceCommand internal-sftp -R") as server:
        with pytest.raises(Refused) as error:
            server.opened("sftp", "site")
        assert error.value.code == "publish_denied_there"
        (server.places / "site").mkdir()
        for kind in ("sftp", "plain"):
            with pytest.raises(Refused, match="publish_denied_there"):
                published(server.opened(kind, "site"), release(1))


def test_a_program_that_is_missing_here_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = server.opened("rsync", "here")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as error:
        published(site, release(1))
    assert (error.value.code, error.value.values) == ("publish_no_tool_here", {"found": "rsync"})


def test_a_server_without_rsync_is_told(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ["sh", "cp", "find", "mkdir", "mv", "rm", "rmdir", "sha256sum", "tar", "test", "true", "xargs"]:
        (tools / name).symlink_to(shutil.which(name) or name)
    with served(tmp_path / "server", "Subsystem sftp internal-sftp", tools=str(tools)) as server:
        with pytest.raises(Refused, match="publish_no_rsync_there"):
            server.opened("rsync", "site")
        published(server.opened("sftp", "site"), release(1))  # flock is missing, too


def test_the_command_tells_it_in_one_sentence(server: Server, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    lines = ["portal:", "  kind: rsync", "  host: 127.0.0.1", f"  port: {server.port}", "  path: /srv/site"]
    (tmp_path / "known_hosts").write_text("")
    lines += [f"  key: {server.folder / 'key'}", f"  known_hosts: {tmp_path / 'known_hosts'}", ""]
    (content / "publish.yaml").write_text("\n".join(lines))
    done = run("publish", "portal", "--list", content=content)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "add this line to" in done.stderr
    (content / "publish.yaml").write_text("\n".join(lines).replace("127.0.0.1", "-oProxyCommand=touch x"))
    done = run("publish", "portal", "--list", content=content)
    assert done.returncode == 1
    assert "cannot be a server" in done.stderr
