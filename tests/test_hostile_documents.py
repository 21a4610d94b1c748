"""Files made by anybody are verified: broken and hostile ones are told, and none is taken for intact."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from signatures import AT, PASSPHRASE, SigningDesk, certificate, p12

from gazette.messages.problems import Problem
from gazette.signing.key import open_key
from gazette.signing.signature import signed


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
