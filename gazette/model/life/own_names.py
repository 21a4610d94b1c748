"""Recognizes a body that is the unit itself under another form of its name, such as its government or administrative
committee."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gazette.lazy_re import pattern

_BRACKETS = pattern(r"[(\[【〔].*?[)\]】〕]")
_ORGANS = pattern(
    r"(?:(?:人民)?政府|管理委员会|管委会|(?:中共)?区委|(?:中共)?县委|党工委|工作委员会|委员会)(?:办公室|办公厅)?$"
)
_ABOVE = pattern(r"^(?:中共)?(?:\w{1,8}?省)?(?:\w{0,6}?市)(?=\w{2})")
"""The province or city that may precede a district's name, or 市 alone."""

_ORGANS_EN = pattern(
    r"\b(?:people s government|government|administrative committee|management committee|administration committee"
    r"|party committee)\b"
)
_NO_BODY = pattern(r"[本我该]?(?:区|县|港区|园区|新区)?")
"""What remains of an organ's name that does not say whose organ it is; then it is this unit's."""

_MARKS = pattern(r"[\s“”‘’\"'「」·]")
_WRITTEN_OTHERWISE = str.maketrans("會員區縣黨辦", "会员区县党办")

_BETWEEN_WORDS = pattern(r"[^\w]+")
_SMALL_WORDS = {"the", "of", "general", "office"}


def is_itself(body: str, names: Iterable[str]) -> bool:
    """True if `body` is one of the units called `names`, or an organ that stands for it. A body whose name merely
    contains such a name, such as a bureau's branch in a district, is another body."""
    own_forms = {form for name in names if name for form in forms_of(name)}
    forms = forms_of(body)
    return not own_forms.isdisjoint(forms) or any(_NO_BODY.fullmatch("".join(form)) for form in forms)


def forms_of(name: str) -> set[tuple[str, ...]]:
    """The reduced forms of a name, without brackets, organ words and the city above. Two names with a form in common
    mean the same body."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip().casefold()
    if not text.isascii() and "’" not in text:
        bare = text = _MARKS.sub("", text).translate(_WRITTEN_OTHERWISE)
        while (less := _ORGANS.sub("", bare)) != bare:
            bare = less.rstrip("、和及")
        bare = bare.removeprefix("中共")
        return {(bare,), (_ABOVE.sub("", bare),)}
    words = " ".join(_BETWEEN_WORDS.sub(" ", text).split())
    kept = [word for word in _ORGANS_EN.sub(" ", words).split() if word not in _SMALL_WORDS]
    return {tuple(sorted(kept or words.split()))}
