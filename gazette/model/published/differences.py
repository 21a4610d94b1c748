"""Compares one unit, pledge or notice in two snapshots."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from gazette.model.forms.dates import read_deadline
from gazette.model.published.day_differences import of_days
from gazette.model.published.facts import EVIDENCE
from gazette.model.published.holder_differences import taken_over, tenures
from gazette.model.published.shared_fields import SIGNER_ONLY
from gazette.model.published.snapshot_lines import DETAILS
from gazette.model.published.snapshots import EXPLAINED, WORKED_OUT, Entry
from gazette.model.records.changes import Found

_PLEDGES = {
    "reopened": "reopened",
    "not-held": "not_held",
    "upheld": "upheld",
    "sent-back": "sent_back",
    "withdrawn": "withdrawn",
    "accepted": "accepted",
    "split": "split",
}
_UNITS = {"merged": "merged", "divided": "divided"}
_NOTICES = {
    "result-upheld": "notice_upheld",
    "result-not-upheld": "notice_result",
    "result-unopposed": "notice_result",
    "withdrawn": "notice_withdrawn",
}
"""Steps that have a change kind of their own, for pledges, units and notices. All others have the kind `step`."""

_GOES_AS_A_STEP = ("updates", "reply", "withdrawn", "split", "ended", "result", "results")
"""Fields reported as steps when they come or go."""

_GOES_BY_NAME = ("heads", "assigned")
"""Fields whose changes are reported as persons who came or went."""


def differences(old: Entry, entry: Entry) -> Iterator[Found]:
    """All differences between `old` and `entry`, in no particular order."""
    whys = _whys(old, entry)
    yield from _revised(old, entry, whys)
    yield from _steps(old, entry, whys)
    yield from _files(old, entry, whys)
    yield from _parts(old, entry, whys)
    yield from of_days(old, entry)
    yield from _granted(old, entry)
    yield from tenures(old, entry)
    yield from _words(old, entry)
    yield from taken_over(old, entry)


def came_of(entry: Entry) -> Iterator[Found]:
    """The results and withdrawal of a notice that is new: it may be over before two snapshots are compared."""
    yield from (each for each in _steps(Entry(entry.unit, entry.id, {}), entry, {}) if each.kind != "step")


def of_kind(kind: str, entry: Entry) -> str:
    """The kind with the suffix for a unit, a notice, a setting or shared content; unchanged for a pledge."""
    if entry.of:
        return f"{kind}_setting" if entry.of in SIGNER_ONLY else f"{kind}_shared"
    return f"{kind}_notice" if entry.is_notice else f"{kind}_unit" if entry.is_unit else kind


def _whys(old: Entry, entry: Entry) -> dict[str, tuple[str, str]]:
    """`{field: (kind, day)}` of the revisions that are new."""
    whys = {}
    for revision in entry.values("revision"):
        if revision not in old.values("revision"):
            day, kind, field = revision.split(" ")
            whys[field] = kind, day
    return whys


def _kept(old: Entry, entry: Entry, field: str, begin: str = "") -> dict[str, str]:
    """`{language: text}` that new revisions keep of the field's old value, if the text starts with `begin`."""
    texts: dict[str, str] = {}
    for language in entry.languages("was"):
        for line in entry.values("was", language):
            _, _, revised_field, text = line.split(" ", 3)
            if revised_field == field and text.startswith(begin) and line not in old.values("was", language):
                texts[language] = text
    return texts


# ── what it says ─────────────────────────────────────────────────────────────


def _revised(old: Entry, entry: Entry, whys: Mapping[str, tuple[str, str]]) -> Iterator[Found]:
    """Fields whose text changed, each with the kind and day of the revision that explains it, if any."""
    said = {field for field, _ in (*old.said, *entry.said)} - {*WORKED_OUT, "order"}
    for field in sorted({*said, *(field for field in whys if field not in ("step", EVIDENCE))}):
        before, after = _both(old, entry, field)
        if before != after or field in whys:
            kind, day = whys.get(field, (_unexplained(field, entry), ""))
            kept = {} if any(before.values()) else _kept(old, entry, field)
            yield Found(of_kind(kind, entry), day, field, kept or before, after)


def _files(old: Entry, entry: Entry, whys: Mapping[str, tuple[str, str]]) -> Iterator[Found]:
    """Evidence files that are no longer evidence (`after` is empty) or whose bytes changed."""
    old_digests, now_digests = (dict(value.rsplit(" ", 1) for value in each.values("file")) for each in (old, entry))
    kind, day = whys.get(EVIDENCE, ("reworded", ""))
    for name, digest in old_digests.items():
        if now_digests.get(name) != digest:
            yield Found(of_kind(kind, entry), day, EVIDENCE, {"": name}, {"": name if name in now_digests else ""})


def _unexplained(field: str, entry: Entry) -> str:
    """The kind of change for a field without a revision: `reworded` if a revision could explain the field, otherwise
    `altered`."""
    can_be = not entry.of and field in (("title",) if entry.is_notice else EXPLAINED)
    return "reworded" if can_be else "altered"


def _both(old: Entry, entry: Entry, field: str) -> tuple[dict[str, str], dict[str, str]]:
    """The field's texts before and after, in the languages that both have: adding a language changes nothing."""
    before, after = old.texts(field), entry.texts(field)
    if not before and not after:
        return {"": old.value(field)}, {"": entry.value(field)}
    common = before.keys() & after.keys() if before and after else before.keys() | after.keys()
    return (
        {language: before.get(language, "") for language in sorted(common)},
        {language: after.get(language, "") for language in sorted(common)},
    )


def _parts(old: Entry, entry: Entry, whys: Mapping[str, tuple[str, str]]) -> Iterator[Found]:
    """Changes that nothing else reports: for a step that its details changed, for another field that it changed."""
    before, now = _fingerprints(old, entry)
    reported = {*whys}  # these come with their revision
    for field, key in sorted(before.keys() | now.keys()):
        was, is_now = before.get((field, key)), now.get((field, key))
        if was == is_now:
            continue
        if field == "updates" and was and is_now:
            kind, day = whys.get("step", ("reworded", ""))
            kept = _kept(old, entry, "step", key.partition("/")[0])
            said = {code: more for code, text in kept.items() if (more := text.partition(" | ")[2])}
            yield Found(of_kind(kind, entry), day, DETAILS, said, {"": key.replace("/", " ")})
        elif _is_untold(field, key, bool(was), bool(is_now)) and field not in reported:
            reported.add(field)
            yield Found(of_kind("altered", entry), "", field)


def _is_untold(field: str, key: str, was: bool, is_now: bool) -> bool:
    """True if no other difference reports this change of a part. Additions are reported as events, except to fields
    with a single value."""
    if key == "-" or (was and is_now):
        return True
    return was and field not in (*_GOES_AS_A_STEP, *_GOES_BY_NAME)


_Fingerprints = dict[tuple[str, str], frozenset[tuple[str, str]]]
"""`{(field, key): {(language, fingerprint)}}`"""


def _fingerprints(old: Entry, entry: Entry) -> tuple[_Fingerprints, _Fingerprints]:
    """The fingerprints of the parts of both entries, in the languages that both have."""
    before, now = old.languages("part"), entry.languages("part")
    common = {*before} & {*now} or {*before, *now}
    return _by_part(old, common), _by_part(entry, common)


def _by_part(entry: Entry, languages: set[str]) -> _Fingerprints:
    prints_by_part: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for language in sorted(languages):
        for part in entry.values("part", language):
            field, key, print_ = part.split(" ")
            prints_by_part.setdefault((field, key), set()).add((language, print_))
    return {part: frozenset(prints) for part, prints in prints_by_part.items()}


# ── what happened ────────────────────────────────────────────────────────────


def _steps(old: Entry, entry: Entry, whys: Mapping[str, tuple[str, str]]) -> Iterator[Found]:
    """Steps that are new, and steps that are gone."""
    own_kinds = _NOTICES if entry.is_notice else _UNITS if entry.is_unit else _PLEDGES
    for event in entry.values("event"):
        if event not in old.values("event"):
            day, _, what = event.partition(" ")
            what, _, pledges = what.partition(" ")  # the result of some pledges names them
            kind = own_kinds.get(what, "step")
            after = {"": pledges.replace(" ", " | ")} if pledges else {}
            after = _into(entry) if kind in ("merged", "divided", "split") else after
            n = _days_late(entry, day) if kind == "accepted" else 0
            yield Found(f"{kind}_of" if pledges else kind, day, what, after=after, n=n)
    for event in old.values("event"):
        if event not in entry.values("event"):
            kind, day = whys.get("step", ("reworded", ""))
            yield Found(of_kind(kind, entry), day, "step", {"": " ".join(event.split(" ")[:2])})


def _into(entry: Entry) -> dict[str, str]:
    return entry.texts("into") or {"": entry.value("into")}


def _days_late(entry: Entry, day: str) -> int:
    """Days between the stated date and the acceptance on `day`; after a reopening, from the date set then. 0 if in time
    or without a date."""
    stated = entry.value("deadline")
    reopened = max((event[:10] for event in entry.values("event") if event.endswith(" reopened")), default="")
    if reopened and reopened <= day:
        by = [value for language in entry.languages("moved") for value in entry.values("moved", language)]
        granted = (each for each in entry.values("moved") if not any(grant.startswith(f"{each} ") for grant in by))
        stated = next((each.split(" ")[2] for each in granted if each.startswith(reopened)), "")
    last = read_deadline(stated).last if stated else None
    return max(0, (datetime.date.fromisoformat(day) - last).days) if last else 0


def _granted(old: Entry, entry: Entry) -> Iterator[Found]:
    """New deadlines and figures: granted, or set on reopening."""
    for field, kind in (("moved", "moved"), ("figure", "retargeted")):
        for granted in entry.values(field):
            if granted in old.values(field):
                continue
            day, before, after = granted.split(" ")
            by = {
                language: value.removeprefix(f"{granted} ")
                for language in entry.languages(field)
                for value in entry.values(field, language)
                if value.startswith(f"{granted} ")
            }
            units = entry.texts("figure_unit") if field == "figure" else {}
            was, is_now = ({code: f"{n} {unit}" for code, unit in units.items()} or {"": n} for n in (before, after))
            yield Found(kind=kind if by else "reset", day=day, what="", before=was, after=is_now, by=by)


# ── words of the interface ───────────────────────────────────────────────────


def _words(old: Entry, entry: Entry) -> Iterator[Found]:
    """Interface words that changed, and the number added or removed. Only the number, because a new version of the
    program may bring many."""
    before, now = _by_name(old), _by_name(entry)
    for name in sorted(before.keys() & now.keys()):
        common = sorted(before[name].keys() & now[name].keys())
        was, is_now = ({language: texts[name][language] for language in common} for texts in (before, now))
        if was != is_now:
            yield Found("altered_setting", "", name, was, is_now)
    for kind, names in (("words_added", now.keys() - before.keys()), ("words_gone", before.keys() - now.keys())):
        if names:
            yield Found(kind, n=len(names))


def _by_name(entry: Entry) -> dict[str, dict[str, str]]:
    texts_by_name: dict[str, dict[str, str]] = {}
    for language in entry.languages("word"):
        for value in entry.values("word", language):
            name, _, text = value.partition(" ")
            texts_by_name.setdefault(name, {})[language] = text
    return texts_by_name
