"""Reads the values of options. Each reader returns the value, or raises UsageError.

Only the standard library is imported, as in `arguments`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from gazette.cli.paths import misuse
from gazette.messages.catalogue import languages
from gazette.messages.problems import UsageError
from gazette.site.kinds import KINDS

VALUES = {
    "--content": "DIR",
    "--templates": "DIR",
    "--cache": "DIR",
    "--output": "DIR",
    "--to": "DIR",
    "--messages": "|".join(languages()),
    "--as-of": "YYYY-MM-DD",
    "--base-url": "URL",
    "--executor": "processes|serial|dask://HOST:PORT",
    "--jobs": "N",
    "--only": "KIND,…",
    "--report": "FILE",
    "--explain": "PATH",
    "--port": "N",
    "--unit": "ID",
    "--key": "FILE.p12",
    "--passphrase-file": "FILE",
    "--rollback": "RELEASE",
    "--signed": "DIR",
    "--at": "YYYY-MM-DDTHH:MM",
    "--trust": "CERT.pem",
    "--reviewed": "ID",
    "--set": "FIELD=VALUE",
    "--into": "DIR",
    "--ids": "FILE",
}
"""The placeholder for the value of each option that takes one, as the help shows it."""


def read_folder(option: str, text: str) -> Path:
    """Return a path. An empty text is refused: a script with an empty variable must not mean the current folder."""
    if not text.strip():
        raise wrong_use("option_value", option=option, expected=VALUES[option])
    return Path(text)


def read_path(option: str, text: str) -> str:
    """Return a path as it was typed."""
    read_folder(option, text)
    return text


def read_answer(_: str, text: str) -> tuple[str, str]:
    """Return an answer given in advance: `FIELD=VALUE` as a pair."""
    field, sign, value = text.partition("=")
    if not sign or not field.strip():
        raise wrong_use("option_set", found=text)
    return field.strip(), value


def read_language(_: str, text: str) -> str:
    """Return a language that has messages."""
    if text not in languages():
        raise wrong_use("option_messages", found=text, expected=listed(languages()))
    return text


def read_day(_: str, text: str) -> datetime.date:
    """Return a day, written in ISO 8601."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise wrong_use("option_as_of_form", found=text)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise wrong_use("option_as_of_absent", found=text) from None


def read_time(_: str, text: str) -> datetime.datetime:
    """Return a time without a zone: the command reads it in the zone of the site, or of this machine."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", text):
            raise ValueError(text)
        time = datetime.datetime.fromisoformat(text)
        time.astimezone()  # refuses a year that no clock shows
        return time
    except (ValueError, OverflowError, OSError):
        raise wrong_use("option_at", found=text) from None


def read_address(_: str, text: str) -> str:
    """Return the complete address of a site."""
    from gazette.model.forms.base_address import base_address
    from gazette.model.forms.fields import InvalidValue

    try:
        return base_address(text)
    except InvalidValue as error:
        raise wrong_use(_OF_BASE_URL.get(error.code, error.code), found=text) from None


_OF_BASE_URL = dict.fromkeys(("url_form", "base_url_form"), "option_base_url")
"""The message about `--base-url` for each message about an address in the content."""


def read_release(option: str, text: str) -> str:
    """Return the id of a release, as `publish --list` prints it; "" for the one before."""
    if not re.fullmatch(r"([0-9]{8}-[0-9]{6}-[0-9a-f]{8})?", text):
        raise wrong_use("option_rollback", option=option, found=text)
    return text


def read_executor(_: str, text: str) -> str:
    """Return who works: several processes of this machine or one, or the scheduler of a Dask cluster."""
    port = re.fullmatch(r"dask://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):0*([0-9]{1,5})", text)
    if text not in ("processes", "serial") and not (port and 0 < int(port[1]) <= 65_535):
        raise wrong_use("option_executor", found=text)
    return text


def read_jobs(_: str, text: str) -> int:
    """Return a number of processes from 1 to 9999."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,3}", text):
        raise wrong_use("option_jobs", found=text)
    return int(text)


def read_port(_: str, text: str) -> int:
    """Return a port from 0 to 65535."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65_535:
        raise wrong_use("option_port", found=text)
    return int(text)


def read_kinds(_: str, text: str) -> tuple[str, ...]:
    """Return kinds of files separated by commas, Chinese ones too, in the order of `KINDS`."""
    names = [name for part in re.split("[,，、]", text) if (name := part.strip())]
    for name in names or [text]:
        if name not in KINDS:
            raise wrong_use("option_only", found=name, near=nearest(name, KINDS), expected=listed(KINDS))
    return tuple(kind for kind in KINDS if kind in names)


def wrong_use(code: str, /, **values: object) -> UsageError:
    """Return the error for a command that cannot be carried out."""
    return UsageError([misuse(code, **values)])


def nearest(text: str, words: Iterable[str]) -> str:
    """Return the one of `words` that is most similar to a text; "" if none is similar."""
    import difflib

    return next(iter(difflib.get_close_matches(text, words, 1, 0.7)), "")


def listed(names: Iterable[str]) -> str:
    """Join names for a sentence."""
    return ", ".join(names)
