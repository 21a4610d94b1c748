"""What keeps from signing: keys that cannot, files that were altered, wrong use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID
from signatures import PASSPHRASE, SIGNS, SigningDesk, certificate, p12, pem

KEYS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "text": (lambda: b"hello", "不是 PKCS#12 密钥文件", "is not a PKCS#12 file"),
    "certificate": (lambda: pem(certificate("x")), "不是 PKCS#12 密钥文件", "is not a PKCS#12 file"),
    "passphrase": (lambda: p12(certificate("x"), "other"), "口令不对", "the passphrase is wrong"),
    "truncated": (lambda: p12(certificate("x"))[:-9], "不是 PKCS#12 密钥文件", "is not a PKCS#12 file"),
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
    "use": (
        lambda: p12(certificate("x", uses=("key_encipherment",))),
        "不能用于签署文件",
        "may not be used to sign documents",
    ),
    "server": (
        lambda: p12(certificate("x", uses=(*SIGNS, ExtendedKeyUsageOID.SERVER_AUTH))),
        "不能用于签署文件",
        "may not be used to sign documents",
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
        assert status == 1 and out == "" and err.startswith("other.p12:1:1: ") and words in err
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
    assert "output/en/bulletin.pdf:1:1: this PDF was altered after it was built" in err
    assert "output/zh/bulletin.pdf:1:1: the system does not allow this" in err
    assert "office.p12:1:1: this key needs a passphrase" in err
    assert "signed/: the folder holds files that this command did not write" in err
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
        ("sign --key output/k.p12", "可能随网站一起公开", "could be published with the site"),
        ("sign --key k.p12 --to output/zh", "不能与输出文件夹“output”重叠", "must not overlap with the output folder"),
        ("sign --key k.p12 --to .", "不能与输出文件夹“output”重叠", "must not overlap with the output folder"),
        ("sign --key k.p12 --to root.pem", "--to 后面应为文件夹", "--to takes a folder"),
        ("sign --key k.p12 --at 2024-10-01", "请写成 2017-06-30T09:00 的样子", "Write it like 2017-06-30T09:00"),
        ("sign --key k.p12 --at 2031-02-30T09:00", "无法识别或不存在", "does not exist"),
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
