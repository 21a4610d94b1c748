"""Saying of a PDF from anybody what it proves."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reached import at_least_one
from signatures import AT, PASSPHRASE, Made, SigningDesk, certificate, p12, pem

from gazette.signing.key import open_key
from gazette.signing.signature import signed
from gazette.signing.verify import verify

# ── verifying ────────────────────────────────────────────────────────────────

WORDS = {
    "zh": [
        "完好。",
        "签署之后没有添加任何内容",
        "签署人：信息公开章（无名市整改办公室）",
        "由“无名市电子认证中心, 无名市整改办公室”颁发",
        "有效期2020-01-01至2040-01-01",
        "签署时间：2024-10-01 09:30",
        "没有查询证书是否已被吊销",
        "附件：22个",
        "校验值相符，可以读取，数据{rows}行",
        "PDF/A-3a、PDF/UA-1（只是自称",
        "全部完好",
    ],
    "en": [
        ": intact.",
        "nothing was added after the signature",
        "Signed by: 信息公开章 (无名市整改办公室)",
        "issued by 无名市电子认证中心, 无名市整改办公室",
        "from 2020-01-01 to 2040-01-01",
        "Signed at: 2024-10-01 09:30",
        "Revocation: not checked",
        "Attached files: 22",
        "checksum right, can be read, {rows} rows",
        "PDF/A-3a and PDF/UA-1 (the file says so itself",
        "Files: 2, all intact.",
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_told_of_a_folder_of_signed_bulletins(desk: SigningDesk, language: str) -> None:
    assert desk.sign()[0] == 0
    status, out, err = desk.verify("signed", "--trust", "root.pem", language=language)
    rows = len([*csv.reader(Path("output/data/history.csv").read_text("utf-8-sig").splitlines())]) - 1
    expected = [words.replace("{rows}", str(rows)) for words in WORDS[language]]
    assert (status, err) == (0, "") and [words for words in expected if words not in out] == []
    assert {"zh": "证书可以追溯到", "en": "the certificate can be traced to one"}[language] in out
    for line in at_least_one(json.loads(Path("output/data/units.json").read_text("utf-8"))["units"]):
        assert line["id"] not in out


def test_whom_to_trust(desk: SigningDesk, sealed: bytes, root: Made, office: Made) -> None:
    Path("one.pdf").write_bytes(sealed)
    impostor = certificate("无名市电子认证中心", uses=("key_cert_sign", "crl_sign"))
    for file, made in (("impostor.crt", impostor), ("office.crt", office), ("root.crt", root)):
        Path(file).write_bytes(made[0].public_bytes(Encoding.DER))
    assert desk.verify("one.pdf", "--trust", "office.crt")[0] == 0
    assert desk.verify("--trust", "impostor.crt", "--trust", "root.crt", "one.pdf")[0] == 0
    status, out, _ = desk.verify("one.pdf", "--trust", "impostor.crt")
    assert status == 1 and "cannot be traced to any that you named" in out and "what was signed is unchanged" in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_anybody_to_trust_neither_words_nor_status_say_that_all_is_well(
    desk: SigningDesk, bulletin: bytes, sealed: bytes, tmp_path: Path, language: str
) -> None:
    """A forger signs in the office's name, with a certificate of his own making: unchanged is all that can be said."""
    forger = tmp_path / "forger.p12"
    forger.write_bytes(p12(certificate("信息公开章")))
    Path("forged.pdf").write_bytes(signed(bulletin, open_key(forger, "", [PASSPHRASE.encode()], AT), AT))
    Path("right.pdf").write_bytes(sealed)
    sure = {"zh": ("完好。", "全部完好"), "en": (": intact.", "all intact")}[language]
    unsure = {
        "zh": (
            "不能证明是谁签署的（见“信任”）",
            "无法断定签署人究竟是谁",
            "不能证明是谁签署的。请加上--trust",
            "退出状态3",
        ),
        "en": (
            "nothing proves who signed it",
            "there is no telling who really signed",
            "nothing proves by whom",
            "status 3",
        ),
    }[language]
    for files in (("forged.pdf",), ("right.pdf",), ("right.pdf", "forged.pdf")):
        status, out, _ = desk.verify(*files, language=language)
        assert status == 3 and all(words in out for words in unsure) and not any(words in out for words in sure), out
    status, out, _ = desk.verify("right.pdf", "output/zh/bulletin.pdf", language=language)
    assert status == 1 and "3" not in out.splitlines()[-1]
    assert desk.verify("right.pdf", "--trust", "root.pem", language=language)[0] == 0
    assert desk.verify("right.pdf", "forged.pdf", "--trust", "root.pem", language=language)[0] == 1


def test_a_certificate_that_has_expired_since(sealed: bytes, root: Made, tmp_path: Path) -> None:
    from pyhanko.keys import load_certs_from_pemder_data

    from gazette.signing.report import VerificationReport

    (tmp_path / "one.pdf").write_bytes(sealed)
    later = AT.replace(year=2050)
    found = verify(tmp_path / "one.pdf", list(load_certs_from_pemder_data(pem(root))), later)
    assert found.good and "has since expired" in "\n".join(VerificationReport("en", later).of_file("one.pdf", found))


def test_a_time_outside_of_the_certificate_s(bulletin: bytes, signer: Any, desk: SigningDesk) -> None:
    Path("one.pdf").write_bytes(signed(bulletin, signer, AT.replace(year=2015)))
    status, out, _ = desk.verify("one.pdf", language="zh")
    assert status == 1 and "不在证书有效期内" in out and "还没有到" not in out


def test_a_time_that_is_still_to_come(bulletin: bytes, signer: Any, desk: SigningDesk) -> None:
    """A quarter of an hour off is no clock's fault; two minutes may be."""
    now = datetime.datetime.now().astimezone()
    for minutes, expected in ((15, 1), (2, 0), (60 * 24 * 365 * 5, 1)):
        Path("one.pdf").write_bytes(signed(bulletin, signer, now + datetime.timedelta(minutes=minutes)))
        for language, words in (("zh", "所称的签署时间还没有到"), ("en", "the stated signing time is still to come")):
            for trust in ([], ["--trust", "root.pem"]):
                status, out, _ = desk.verify("one.pdf", *trust, language=language)
                assert status == (expected or (0 if trust else 3)) and (words in out) is bool(expected), out


class Weak(NamedTuple):
    """What a signature rests on: a digest and a key, and what is to be said of them."""

    digest: str
    key: Callable[[], Any]
    zh: str
    en: str


WEAK = {
    "md5": Weak("md5", lambda: rsa.generate_private_key(65537, 2048), "使用的MD5", "uses MD5,"),
    "sha1": Weak("sha1", lambda: rsa.generate_private_key(65537, 2048), "使用的SHA-1", "uses SHA-1,"),
    "sha1-ec": Weak("sha1", lambda: ec.generate_private_key(ec.SECP256R1()), "使用的SHA-1", "uses SHA-1,"),
    "rsa": Weak("sha256", lambda: rsa.generate_private_key(65537, 1024), "使用的RSA 1024", "uses RSA 1024,"),
    "ec": Weak("sha256", lambda: ec.generate_private_key(ec.SECP192R1()), "使用的EC 192", "uses EC 192,"),
    "both": Weak("sha1", lambda: rsa.generate_private_key(65537, 1024), "SHA-1、RSA 1024", "SHA-1 and RSA 1024,"),
}


@pytest.mark.parametrize("kind", WEAK)
def test_a_signature_that_can_be_forged(desk: SigningDesk, bulletin: bytes, root: Made, kind: str) -> None:
    weak = WEAK[kind]
    Path("one.pdf").write_bytes(weakly_signed(bulletin, certificate("信息公开章", root, key=weak.key()), weak.digest))
    for language, words in (("zh", weak.zh), ("en", weak.en)):
        for trust in ([], ["--trust", "root.pem"]):
            status, out, _ = desk.verify("one.pdf", *trust, language=language)
            assert status == 1 and words in out, out
            assert ("可以伪造" in out or "谁都可能伪造" in out) if language == "zh" else "can be forged" in out


def test_a_key_that_is_long_enough_is_not_called_weak(desk: SigningDesk, bulletin: bytes, root: Made) -> None:
    for key in (ec.generate_private_key(ec.SECP224R1()), rsa.generate_private_key(65537, 2048)):
        Path("one.pdf").write_bytes(weakly_signed(bulletin, certificate("信息公开章", root, key=key), "sha512"))
        assert desk.verify("one.pdf", "--trust", "root.pem")[0] == 0


def weakly_signed(data: bytes, made: Made, digest: str) -> bytes:
    """A document with a signature of any key and digest, as other programs make them."""
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

    signer = SimpleSigner.load_pkcs12_data(p12(made), (), PASSPHRASE.encode())
    what = PdfSignatureMetadata(field_name="Weak", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, md_algorithm=digest)
    result: bytes = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), what, signer).getvalue()
    return result


def test_an_unsigned_file(desk: SigningDesk) -> None:
    for language, words in (("zh", "没有签名，无法判断是否被改动过"), ("en", "not signed: nobody can say whether")):
        status, out, _ = desk.verify("output/zh/bulletin.pdf", language=language)
        assert status == 1 and words in out and ("校验值相符" in out or "checksum right" in out)


# ── a folder's list ──────────────────────────────────────────────────────────


def test_a_folder_that_is_not_as_its_list_says(desk: SigningDesk) -> None:
    assert desk.sign()[0] == 0
    Path("signed/extra.txt").touch()
    Path("signed/zh/bulletin.pdf").rename("signed/zh/moved.pdf")
    shutil.copy("output/en/bulletin.pdf", "signed/en/bulletin.pdf")
    with Path("signed/sha256sums.txt").open("a") as file:
        file.write(f"nonsense\n{'0' * 64}  ../office.p12\n{'0' * 64}  /etc/hostname\n")
    status, out, _ = desk.verify("signed")
    assert status == 1 and "Missing: zh/bulletin.pdf" in out and "Do not match the list: en/bulletin.pdf" in out
    assert "Not on the list: extra.txt, zh/moved.pdf" in out and "point outside the folder: 3." in out
    status, out, _ = desk.verify("signed", language="zh")
    assert status == 1 and "缺少：zh/bulletin.pdf" in out and "文件夹与校验清单不符" in out
