"""Runs that change a folder of signed files. It imports little: tests start a process for each run that is killed."""

from __future__ import annotations

from pathlib import Path

from gazette.signing.signed_folder import SignedFolder

OLD = {"zh/a.pdf": b"old a", "zh/b.pdf": b"old b", "en/gone.pdf": b"gone"}
NEW = {"zh/a.pdf": b"new a", "zh/b.pdf": b"old b", "fr/c.pdf": b"new c"}


def opened(folder: Path) -> SignedFolder:
    return SignedFolder(folder / "signed", "signed")


def put(folder: Path, files: dict[str, bytes]) -> list[str]:
    """One run by hand. Returns what it removed."""
    signed = opened(folder)
    assert signed.foreign_files() == []
    with signed.locked():
        for path, data in files.items():
            signed.stage(path, data)
        return signed.commit()
