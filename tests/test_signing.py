"""Signing what was built: what stands in a signature, and what keeps from signing."""

from __future__ import annotations

import datetime
import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import verapdf
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader
from signatures import AT, OPENSSL, PASSPHRASE, ROOT, Made, SigningDesk, certificate, p12, pem
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
    documents = sorted(path.relative_to("output").as_posix() for path in Path("output").rglob("*.pdf"))
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


@validated
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_signed_bulletin_keeps_to_both_standards(site: Path, signer: Any, tmp_path: Path, language: str) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed((site / language / "bulletin.pdf").read_bytes(), signer, AT))
    assert verapdf.broken_rules(file, "ua1", "3a") == []


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
    count = len(list(Path("output").rglob("*.pdf")))
    assert f"已用“信息公开章”的证书签署{count}个PDF" in told.decode() and PASSPHRASE not in told.decode()


# ── what keeps from signing ──────────────────────────────────────────────────

KEYS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "text": (lambda: b"hello", "不是 PKCS#12 密钥文件", "is no PKCS#12 file"),
    "certificate": (lambda: pem(certificate("x")), "不是 PKCS#12 密钥文件", "is no PKCS#12 file"),
    "passphrase": (lambda: p12(certificate("x"), "other"), "口令不对", "the passphrase is wrong"),
    "truncated": (lambda: p12(certificate("x"))[:-9], "不是 PKCS#12 密钥文件", "is no PKCS#12 file"),
    "no-key": (
        lambda: pkcs12.serialize_key_and_certificates(
            b"x", None, None, [certificate("x")[0]], BestAvailableEncryption(PASSPHRASE.encode())
        ),
        "没有私钥",
        "has no private key",
    ),
    "expired": (
        lambda: p12(certificate("旧章", years=(2010, 2020))),
        "“旧章”的证书已过期：有效期 2010-01-01 至 2020-01-01，签署日期是 2024-10-01",
        "has expired: it is valid from 2010-01-01 to 2020-01-01",
    ),
    "early": (lambda: p12(certificate("新章", years=(2035, 2040))), "尚未生效", "is not valid yet"),
    "use": (lambda: p12(certificate("x", uses=("key_encipherment",))), "不能用于签署文件", "may not sign documents"),
    "server": (
        lambda: p12(certificate("x", purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))),
        "不能用于签署文件",
        "may not sign documents",
    ),
    "curve": (lambda: p12(certificate("x", key=ec.generate_private_key(ec.SECP256K1()))), "这种密钥", "this kind of"),
    "short": (lambda: p12(certificate("x", key=rsa.generate_private_key(65537, 1024))), "这种密钥", "this kind of"),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_that_cannot_sign_is_told(desk: SigningDesk, kind: str) -> None:
    made, zh, en = KEYS[kind]
    Path("other.p12").write_bytes(made())
    for language, words in (("zh", zh), ("en", en)):
        status, out, err = desk.sign("--key", "other.p12", language=language)
        assert status == 1 and out == "" and err.startswith("other.p12:0:0: ") and words in err
    assert sorted(path.name for path in desk.folder.iterdir() if "signed" in path.name) == []


def test_everything_that_is_wrong_is_told_at_once(desk: SigningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAZETTE_PASSPHRASE")
    with Path("output/en/bulletin.pdf").open("ab") as file:
        file.write(b"\n")
    Path("output/zh/bulletin.pdf").unlink()
    desk.signed.mkdir()
    Path("signed/notes.txt").touch()
    status, _, err = desk.sign()
    assert status == 1 and err.count("\n") == 5
    assert "output/en/bulletin.pdf:0:0: this PDF was altered after it was built" in err
    assert "output/zh/bulletin.pdf:0:0: the system refuses" in err
    assert "office.p12:0:0: this key needs a passphrase" in err
    assert "signed:0:0: the folder holds files that this command did not write" in err
    assert sorted(path.name for path in desk.signed.iterdir()) == ["notes.txt"]


def test_without_a_site_or_a_key(desk: SigningDesk) -> None:
    status, _, err = desk.run(
        "sign", "--key", "nowhere.p12", "--output", "nothing", "--to", "signed", "--messages", "zh"
    )
    assert status == 1 and "没有什么可签署的" in err and "没有这个密钥文件" in err
    assert not Path("nothing").exists() and not desk.signed.exists()


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ("sign", "sign --key 文件.p12", "sign --key FILE.p12"),
        ("sign --key output/k.p12", "可能随网站一起公开", "which is to be published"),
        ("sign --key k.p12 --to output/zh", "不能与输出文件夹“output”重叠", "must not overlap with the output folder"),
        ("sign --key k.p12 --to .", "不能与输出文件夹“output”重叠", "must not overlap with the output folder"),
        ("sign --key k.p12 --to root.pem", "--to 后面应为文件夹", "--to takes a folder"),
        ("sign --key k.p12 --at 2024-10-01", "请写成 2017-06-30T09:00 的样子", "Write it like 2017-06-30T09:00"),
        ("sign --key k.p12 --at 2031-02-30T09:00", "看不懂或不存在", "does not exist"),
        ("sign --key k.p12 --passphrase secret", "--passphrase-file", "--passphrase-file"),
        ("verify", "没有写要核验哪些文件", "no file to verify was named"),
        ("verify nowhere.pdf", "没有这个文件或文件夹：“nowhere.pdf”", "no file or folder “nowhere.pdf”"),
        ("verify root.pem --trust", "--trust 后面缺少内容", "--trust needs a value"),
        ("verify root.pem --trust office.p12", "读不出证书", "no certificate can be read"),
        ("verify output/data", "没有 PDF，也没有 sha256sums.txt", "has no PDF and no sha256sums.txt"),
    ],
)
def test_wrong_use(desk: SigningDesk, arguments: str, zh: str, en: str) -> None:
    command, *rest = arguments.split()
    where = ["--output", "output"] if command == "sign" else []
    for language, words in (("zh", zh), ("en", en)):
        status, out, err = desk.run(command, "--messages", language, *where, *rest)
        assert status == 2 and words in err and out == "", err


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
    assert status == 0 and "Removed, since the site no longer has them: en/bulletin.pdf" in out
    assert "Not signed, since this program did not make them (1): en/bulletin.pdf" in out
    assert sorted(path.relative_to(desk.signed).as_posix() for path in desk.signed.rglob("*.*")) == [
        "sha256sums.txt", "zh/bulletin.pdf",
    ]  # fmt: skip


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
    assert all(verify(file, (), now).good for file in desk.signed.rglob("*.pdf"))
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
    for path in (ROOT / "gazette").rglob("*.py"):
        text = path.read_text("utf-8")
        inside = path.parent.name == "signing"
        assert inside or not re.search(r"pyhanko\b.*import|import pyhanko", text), path
        # the commands know the rooms, and enter them when they are asked to
        at_once = re.search(
            r"^(from|import) .*signing" if path.name == "commands.py" else r"gazette\.signing", text, re.M
        )
        assert inside or not at_once, path
    library.ready()
