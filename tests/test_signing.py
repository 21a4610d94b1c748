"""Signing what was built: what stands in a signature, and what keeps from signing."""

from __future__ import annotations

import datetime
import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import verapdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader
from reached import at_least_one
from signatures import AT, OPENSSL, PASSPHRASE, ROOT, Made, SigningDesk, p12, pem
from verapdf import validated

from gazette.building.place import state_folder
from gazette.pdf import write_pdf
from gazette.signing import pyhanko_setup as library
from gazette.signing.signature import signed
from gazette.signing.verify import verify

# ── signing ──────────────────────────────────────────────────────────────────


def test_every_bulletin_is_signed_behind_its_last_byte(desk: SigningDesk) -> None:
    before = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    status, out, err = desk.sign()
    made = (path.relative_to("output").as_posix() for path in Path("output").rglob("*.pdf"))
    documents = sorted(path for path in made if not path.startswith("files/"))  # evidence is signed by nobody here
    said = f"signed: PDFs signed by 信息公开章: {len(documents)}, dated 2024-10-01 09:30"
    assert (status, err) == (0, "") and out.startswith(said)
    assert before == {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    signed = sorted(path.relative_to(desk.signed).as_posix() for path in desk.signed.rglob("*.*"))
    assert signed == sorted(["sha256sums.txt", *documents])
    for language in ("zh", "en"):
        built, now = ((Path(folder) / language / "bulletin.pdf").read_bytes() for folder in ("output", "signed"))
        assert now.startswith(built) and 5_000 < len(now) - len(built) < 20_000
    done = subprocess.run(["sha256sum", "-c", "--strict", "sha256sums.txt"], cwd=desk.signed, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_what_stands_in_a_signature(sealed: bytes) -> None:
    reader = PdfReader(io.BytesIO(sealed))
    (field,) = reader.trailer["/Root"]["/AcroForm"]["/Fields"]
    seal = field["/V"]
    assert seal["/SubFilter"] == "/ETSI.CAdES.detached" and seal["/M"].startswith("D:20241001093000")
    assert field["/TU"] == "发布单位的数字签名" and field["/Rect"][2] < 0
    (found,) = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures
    assert found.md_algorithm == "sha256" and len(found.other_embedded_certs) == 1
    kinds = {attribute["type"].native for attribute in found.signer_info["signed_attrs"]}
    assert kinds == {"content_type", "message_digest", "signing_certificate_v2"}  # EN 319 142-1: no signing-time


def test_the_metadata_stay_as_they_were(bulletin: bytes, sealed: bytes) -> None:
    assert b"xmpmeta" not in sealed[len(bulletin) :]
    before, after = (PdfReader(io.BytesIO(data)) for data in (bulletin, sealed))
    assert before.trailer["/Root"]["/Metadata"].get_data() == after.trailer["/Root"]["/Metadata"].get_data()
    assert before.metadata == after.metadata and before.attachments == after.attachments


@pytest.mark.skipif(OPENSSL is None and not os.environ.get("CI"), reason="no OpenSSL is installed")
@pytest.mark.parametrize("tampered", [False, True])
def test_another_tool_agrees(sealed: bytes, root: Made, tmp_path: Path, tampered: bool) -> None:
    first, second, rest = map(int, re.findall(rb"/ByteRange \[\s*0 (\d+) (\d+) (\d+)", sealed)[0])
    covered = bytearray(sealed[:first] + sealed[second : second + rest])
    assert second + rest == len(sealed)
    covered[200] ^= tampered
    (tmp_path / "seal.der").write_bytes(bytes.fromhex(sealed[first + 1 : second - 1].decode()))
    (tmp_path / "covered").write_bytes(covered)
    (tmp_path / "root.pem").write_bytes(pem(root))
    asked = "cms -verify -binary -inform DER -in seal.der -content covered -CAfile root.pem -purpose any -out /dev/null"
    done = subprocess.run([str(OPENSSL), *asked.split()], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode == 0) is not tampered, done.stderr


@pytest.mark.long
@validated
def test_a_signed_bulletin_keeps_to_both_standards(site: Path, signer: Any, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed((site / "en" / "bulletin.pdf").read_bytes(), signer, AT))
    assert verapdf.broken_rules(file, "ua1", "3a") == []


@pytest.mark.long
@validated
def test_a_signed_document_without_files_keeps_to_both_standards(signer: Any, tmp_path: Path) -> None:
    body = "<h1>整改承诺公开</h1>" + "<p>硚口区“零反弹”，<b>粗体</b>。</p>" * 60
    head = '<meta charset="utf-8"><title>试</title><meta name="dcterms.created" content="2031-01-01">'
    style = '@page { size: A5 } html { font-family: "Noto Serif SC" }'
    document = write_pdf(f'<html lang="zh-Hans"><head>{head}</head><body>{body}</body></html>', stylesheets=[style])
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed(document, signer, AT))
    assert verapdf.broken_rules(file, "ua1", "2a") == []
    assert verify(file, (), AT).claims == ("PDF/A-2a", "PDF/UA-1") and verify(file, (), AT).good


def test_the_time_is_the_clock_s_unless_given(desk: SigningDesk) -> None:
    before = datetime.datetime.now().astimezone().replace(second=0, microsecond=0)
    where = ["--output", "output", "--cache", "cache", "--to", "signed", "--key", "office.p12"]
    assert desk.run("sign", *where)[0] == 0
    (one,) = verify(desk.signed / "zh" / "bulletin.pdf", (), before).signatures or ()
    assert one.at is not None and before <= one.at <= datetime.datetime.now().astimezone()


def test_a_time_that_is_still_to_come_is_not_signed_with(desk: SigningDesk) -> None:
    for language, words in (("zh", "还没有到"), ("en", "is still to come")):
        status, out, err = desk.sign("--at", "2190-01-01T09:00", language=language)
        assert status == 1 and out == "" and words in err and "2190-01-01T09:00" in err
    assert not desk.signed.exists()


# ── the passphrase ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("written", [PASSPHRASE, f"{PASSPHRASE}\n", f"\ufeff{PASSPHRASE}\r\n"])
def test_a_passphrase_from_a_file(desk: SigningDesk, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.delenv("GAZETTE_PASSPHRASE")
    Path("secret").write_text(written, "utf-8", newline="")
    assert desk.sign("--passphrase-file", "secret")[0] == 0
    assert PASSPHRASE.encode() not in b"".join(file.read_bytes() for file in desk.signed.rglob("*.*"))


def test_a_key_without_a_passphrase(desk: SigningDesk, office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAZETTE_PASSPHRASE")
    Path("open.p12").write_bytes(p12(office, ""))
    assert desk.sign("--key", "open.p12")[0] == 0


@pytest.mark.usefixtures("desk")
def test_a_passphrase_is_asked_for_at_the_terminal() -> None:
    where = ["--output", "output", "--cache", "cache", "--to", "signed"]
    asked = ["sign", "--key", "office.p12", *where, "--messages", "zh"]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("GAZETTE_PASSPHRASE")
        os.execv(sys.executable, [sys.executable, str(ROOT / "build.py"), *asked])
    told = b""
    while "口令：".encode() not in told:
        told += os.read(terminal, 1024)
    os.write(terminal, f"{PASSPHRASE}\n".encode())
    try:
        while piece := os.read(terminal, 1024):
            told += piece
    except OSError:  # the terminal is gone with its last reader
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, told.decode()
    count = len([path for path in Path("output").rglob("*.pdf") if "files" not in path.parts])
    assert f"已用“信息公开章”的证书签署{count}个PDF" in told.decode() and PASSPHRASE not in told.decode()


# ── the folder of signed files ───────────────────────────────────────────────


def test_only_what_was_written_here_is_replaced(desk: SigningDesk) -> None:
    assert desk.sign()[0] == 0
    one = Path("signed/en/bulletin.pdf").read_bytes()
    assert desk.sign("--at", "2024-10-02T09:30")[0] == 0
    assert Path("signed/en/bulletin.pdf").read_bytes() != one
    Path("signed/en/bulletin.pdf").write_bytes(b"mine")
    status, _, err = desk.sign(language="zh")
    assert status == 1 and "1 个文件不是签署命令写入的" in err and "en/bulletin.pdf" in err
    assert Path("signed/en/bulletin.pdf").read_bytes() == b"mine"


def test_what_the_site_no_longer_has_goes_and_what_is_not_its_own_is_not_signed(desk: SigningDesk) -> None:
    assert desk.sign()[0] == 0
    database = state_folder(desk.folder / "cache", desk.folder / "output") / "build.db"
    subprocess.run(
        [sys.executable, "-c", f"import sqlite3; sqlite3.connect('{database}', isolation_level=None)"
         ".execute(\"DELETE FROM files WHERE path = 'en/bulletin.pdf'\")"], check=True,
    )  # fmt: skip
    status, out, _ = desk.sign()
    assert (
        status == 0
        and "Old signed files removed, since the site no longer has the PDFs they belong to: en/bulletin.pdf" in out
    )
    assert "Not signed, since this program did not make them (1): en/bulletin.pdf" in out
    assert sorted(path.relative_to(desk.signed).as_posix() for path in desk.signed.rglob("*.*")) == [
        "sha256sums.txt", "zh/bulletin.pdf",
    ]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("call", range(1, 8))
def test_a_killed_run_leaves_whole_files_that_it_knows_again(desk: SigningDesk, call: int) -> None:
    """The process ends at its `call`-th move of a file, over the files of a run before."""
    assert desk.sign()[0] == 0
    script = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\nmove, moves = Path.replace, []\n"
        "def replace(path, to):\n"
        f"    moves.append(to)\n    os._exit(9) if len(moves) == {call} else None\n    return move(path, to)\n"
        "Path.replace = replace\nimport build\nsys.exit(build.main(sys.argv[1:]))"
    )
    asked = [
        "sign",
        "--key",
        "office.p12",
        "--output",
        "output",
        "--cache",
        "cache",
        "--to",
        "signed",
        "--at",
        "2024-10-05T10:00",
    ]
    status = subprocess.run([sys.executable, "-c", script, *asked], capture_output=True).returncode
    assert status == (9 if call <= 6 else 0)
    now = datetime.datetime.now().astimezone()
    assert [verify(file, (), now).good for file in desk.signed.rglob("*.pdf")] == [True, True]
    assert desk.sign()[0] == 0 and desk.verify("signed", "--trust", "root.pem")[0] == 0
    assert sorted(path.name for path in Path(".signed.gazette").iterdir()) == ["written.txt"]


# ── the library ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_library_it_is_told_what_to_type(tmp_path: Path, language: str) -> None:
    (tmp_path / "k.p12").touch()
    for asked in (["sign", "--key", str(tmp_path / "k.p12")], ["verify", str(tmp_path)]):
        script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.modules['pyhanko'] = None\n"
        script += "import build; sys.exit(build.main(sys.argv[1:]))"
        command = [sys.executable, "-c", script, *asked, "--messages", language]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 1 and "make setup-sign" in done.stderr and "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 2 and done.stdout == ""


def test_only_these_commands_know_the_library() -> None:
    for path in at_least_one((ROOT / "gazette").rglob("*.py")):
        text = path.read_text("utf-8")
        inside = path.parent.name == "signing"
        assert inside or not re.search(r"pyhanko\b.*import|import pyhanko", text), path
        # the commands know the rooms, and enter them when they are asked to
        at_once = re.search(
            r"^(from|import) .*signing" if path.name == "signing_commands.py" else r"gazette\.signing", text, re.M
        )
        assert inside or not at_once, path
    library.ready()
