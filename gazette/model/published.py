"""What a unit states in public, as plain facts: what must not change or vanish without a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from gazette.model.deadline_changes import deadline_changes
from gazette.model.evidence import files_of
from gazette.model.evidence_files import EvidenceFile
from gazette.model.notice_records import NoticeFile, NoticeRevision
from gazette.model.revisions import EvidenceBefore, PledgeBefore, PledgeRevision, UnitBefore, UnitRevision
from gazette.model.target_changes import figure_changes
from gazette.model.texts import one_line
from gazette.model.unit_parts import Figure, Signatory
from gazette.model.unit_records import Pledge, Unit

FIELDS = ("name", "signed_by", "summary", "title", "text", "done_when", "target", "deadline", "step", "evidence")
"""What is kept of a unit (the first three and the last) and of a pledge."""

NOTICE = "notice"
"""What is kept of a notice: its title, in the register of each unit whose pledges it names."""

EVIDENCE, EVIDENCE_OF_NOTICE = "evidence", "notice_evidence"
"""What is kept of a file that is published as evidence: its name and its SHA-256."""

OF_NOTICES = (NOTICE, EVIDENCE_OF_NOTICE)


class PublishedFact(NamedTuple):
    """A `field` of the unit, pledge or notice `id`, in a language (empty where it is the same in all), as one line of
    text."""

    id: str
    field: str
    language: str
    value: str


def facts_of(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """What the unit `id` states now, with the names that it had and the deadlines and figures that were granted. `unit`
    is without its drafts."""
    yield from stated_facts(id, unit)
    for renamed in unit.renamed:
        yield from _texts(id, "name", renamed.before)
    for pledge in unit.pledges:
        for change in deadline_changes(pledge):
            yield PublishedFact(pledge.id, "deadline", "", change.to.stated)
        yield from _granted(pledge, pledge.target)
        for update in pledge.updates:
            yield PublishedFact(pledge.id, "step", "", f"{update.date} {update.state}")


def stated_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """How the unit `id` is called, and what it stated: each field once."""
    yield from _of_unit(id, UnitBefore(name=unit.name, signed_by=unit.signed_by, summary=unit.summary))
    for pledge in unit.pledges:
        yield from _of_pledge(pledge.id, _as_it_is(pledge))


def explained_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """What the unit `id` stated before, by its revisions."""
    for revision in unit.revisions:
        yield from _before(id, revision)
    for pledge in unit.pledges:
        for change in pledge.revisions:
            yield from _before(pledge.id, change)
            yield from _granted(pledge, change.was.target)


def facts_of_notices(notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """What is stated of notices now."""
    for file in notices:
        yield from _texts(file.id, NOTICE, file.notice.title)


def explained_titles(id: str, revisions: Iterable[NoticeRevision]) -> Iterator[PublishedFact]:
    """The titles that the notice `id` had before, and the files that were its evidence."""
    for revision in revisions:
        yield from _texts(id, NOTICE, revision.was.title)
        yield from _evidence_before(id, EVIDENCE_OF_NOTICE, revision.was.evidence)


def evidence_facts(id: str, unit: Unit, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    """The `files` that are evidence of the unit `id` itself, and of each of its pledges."""
    own = tuple(getattr(unit, name) for name in unit.__struct_fields__ if name != "pledges")
    for owner, record in ((id, own), *((pledge.id, pledge) for pledge in unit.pledges)):
        yield from _evidence(owner, EVIDENCE, record, files)


def evidence_facts_of_notices(notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """The files that are evidence of notices."""
    for file in notices:
        yield from _evidence(file.id, EVIDENCE_OF_NOTICE, file.notice, file.files)


def _evidence(id: str, field: str, record: object, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    digests = {file.name: file.digest for file in files if file.kind}
    yield from (PublishedFact(id, field, "", f"{name} {digests[name]}") for name in files_of(record) if name in digests)


class RevisedField(NamedTuple):
    """A field of the unit or pledge `id` that was revised, and what it said `before`: a line in each language."""

    unit: str
    id: str
    field: str
    before: Mapping[str, str]
    revision: PledgeRevision | UnitRevision


def revised_fields(id: str, unit: Unit) -> Iterator[RevisedField]:
    """The fields that were revised, of the unit `id` and of its pledges, in order of date."""
    every: list[tuple[str, PledgeRevision | UnitRevision]] = [(id, revision) for revision in unit.revisions]
    every += [(pledge.id, revision) for pledge in unit.pledges for revision in pledge.revisions]
    for owner, revision in sorted(every, key=lambda each: each[1].date):
        before: dict[str, dict[str, str]] = {}
        for fact in _before(owner, revision):
            texts = before.setdefault(fact.field, {})
            texts |= {fact.language: fact.value} if fact.language else dict.fromkeys(unit.name, fact.value)
        yield from (RevisedField(id, owner, field, texts, revision) for field, texts in before.items())


def _before(id: str, revision: PledgeRevision | UnitRevision) -> Iterator[PublishedFact]:
    if isinstance(revision, UnitRevision):
        yield from _of_unit(id, revision.was)
    else:
        yield from _of_pledge(id, revision.was)


def _as_it_is(pledge: Pledge) -> PledgeBefore:
    return PledgeBefore(
        title=pledge.title,
        text=pledge.text,
        done_when=pledge.done_when,
        target=pledge.target,
        deadline=pledge.deadline,
    )


def _granted(pledge: Pledge, stated: Figure | None) -> Iterator[PublishedFact]:
    """The figures that were granted in place of the one that is or was `stated`: they stood in its words."""
    if stated is None:
        return
    for change in figure_changes(pledge):
        yield from _texts(pledge.id, "target", _figure(replace(stated, value=change.to)))


def _of_unit(id: str, stated: UnitBefore) -> Iterator[PublishedFact]:
    yield from _texts(id, "name", stated.name)
    yield from _texts(id, "signed_by", _signed(stated.signed_by))
    yield from _texts(id, "summary", stated.summary)
    yield from _evidence_before(id, EVIDENCE, stated.evidence)


def _of_pledge(id: str, stated: PledgeBefore) -> Iterator[PublishedFact]:
    yield from _texts(id, "title", stated.title)
    yield from _texts(id, "text", stated.text)
    yield from _texts(id, "done_when", stated.done_when)
    yield from _texts(id, "target", _figure(stated.target))
    if stated.deadline is not None:
        yield PublishedFact(id, "deadline", "", stated.deadline.stated)
    if stated.step is not None:
        yield PublishedFact(id, "step", "", f"{stated.step.date} {stated.step.state}")
    yield from _evidence_before(id, EVIDENCE, stated.evidence)


def _evidence_before(id: str, field: str, before: EvidenceBefore | None) -> Iterator[PublishedFact]:
    if before is not None:
        yield PublishedFact(id, field, "", before.stated)


def _texts(id: str, field: str, texts: Mapping[str, str] | None) -> Iterator[PublishedFact]:
    for language, text in (texts or {}).items():
        yield PublishedFact(id, field, language, one_line(text))


def _signed(signatory: Signatory | None) -> Mapping[str, str]:
    return {code: f"{name} | {signatory.title[code]}" for code, name in signatory.name.items()} if signatory else {}


def _figure(figure: Figure | None) -> Mapping[str, str]:
    if figure is None:
        return {}
    return {code: f"{figure.value} {unit} | {figure.what[code]}" for code, unit in figure.unit.items()}
