"""Signing what was built, and saying of a PDF from anybody what it proves."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import verapdf
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter

import build
from gazette.pdf import write_pdf
from gazette.signing import library, sums
from gazette.signing.key import open_key
from gazette.signing.seal import signed
from gazette.signing.verify import verify

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
PASSPHRASE = "口令 geheim"
AT = datetime.datetime(2031, 10, 1, 9, 30).astimezone()
SAID_AT = f"{AT:%Y-%m-%dT%H:%M}"
OPENSSL = shutil.which("openssl")

validated = pytest.mark.skipif(
    verapdf.JAVA is None and not os.environ.get("CI"), reason="no Java is installed for the validator"
)


# ── an office and its key ────────────────────────────────────────────────────

Made = tuple[x509.Certificate, Any]


def name(holder: str, organisation: str = "无名市整改办公室") -> x509.Name:
    parts = {NameOID.COUNTRY_NAME: "CN", NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: holder}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts.items()])


def certificate(
    holder: str,
    above: Made | None = None,
    *,
    key: Any = None,
    years: tuple[int, int] = (2020, 2040),
    uses: tuple[str, ...] = ("digital_signature", "content_commitment"),
    purposes: tuple[x509.ObjectIdentifier, ...] = (),
) -> Made:
    """A certificate with its key, issued by one `above` or by itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    issuer, issuing = (above[0].subject, above[1]) if above else (name(holder), key)
    all_uses = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign"
    named = {use: use in uses for use in (*all_uses.split(), "crl_sign", "encipher_only", "decipher_only")}
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(holder))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(years[0], 1, 1))
        .not_valid_after(datetime.datetime(years[1], 1, 1))
        .add_extension(x509.BasicConstraints("key_cert_sign" in uses, None), critical=True)
        .add_extension(x509.KeyUsage(**named), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()), critical=False)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(issuing, hashes.SHA256()), key


def p12(made: Made, passphrase: str = PASSPHRASE, above: Made | None = None) -> bytes:
    how: KeySerializationEncryption = NoEncryption()
    if passphrase:
        how = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"office", made[1], made[0], [above[0]] if above else None, how)


def pem(made: Made) -> bytes:
    return made[0].public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def root() -> Made:
    return certificate("无名市电子认证中心", uses=("key_cert_sign", "crl_sign"))


@pytest.fixture(scope="module")
def office(root: Made) -> Made:
    """The office's certificate, with an RSA key as most have."""
    return certificate("公报专用章", root, key=rsa.generate_private_key(65537, 2048))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city's bulletins, built. What else is printed is left out: all PDFs are signed alike, and two are
    sooner signed than sixteen."""
    folder = tmp_path_factory.mktemp("signing") / "output"
    asked = ["--content", str(SITE), "--output", str(folder), "--only", "pdf,data", "--jobs", "1"]
    command = [sys.executable, str(ROOT / "build.py"), *asked, "--cache", str(folder.parent / "cache")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(folder.parent / ".output.gazette" / "kept.db") as kept:
        for path in folder.rglob("*.pdf"):
            if path.name != "bulletin.pdf":
                path.unlink()
                kept.execute("DELETE FROM files WHERE path = ?", (path.relative_to(folder).as_posix(),))
    kept.close()
    return folder


class Desk:
    """A folder with the site and the office's key, where somebody types commands."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.signed = folder / "signed"

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, what was said and what was complained of."""
        status = build.main(list(arguments))
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    def sign(self, *more: str, language: str = "en") -> tuple[int, str, str]:
        where = ["--output", "output", "--to", "signed", "--messages", language]
        key = [] if "--key" in more else ["--key", "office.p12"]
        at = [] if "--at" in more else ["--at", SAID_AT]
        return self.run("sign", *where, *key, *at, *more)

    def verify(self, *more: str, language: str = "en") -> tuple[int, str, str]:
        return self.run("verify", "--messages", language, *more)


@pytest.fixture
def desk(
    site: Path,
    office: Made,
    root: Made,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    for part in ("output", ".output.gazette"):
        shutil.copytree(site.parent / part, tmp_path / part)
    (tmp_path / "office.p12").write_bytes(p12(office, above=root))
    (tmp_path / "root.pem").write_bytes(pem(root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAZETTE_PASSPHRASE", PASSPHRASE)
    return Desk(tmp_path, capsys)


@pytest.fixture(scope="module")
def signer(office: Made, root: Made, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("key") / "office.p12"
    file.write_bytes(p12(office, above=root))
    return open_key(file, "office.p12", [PASSPHRASE.encode()], AT)


@pytest.fixture(scope="module")
def bulletin(site: Path) -> bytes:
    return (site / "zh" / "bulletin.pdf").read_bytes()


@pytest.fixture(scope="module")
def sealed(bulletin: bytes, signer: Any) -> bytes:
    return signed(bulletin, signer, AT)


# ── signing ──────────────────────────────────────────────────────────────────


def test_every_bulletin_is_signed_behind_its_last_byte(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    status, out, err = desk.sign()
    documents = sorted(path.relative_to("output").as_posix() for path in Path("output").rglob("*.pdf"))
    said = f"signed: PDFs signed by 公报专用章: {len(documents)}, dated 2031-10-01 09:30"
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
    assert seal["/SubFilter"] == "/ETSI.CAdES.detached" and seal["/M"].startswith("D:20311001093000")
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
    body = "<h1>整改公报</h1>" + "<p>硚口区“零反弹”，<b>粗体</b>。</p>" * 60
    head = '<meta charset="utf-8"><title>试</title><meta name="dcterms.created" content="2031-01-01">'
    style = '@page { size: A5 } html { font-family: "Noto Serif SC" }'
    document = write_pdf(f'<html lang="zh-Hans"><head>{head}</head><body>{body}</body></html>', stylesheets=[style])
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed(document, signer, AT))
    assert verapdf.broken_rules(file, "ua1", "2a") == []
    assert verify(file, (), AT).claims == ("PDF/A-2a", "PDF/UA-1") and verify(file, (), AT).good


def test_the_time_is_the_clock_s_unless_given(desk: Desk) -> None:
    before = datetime.datetime.now().astimezone().replace(second=0, microsecond=0)
    where = ["--output", "output", "--to", "signed", "--key", "office.p12"]
    assert desk.run("sign", *where)[0] == 0
    (one,) = verify(desk.signed / "zh" / "bulletin.pdf", (), AT).signatures or ()
    assert one.at is not None and before <= one.at <= datetime.datetime.now().astimezone()


# ── the passphrase ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("written", [PASSPHRASE, f"{PASSPHRASE}\n", f"\ufeff{PASSPHRASE}\r\n"])
def test_a_passphrase_from_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.delenv("GAZETTE_PASSPHRASE")
    Path("secret").write_text(written, "utf-8", newline="")
    assert desk.sign("--passphrase-file", "secret")[0] == 0
    assert PASSPHRASE.encode() not in b"".join(file.read_bytes() for file in desk.signed.rglob("*.*"))


def test_a_key_without_a_passphrase(desk: Desk, office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAZETTE_PASSPHRASE")
    Path("open.p12").write_bytes(p12(office, ""))
    assert desk.sign("--key", "open.p12")[0] == 0


@pytest.mark.usefixtures("desk")
def test_a_passphrase_is_asked_for_at_the_terminal() -> None:
    asked = ["sign", "--key", "office.p12", "--output", "output", "--to", "signed", "--messages", "zh"]
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
    assert f"已用“公报专用章”的证书签署 {count} 个 PDF" in told.decode() and PASSPHRASE not in told.decode()


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
        "“旧章”的证书已过期：有效期 2010-01-01 至 2020-01-01，签署日期是 2031-10-01",
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
def test_a_key_that_cannot_sign_is_told(desk: Desk, kind: str) -> None:
    made, zh, en = KEYS[kind]
    Path("other.p12").write_bytes(made())
    for language, words in (("zh", zh), ("en", en)):
        status, out, err = desk.sign("--key", "other.p12", language=language)
        assert status == 1 and out == "" and err.startswith("other.p12:0:0: ") and words in err
    assert sorted(path.name for path in desk.folder.iterdir() if "signed" in path.name) == []


def test_everything_that_is_wrong_is_told_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_without_a_site_or_a_key(desk: Desk) -> None:
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
        ("sign --key k.p12 --at 2031-10-01", "请写成 2017-06-30T09:00 的样子", "Write it like 2017-06-30T09:00"),
        ("sign --key k.p12 --at 2031-02-30T09:00", "看不懂或不存在", "does not exist"),
        ("sign --key k.p12 --passphrase secret", "--passphrase-file", "--passphrase-file"),
        ("verify", "没有写要核验哪些文件", "no file to verify was named"),
        ("verify nowhere.pdf", "没有这个文件或文件夹：“nowhere.pdf”", "no file or folder “nowhere.pdf”"),
        ("verify root.pem --trust", "--trust 后面缺少内容", "--trust needs a value"),
        ("verify root.pem --trust office.p12", "读不出证书", "no certificate can be read"),
        ("verify output/data", "没有 PDF，也没有 sha256sums.txt", "has no PDF and no sha256sums.txt"),
    ],
)
def test_wrong_use(desk: Desk, arguments: str, zh: str, en: str) -> None:
    command, *rest = arguments.split()
    where = ["--output", "output"] if command == "sign" else []
    for language, words in (("zh", zh), ("en", en)):
        status, out, err = desk.run(command, "--messages", language, *where, *rest)
        assert status == 2 and words in err and out == "", err


# ── the folder of signed files ───────────────────────────────────────────────


def test_only_what_was_written_here_is_replaced(desk: Desk) -> None:
    assert desk.sign()[0] == 0
    one = Path("signed/en/bulletin.pdf").read_bytes()
    assert desk.sign("--at", "2031-10-02T09:30")[0] == 0
    assert Path("signed/en/bulletin.pdf").read_bytes() != one
    Path("signed/en/bulletin.pdf").write_bytes(b"mine")
    status, _, err = desk.sign(language="zh")
    assert status == 1 and "1 个文件不是签署命令写入的" in err and "en/bulletin.pdf" in err
    assert Path("signed/en/bulletin.pdf").read_bytes() == b"mine"


def test_what_the_site_no_longer_has_goes_and_what_is_not_its_own_is_not_signed(desk: Desk) -> None:
    assert desk.sign()[0] == 0
    subprocess.run(
        [sys.executable, "-c", "import sqlite3; sqlite3.connect('.output.gazette/kept.db', isolation_level=None)"
         ".execute(\"DELETE FROM files WHERE path = 'en/bulletin.pdf'\")"], check=True,
    )  # fmt: skip
    status, out, _ = desk.sign()
    assert status == 0 and "Removed, since the site no longer has them: en/bulletin.pdf" in out
    assert "Not signed, since this program did not make them (1): en/bulletin.pdf" in out
    assert sorted(path.relative_to(desk.signed).as_posix() for path in desk.signed.rglob("*.*")) == [
        "sha256sums.txt", "zh/bulletin.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("call", range(1, 7))
def test_a_killed_run_leaves_whole_files_that_it_knows_again(desk: Desk, call: int) -> None:
    """The process ends at its `call`-th move of a file, over the files of a run before."""
    assert desk.sign()[0] == 0
    script = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\nmove, moves = Path.replace, []\n"
        "def replace(path, to):\n"
        f"    moves.append(to)\n    os._exit(9) if len(moves) == {call} else None\n    return move(path, to)\n"
        "Path.replace = replace\nimport build\nsys.exit(build.main(sys.argv[1:]))"
    )
    asked = ["sign", "--key", "office.p12", "--output", "output", "--to", "signed", "--at", "2031-10-05T10:00"]
    status = subprocess.run([sys.executable, "-c", script, *asked], capture_output=True).returncode
    assert status == (9 if call <= 5 else 0)
    assert all(verify(file, (), AT).good for file in desk.signed.rglob("*.pdf"))
    assert desk.sign()[0] == 0 and desk.verify("signed")[0] == 0
    assert sorted(path.name for path in Path(".signed.gazette").iterdir()) == ["lock", "written.txt"]


# ── verifying ────────────────────────────────────────────────────────────────

WORDS = {
    "zh": [
        "完好。",
        "签署之后没有添加任何内容",
        "签署人：公报专用章（无名市整改办公室）",
        "由“无名市电子认证中心, 无名市整改办公室”颁发",
        "有效期 2020-01-01 至 2040-01-01",
        "签署时间：2031-10-01 09:30",
        "没有查询证书是否已被吊销",
        "附件：4 个",
        "校验值相符，可以读取，数据 15 行",
        "PDF/A-3a、PDF/UA-1（只是自称",
        "全部完好",
    ],
    "en": [
        ": intact.",
        "nothing was added after the signature",
        "Signed by: 公报专用章 (无名市整改办公室)",
        "issued by 无名市电子认证中心, 无名市整改办公室",
        "from 2020-01-01 to 2040-01-01",
        "Signed at: 2031-10-01 09:30",
        "Revocation: not asked for",
        "Attached files: 4",
        "checksum right, can be read, 15 rows",
        "PDF/A-3a and PDF/UA-1 (what the file says",
        "Files: 2, all intact.",
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_told_of_a_folder_of_signed_bulletins(desk: Desk, language: str) -> None:
    assert desk.sign()[0] == 0
    status, out, err = desk.verify("signed", language=language)
    assert (status, err) == (0, "") and [words for words in WORDS[language] if words not in out] == []
    assert {"zh": "无法断定签署人究竟是谁", "en": "it cannot be said who stands behind it"}[language] in out
    status, out, _ = desk.verify("signed", "--trust", "root.pem", language=language)
    assert status == 0 and {"zh": "证书可以追溯到", "en": "the certificate leads to one"}[language] in out
    for line in json.loads(Path("output/data/units.json").read_text("utf-8"))["units"]:
        assert line["id"] not in out


def test_whom_to_trust(desk: Desk, sealed: bytes, root: Made, office: Made) -> None:
    Path("one.pdf").write_bytes(sealed)
    impostor = certificate("无名市电子认证中心", uses=("key_cert_sign", "crl_sign"))
    for file, made in (("impostor.crt", impostor), ("office.crt", office), ("root.crt", root)):
        Path(file).write_bytes(made[0].public_bytes(Encoding.DER))
    assert desk.verify("one.pdf", "--trust", "office.crt")[0] == 0
    assert desk.verify("--trust", "impostor.crt", "--trust", "root.crt", "one.pdf")[0] == 0
    status, out, _ = desk.verify("one.pdf", "--trust", "impostor.crt")
    assert status == 1 and "leads to none that you named" in out and "what was signed is unchanged" in out


def test_a_certificate_that_has_expired_since(sealed: bytes, root: Made, tmp_path: Path) -> None:
    from pyhanko.keys import load_certs_from_pemder_data

    from gazette.signing.telling import Telling

    (tmp_path / "one.pdf").write_bytes(sealed)
    later = AT.replace(year=2050)
    found = verify(tmp_path / "one.pdf", list(load_certs_from_pemder_data(pem(root))), later)
    assert found.good and "has expired since" in "\n".join(Telling("en", later).of_file("one.pdf", found))


def test_a_time_outside_of_the_certificate_s(bulletin: bytes, signer: Any, desk: Desk) -> None:
    Path("one.pdf").write_bytes(signed(bulletin, signer, AT.replace(year=2045)))
    status, out, _ = desk.verify("one.pdf", language="zh")
    assert status == 1 and "不在证书有效期内" in out


def test_an_unsigned_file(desk: Desk) -> None:
    for language, words in (("zh", "没有签名，谁也说不准是否被改动过"), ("en", "not signed: nobody can say whether")):
        status, out, _ = desk.verify("output/zh/bulletin.pdf", language=language)
        assert status == 1 and words in out and ("校验值相符" in out or "checksum right" in out)


# ── what is not as it was signed ─────────────────────────────────────────────


def spoilt(data: bytes, there: bytes, instead: bytes) -> bytes:
    assert data.count(there) >= 1 and len(there) == len(instead)
    return data.replace(there, instead, 1)


def updated(data: bytes) -> bytes:
    """A document with a page turned, behind its signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    from pyhanko.pdf_utils import generic

    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_byte_that_was_changed(desk: Desk, sealed: bytes) -> None:
    Path("one.pdf").write_bytes(sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:])
    Path("two.pdf").write_bytes(spoilt(sealed, b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 9 595"))
    for file, language in (("one.pdf", "zh"), ("two.pdf", "en")):
        status, out, _ = desk.verify(file, language=language)
        assert status == 1 and ("文件在签署之后被改动过" in out or "was changed after it was signed" in out)


def test_what_was_added_after_the_signature(desk: Desk, sealed: bytes, tmp_path: Path) -> None:
    Path("one.pdf").write_bytes(updated(sealed))
    status, out, _ = desk.verify("one.pdf", language="zh")
    assert status == 1 and "签署之后又添加了" in out and "所签内容没有改动" in out
    Path("other.p12").write_bytes(p12(certificate("冒名者")))
    other = open_key(tmp_path / "other.p12", "", [PASSPHRASE.encode()], AT)
    Path("two.pdf").write_bytes(signed_again(updated(sealed), other))
    status, out, _ = desk.verify("two.pdf")
    assert status == 1 and "Signed by: 冒名者" in out and "bytes were added after the signature" in out


def test_a_timestamp_that_was_added_later_keeps_a_signature_verifiable(desk: Desk, sealed: bytes) -> None:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key_pair = rsa.generate_private_key(65537, 2048)
    made = certificate("时间戳", key=key_pair, purposes=(ExtendedKeyUsageOID.TIME_STAMPING,))
    (found,) = load_certs_from_pemder_data(pem(made))
    key = made[1].private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    service = DummyTimeStamper(found, PrivateKeyInfo.load(key), SimpleCertificateStore())
    stamped = PdfTimeStamper(service).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)), "sha256")
    Path("one.pdf").write_bytes(stamped.getvalue())
    status, out, _ = desk.verify("one.pdf", "--trust", "root.pem", language="zh")
    assert status == 0 and "只用于今后继续核验签名，没有改动内容" in out, out


def signed_again(data: bytes, signer: Any) -> bytes:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    what = PdfSignatureMetadata(field_name="Other", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    result: bytes = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), what, signer).getvalue()
    return result


def ranges(data: bytes) -> Iterator[bytes]:
    """A signed document whose signature says to cover something else, in each way that fits."""
    whole, first, second, rest = re.findall(rb"(/ByteRange \[\s*0 (\d+) (\d+) (\d+)[^\]]*\])", data)[0]
    one, two, three = int(first), int(second), int(rest)
    for numbers in (
        (0, one, two, three - 10), (0, one - 10, two, three), (0, one, two + 10, three - 10), (0, one, two, three + 10),
        (1, one, two, three), (0, one, one, three), (0, two, one, three), (0, 0, 0, 0), (0, one),
        (0, 1, 2, 3, 4, 5), (0, one, -two, three), (0, 900000, 900001, 9), (0, one, two, -5),
    ):  # fmt: skip
        new = b"/ByteRange [" + b" ".join(b"%d" % number for number in numbers)
        yield data.replace(whole, new + b" " * (len(whole) - len(new) - 1) + b"]")


def test_a_byte_range_that_was_tampered_with(desk: Desk, sealed: bytes) -> None:
    for number, data in enumerate(ranges(sealed)):
        Path(f"{number}.pdf").write_bytes(data)
        status, out, err = desk.verify(f"{number}.pdf")
        assert status == 1 and err == "" and "Signature: " in out and "Signature: right" not in out, number


def test_a_document_put_under_another_signature(desk: Desk, sealed: bytes) -> None:
    """What is covered stays, word for word; what is shown stands in the gap that the signature leaves out."""
    first, second, rest = map(int, re.findall(rb"/ByteRange \[\s*0 (\d+) (\d+) (\d+)", sealed)[0])
    inside = sealed[first:second]
    wrapped = sealed[:first] + inside + b"evil" * 100 + sealed[second:]
    new = b"%d %d %d" % (first, second + 400, rest)
    old = b"%d %d %d" % (first, second, rest)
    Path("one.pdf").write_bytes(wrapped.replace(old, new[: len(old)].ljust(len(old)), 1))
    status, out, _ = desk.verify("one.pdf")
    assert status == 1 and "intact." not in out


# ── attached files ───────────────────────────────────────────────────────────


def carrying(bulletin: bytes, signer: Any, change: Callable[[Any, Any], None]) -> bytes:
    """A bulletin whose attached pledges.csv is changed, then signed: the signature holds."""
    writer = IncrementalPdfFileWriter(io.BytesIO(bulletin))
    spec = writer.root["/AF"][0]
    change(writer, spec)
    out = io.BytesIO()
    writer.write(out)
    return signed(out.getvalue(), signer, AT)


def replace_data(data: bytes, right: bool) -> Callable[[Any, Any], None]:
    def change(writer: Any, spec: Any) -> None:
        from pyhanko.pdf_utils import generic

        digest = hashlib.md5(data, usedforsecurity=False).digest() if right else b"0" * 16
        numbers = {"/Size": generic.NumberObject(len(data)), "/CheckSum": generic.ByteStringObject(digest)}
        facts = generic.DictionaryObject({generic.NameObject(name): value for name, value in numbers.items()})
        stream = generic.StreamObject({generic.NameObject("/Params"): facts}, stream_data=data)
        files = generic.DictionaryObject({generic.NameObject("/F"): writer.add_object(stream)})
        spec[generic.NameObject("/EF")] = files
        writer.update_container(spec)

    return change


def not_belonging(writer: Any, _: Any) -> None:
    belonging = writer.root["/AF"]
    del belonging[0]
    writer.update_container(belonging)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (replace_data(b"a,b\r\n1,2\r\n3,4\r\n", False), "【问题】校验值不符", "WRONG: not the recorded checksum"),
        (replace_data(b"a,b\r\n1,2,3\r\n", True), "【问题】内容有误", "WRONG: cannot be read as data"),
        (replace_data(b'a,b\r\n"1,2\r\n', True), "【问题】内容有误", "WRONG: cannot be read as data"),
        (replace_data(b"\xff\xfe", True), "【问题】内容有误", "WRONG: cannot be read as data"),
        (not_belonging, "【问题】没有列入文件的AF清单", "WRONG: not on the document's AF list"),
    ],
)
def test_attached_files_that_are_not_as_they_should(
    desk: Desk, bulletin: bytes, signer: Any, change: Callable[[Any, Any], None], zh: str, en: str
) -> None:
    Path("one.pdf").write_bytes(carrying(bulletin, signer, change))
    for language, words in (("zh", zh), ("en", en)):
        status, out, _ = desk.verify("one.pdf", language=language)
        assert status == 1 and words in out and ("签名：有效" in out or "Signature: right" in out)
    Path("right.pdf").write_bytes(carrying(bulletin, signer, replace_data(b"a,b\r\n1,2\r\n3,4\r\n", True)))
    status, out, _ = desk.verify("right.pdf")
    assert status == 0 and "pledges.csv: 15 bytes, checksum right, can be read, 2 rows" in out


# ── a folder's list ──────────────────────────────────────────────────────────


def test_a_folder_that_is_not_as_its_list_says(desk: Desk) -> None:
    assert desk.sign()[0] == 0
    Path("signed/extra.txt").touch()
    Path("signed/zh/bulletin.pdf").rename("signed/zh/moved.pdf")
    shutil.copy("output/en/bulletin.pdf", "signed/en/bulletin.pdf")
    with Path("signed/sha256sums.txt").open("a") as file:
        file.write(f"nonsense\n{'0' * 64}  ../office.p12\n{'0' * 64}  /etc/hostname\n")
    status, out, _ = desk.verify("signed")
    assert status == 1 and "Missing: zh/bulletin.pdf" in out and "Not as the list says: en/bulletin.pdf" in out
    assert "Not on the list: extra.txt, zh/moved.pdf" in out and "3 lines cannot be read" in out
    status, out, _ = desk.verify("signed", language="zh")
    assert status == 1 and "缺少：zh/bulletin.pdf" in out and "文件夹与校验清单不符" in out


def test_a_list_reads_what_sha256sum_writes(tmp_path: Path) -> None:
    for odd in ("plain.txt", "with space.txt", "back\\slash", "new\nline", "整改.csv"):
        (tmp_path / odd).write_text(odd)
    done = subprocess.run("sha256sum *", shell=True, cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / sums.NAME).write_bytes(done.stdout)
    compared = sums.compare(tmp_path)
    assert compared is not None and compared.agrees and compared.right == 5


# ── files made by anybody ────────────────────────────────────────────────────


def encrypted(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def handmade(*objects: str, trailer: str = "") -> bytes:
    """A PDF of such objects; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return bytes(out) + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


PAGES = "<</Type/Pages/Kids[2 0 R]/Count 1>>"
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: "这不是PDF\n".encode(),
    "random": lambda _: b"%PDF-1.7\n" + hashlib.shake_256(b"x").digest(50_000),
    "head": lambda data: data[:20],
    "half": lambda data: data[: len(data) // 2],
    "short": lambda data: data[:-30],
    "zeros": lambda data: data[:1000] + bytes(len(data) - 1000),
    "encrypted": encrypted,
    "pages": lambda _: handmade("<</Type/Catalog/Pages 2 0 R>>", PAGES),
    "fields": lambda _: handmade(
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", PAGES, "<</T(a)/FT/Sig/Kids[3 0 R]>>"
    ),
    "names": lambda _: handmade(
        "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>", PAGES, "<</Kids[3 0 R]>>"
    ),
    "reference": lambda _: handmade("1 0 R"),
    "no-catalog": lambda _: handmade("[1 2 3]"),
    "deep": lambda _: handmade("<</Type/Catalog/Pages 2 0 R/X " + "[" * 30_000 + "]" * 30_000 + ">>", PAGES),
    "previous": lambda _: handmade("<</Type/Catalog/Pages 2 0 R>>", PAGES, trailer="/Prev 110"),
    "numbers": lambda _: handmade("<</Type/Catalog/Pages 2 0 R/AF 7/Names 8/AcroForm 9/Metadata 10>>", PAGES),
    "seal": lambda _: handmade(
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]/SigFlags 3>>>>",
        PAGES,
        "<</T(a)/FT/Sig/V 4 0 R>>",
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>",
    ),
    "control": lambda _: handmade(
        "<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>", PAGES, "<</Type/Filespec/UF(\\033[31mred\\007)/EF<</F 2 0 R>>>>"
    ),
    "cms": lambda data: re.sub(rb"(/Contents <30)[0-9a-fA-F]{400}", lambda match: match[1] + b"00" * 200, data),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_broken_or_hostile_file_is_told(desk: Desk, sealed: bytes, kind: str) -> None:
    Path("one.pdf").write_bytes(HOSTILE[kind](sealed))
    for language in ("zh", "en"):
        status, out, err = desk.verify("one.pdf", language=language)
        assert status == 1 and err == "" and out.startswith("one.pdf") and "\x1b" not in out
        assert "one.pdf: intact" not in out and "one.pdf：完好" not in out


def test_spoilt_at_any_place_it_is_told(desk: Desk, sealed: bytes) -> None:
    """A byte that is covered is turned; and whatever it breaks, the file is not taken for intact."""
    first, second, _ = map(int, re.findall(rb"/ByteRange \[\s*0 (\d+) (\d+) (\d+)", sealed)[0])
    assert first < second < len(sealed)
    for number in range(40):
        data = bytearray(sealed)
        place = int.from_bytes(hashlib.sha256(b"%d" % number).digest()[:4], "big") % (first if number % 2 else 4000)
        place = place if number % 2 else len(sealed) - 1 - place % (len(sealed) - second)
        data[place] ^= 1 + number % 255
        Path("one.pdf").write_bytes(data)
        assert desk.verify("one.pdf")[0] == 1, place


def test_a_device_and_a_pipe_are_no_files(desk: Desk) -> None:
    os.mkfifo("pipe.pdf")
    for place in ("pipe.pdf", "/dev/zero"):
        status, out, err = desk.verify(place)
        assert status == 1 and err == "" and out.startswith(place), out


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
        assert inside or not re.search(r"pyhanko\b.*import|import pyhanko|gazette\.signing", text), path
    assert not re.search(r"^(from|import) .*signing", (ROOT / "build.py").read_text("utf-8"), flags=re.M)
    library.ready()
