"""An office with a certificate, the bulletins it built, and a desk where somebody types commands."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import cities
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

import build
from gazette.building.place import state_folder
from gazette.signing.key import open_key
from gazette.signing.signature import signed

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
PASSPHRASE = "口令 geheim"
AT = datetime.datetime(2024, 10, 1, 9, 30).astimezone()
SAID_AT = f"{AT:%Y-%m-%dT%H:%M}"
OPENSSL = shutil.which("openssl")


# ── an office and its key ────────────────────────────────────────────────────

Made = tuple[x509.Certificate, Any]

SIGNS = ("digital_signature", "content_commitment")
"""What a certificate of an office is for."""


def name(holder: str, organisation: str = "无名市整改办公室") -> x509.Name:
    parts = {NameOID.COUNTRY_NAME: "CN", NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: holder}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts.items()])


def certificate(
    holder: str,
    above: Made | None = None,
    *,
    key: Any = None,
    years: tuple[int, int] = (2020, 2040),
    uses: tuple[str | x509.ObjectIdentifier, ...] = SIGNS,
) -> Made:
    """A certificate with its key, issued by one `above` or by itself; what it may be used for is said by the names of
    uses and by the identifiers of extended ones."""
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
    if purposes := [use for use in uses if isinstance(use, x509.ObjectIdentifier)]:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(issuing, hashes.SHA256()), key


def p12(made: Made, passphrase: str = PASSPHRASE, above: Made | None = None) -> bytes:
    how: KeySerializationEncryption = NoEncryption()
    if passphrase:
        how = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"office", made[1], made[0], [above[0]] if above else None, how)


def pem(made: Made) -> bytes:
    return made[0].public_bytes(Encoding.PEM)


@pytest.fixture(scope="session")
def root() -> Made:
    return certificate("无名市电子认证中心", uses=("key_cert_sign", "crl_sign"))


@pytest.fixture(scope="session")
def office(root: Made) -> Made:
    """The office's certificate, with an RSA key as most have."""
    return certificate("信息公开章", root, key=rsa.generate_private_key(65537, 2048))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city's bulletins, built. What else is printed is left out: all PDFs are signed alike, and two are
    sooner signed than sixteen."""
    made = cities.built(tmp_path_factory, "nowhere")
    folder = tmp_path_factory.mktemp("signing") / "output"
    shutil.copytree(made, folder)
    shutil.copytree(state_folder(made.parent / "cache", made), folder.parent / "state")
    with sqlite3.connect(folder.parent / "state" / "build.db") as kept:
        for path in folder.rglob("*.pdf"):
            if path.name != "bulletin.pdf":
                path.unlink()
                kept.execute("DELETE FROM files WHERE path = ?", (path.relative_to(folder).as_posix(),))
    kept.close()
    return folder


class SigningDesk:
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
        where = ["--output", "output", "--cache", "cache", "--to", "signed", "--messages", language]
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
) -> SigningDesk:
    shutil.copytree(site, tmp_path / "output")
    shutil.copytree(site.parent / "state", state_folder(tmp_path / "cache", tmp_path / "output"))
    (tmp_path / "office.p12").write_bytes(p12(office, above=root))
    (tmp_path / "root.pem").write_bytes(pem(root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAZETTE_PASSPHRASE", PASSPHRASE)
    return SigningDesk(tmp_path, capsys)


@pytest.fixture(scope="session")
def signer(office: Made, root: Made, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("key") / "office.p12"
    file.write_bytes(p12(office, above=root))
    return open_key(file, "office.p12", [PASSPHRASE.encode()], AT)


@pytest.fixture(scope="session")
def bulletin(site: Path) -> bytes:
    return (site / "zh" / "bulletin.pdf").read_bytes()


@pytest.fixture(scope="session")
def sealed(bulletin: bytes, signer: Any) -> bytes:
    return signed(bulletin, signer, AT)
