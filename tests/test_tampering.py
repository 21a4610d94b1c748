"""Signed documents and attached files that were changed afterwards: what is told of them."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cities
import pytest
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reached import at_least_one
from signatures import AT, PASSPHRASE, SIGNS, SigningDesk, certificate, p12, pem

from gazette.signing.key import open_key
from gazette.signing.signature import signed
from gazette.signing.verify import verify


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


@pytest.mark.long
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
    made = certificate("时间戳", key=key_pair, uses=(*SIGNS, ExtendedKeyUsageOID.TIME_STAMPING))
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
    for number, data in at_least_one(enumerate(ranges(sealed))):
        Path(f"{number}.pdf").write_bytes(data)
        status, out, err = desk.verify(f"{number}.pdf")
        assert status == 1 and err == "" and "Signature: " in out and "Signature: valid" not in out, number


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
    """A bulletin whose attached history.csv is changed, then signed: the signature holds."""
    writer = IncrementalPdfFileWriter(io.BytesIO(bulletin))
    belonging = writer.root["/AF"]
    specs = [belonging[place] for place in range(len(belonging))]
    (spec,) = [spec for spec in specs if spec["/UF"] == "history.csv"]
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
        assert status == 1 and words in out and ("签名：校验通过" in out or "Signature: valid" in out)
    Path("right.pdf").write_bytes(carrying(bulletin, signer, replace_data(b"a,b\r\n1,2\r\n3,4\r\n", True)))
    status, out, _ = desk.verify("right.pdf", "--trust", "root.pem")
    assert status == 0 and "history.csv: 15 bytes, checksum right, can be read, 2 rows" in out
