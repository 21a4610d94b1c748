"""Saying of a PDF from anybody what it proves."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cities
import pytest
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter
from signatures import AT, PASSPHRASE, Made, SigningDesk, certificate, p12, pem

from gazette.files import checksums
from gazette.messages.problems import Problem
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
        "附件：4个",
        "校验值相符，可以读取，数据15行",
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
        "Attached files: 4",
        "checksum right, can be read, 15 rows",
        "PDF/A-3a and PDF/UA-1 (what the file says",
        "Files: 2, all intact.",
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_told_of_a_folder_of_signed_bulletins(desk: SigningDesk, language: str) -> None:
    assert desk.sign()[0] == 0
    status, out, err = desk.verify("signed", "--trust", "root.pem", language=language)
    assert (status, err) == (0, "") and [words for words in WORDS[language] if words not in out] == []
    assert {"zh": "证书可以追溯到", "en": "the certificate chains to one"}[language] in out
    for line in json.loads(Path("output/data/units.json").read_text("utf-8"))["units"]:
        assert line["id"] not in out


def test_whom_to_trust(desk: SigningDesk, sealed: bytes, root: Made, office: Made) -> None:
    Path("one.pdf").write_bytes(sealed)
    impostor = certificate("无名市电子认证中心", uses=("key_cert_sign", "crl_sign"))
    for file, made in (("impostor.crt", impostor), ("office.crt", office), ("root.crt", root)):
        Path(file).write_bytes(made[0].public_bytes(Encoding.DER))
    assert desk.verify("one.pdf", "--trust", "office.crt")[0] == 0
    assert desk.verify("--trust", "impostor.crt", "--trust", "root.crt", "one.pdf")[0] == 0
    status, out, _ = desk.verify("one.pdf", "--trust", "impostor.crt")
    assert status == 1 and "chains to none of those that you named" in out and "what was signed is unchanged" in out


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
            "it cannot be said who stands behind it",
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
    assert found.good and "has expired since" in "\n".join(VerificationReport("en", later).of_file("one.pdf", found))


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
    "md5": Weak("md5", lambda: rsa.generate_private_key(65537, 2048), "使用的MD5", "rests on MD5,"),
    "sha1": Weak("sha1", lambda: rsa.generate_private_key(65537, 2048), "使用的SHA-1", "rests on SHA-1,"),
    "sha1-ec": Weak("sha1", lambda: ec.generate_private_key(ec.SECP256R1()), "使用的SHA-1", "rests on SHA-1,"),
    "rsa": Weak("sha256", lambda: rsa.generate_private_key(65537, 1024), "使用的RSA 1024", "rests on RSA 1024,"),
    "ec": Weak("sha256", lambda: ec.generate_private_key(ec.SECP192R1()), "使用的EC 192", "rests on EC 192,"),
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


def test_a_byte_that_was_changed(desk: SigningDesk, sealed: bytes) -> None:
    Path("one.pdf").write_bytes(sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:])
    Path("two.pdf").write_bytes(spoilt(sealed, b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 9 595"))
    for file, language in (("one.pdf", "zh"), ("two.pdf", "en")):
        status, out, _ = desk.verify(file, language=language)
        assert status == 1 and ("文件在签署之后被改动过" in out or "was changed after it was signed" in out)


def test_what_was_added_after_the_signature(desk: SigningDesk, sealed: bytes, tmp_path: Path) -> None:
    Path("one.pdf").write_bytes(updated(sealed))
    status, out, _ = desk.verify("one.pdf", language="zh")
    assert status == 1 and "签署之后又添加了" in out and "所签内容没有改动" in out
    Path("other.p12").write_bytes(p12(certificate("冒名者")))
    other = open_key(tmp_path / "other.p12", "", [PASSPHRASE.encode()], AT)
    Path("two.pdf").write_bytes(signed_again(updated(sealed), other))
    status, out, _ = desk.verify("two.pdf")
    assert status == 1 and "Signed by: 冒名者" in out and "bytes were added after the signature" in out


def test_a_long_bulletin_is_compared_with_what_was_signed(
    signer: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """All of its objects, within the limit: 30,000 of them, in object streams that are each read once."""
    real = (cities.built(tmp_path_factory, "wuhan") / "zh" / "bulletin.pdf").read_bytes()
    (tmp_path / "turned.pdf").write_bytes(updated(signed(real, signer, AT)))
    findings = verify(tmp_path / "turned.pdf", [], AT)
    assert not findings.trouble and findings.data_whole and findings.signatures
    (signature,) = findings.signatures
    assert signature.intact and signature.added > 1000 and not signature.kept_up


def test_a_timestamp_that_was_added_later_keeps_a_signature_verifiable(desk: SigningDesk, sealed: bytes) -> None:
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


def test_a_byte_range_that_was_tampered_with(desk: SigningDesk, sealed: bytes) -> None:
    for number, data in enumerate(ranges(sealed)):
        Path(f"{number}.pdf").write_bytes(data)
        status, out, err = desk.verify(f"{number}.pdf")
        assert status == 1 and err == "" and "Signature: " in out and "Signature: verifies" not in out, number


def test_a_document_put_under_another_signature(desk: SigningDesk, sealed: bytes) -> None:
    """What is covered stays, word for word; what is shown stands in the gap that the signature leaves out."""
    first, second, rest = map(int, re.findall(rb"/ByteRange \[\s*0 (\d+) (\d+) (\d+)", sealed)[0])
    inside = sealed[first:second]
    wrapped = sealed[:first] + inside + b"evil" * 100 + sealed[second:]
    new = b"%d %d %d" % (first, second + 400, rest)
    old = b"%d %d %d" % (first, second, rest)
    Path("one.pdf").write_bytes(wrapped.replace(old, new[: len(old)].ljust(len(old)), 1))
    status, out, _ = desk.verify("one.pdf")
    assert status == 1 and "one.pdf: intact" not in out


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
        (replace_data(b"a,b\r\n1,2\r\n3,4\r\n", False), "【问题】校验值不符", "PROBLEM: not the recorded checksum"),
        (replace_data(b"a,b\r\n1,2,3\r\n", True), "【问题】内容有误", "PROBLEM: cannot be read as data"),
        (replace_data(b'a,b\r\n"1,2\r\n', True), "【问题】内容有误", "PROBLEM: cannot be read as data"),
        (replace_data(b"\xff\xfe", True), "【问题】内容有误", "PROBLEM: cannot be read as data"),
        (
            not_belonging,
            "【问题】没有列入文件的关联文件（AF）清单",
            "PROBLEM: not on the document's list",
        ),
    ],
)
def test_attached_files_that_are_not_as_they_should(
    desk: SigningDesk, bulletin: bytes, signer: Any, change: Callable[[Any, Any], None], zh: str, en: str
) -> None:
    Path("one.pdf").write_bytes(carrying(bulletin, signer, change))
    for language, words in (("zh", zh), ("en", en)):
        status, out, _ = desk.verify("one.pdf", language=language)
        assert status == 1 and words in out and ("签名：校验通过" in out or "Signature: verifies" in out)
    Path("right.pdf").write_bytes(carrying(bulletin, signer, replace_data(b"a,b\r\n1,2\r\n3,4\r\n", True)))
    status, out, _ = desk.verify("right.pdf", "--trust", "root.pem")
    assert status == 0 and "pledges.csv: 15 bytes, checksum right, can be read, 2 rows" in out


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


def test_a_list_reads_what_sha256sum_writes(tmp_path: Path) -> None:
    for odd in ("plain.txt", "with space.txt", "back\\slash", "new\nline", "整改.csv"):
        (tmp_path / odd).write_text(odd)
    done = subprocess.run("sha256sum *", shell=True, cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / checksums.NAME).write_bytes(done.stdout)
    compared = checksums.compare(tmp_path)
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
def test_a_broken_or_hostile_file_is_told(desk: SigningDesk, sealed: bytes, kind: str) -> None:
    Path("one.pdf").write_bytes(HOSTILE[kind](sealed))
    for language in ("zh", "en"):
        status, out, err = desk.verify("one.pdf", language=language)
        assert status == 1 and err == "" and out.startswith("one.pdf") and "\x1b" not in out
        assert "one.pdf: intact" not in out and "one.pdf：完好" not in out


def test_spoilt_at_any_place_it_is_told(desk: SigningDesk, sealed: bytes) -> None:
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


def test_a_device_and_a_pipe_are_no_files(desk: SigningDesk) -> None:
    os.mkfifo("pipe.pdf")
    for place in ("pipe.pdf", "/dev/zero"):
        status, out, err = desk.verify(place)
        assert status == 1 and err == "" and out.startswith(place), out


def test_a_name_writes_no_line_of_its_own(desk: SigningDesk, bulletin: bytes, tmp_path: Path) -> None:
    """Names of files, of folders and of signers come from anybody."""
    evil = "x: a copy\nbulletin.pdf: intact.\n\x1b[8m\u202e\x9b2J"
    Path(evil).mkdir()
    Path(evil, f"{evil}.pdf").write_bytes(bulletin[:100])
    Path(evil, "sha256sums.txt").write_text(f"{'0' * 64}  none\n")
    forger = tmp_path / "forger.p12"
    forger.write_bytes(p12(certificate(evil)))
    Path(evil, "signed.pdf").write_bytes(signed(bulletin, open_key(forger, "", [PASSPHRASE.encode()], AT), AT))
    for language in ("zh", "en"):
        for asked in (evil, f"{evil}/{evil}.pdf"):
            status, out, err = desk.verify(asked, language=language)
            assert status == 1 and err == "" and out.replace("\n", "").isprintable()
            assert "bulletin.pdf: intact." not in out.splitlines()
        status, out, err = desk.verify(f"{evil}.none", language=language)
        assert status == 2 and err.count("\n") == 1 and err.replace("\n", "").isprintable()
        status, out, err = desk.sign("--key", f"{evil}.p12", language=language)
        assert status == 1 and err.count("\n") == 2 and err.replace("\n", "").isprintable()


def test_the_path_of_a_problem_writes_no_line_of_its_own() -> None:
    told = Problem.at("districts/a\nb\x1b[8m.yaml", 1, 2, "file_missing", path="x").show("en")
    assert told.startswith("districts/a\\u000ab\\u001b[8m.yaml:1:2: ")
