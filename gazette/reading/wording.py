"""Lists the interface words that are looked up by a code: the program needs one for each code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from gazette.model.forms.dates import RHYTHMS, UNDATED, DeadlineKind
from gazette.model.forms.record import choices
from gazette.model.life.notice_status import NoticeState
from gazette.model.life.status import ALERTS, STATES
from gazette.model.published.shared_fields import PUBLIC_SHARED, PUBLIC_TOLD
from gazette.model.published.snapshot_lines import TOLD
from gazette.model.records.changes import PUBLIC_GROUPS, PUBLIC_KINDS
from gazette.model.records.content import ProgramWord, Words
from gazette.model.records.lifecycle import EVENTS, OF_UNITS, STEPS
from gazette.model.records.notices import NoticeKind, NoticePart
from gazette.model.records.revisions import RevisionKind
from gazette.model.records.shared import Basis
from gazette.model.records.tenures import Role
from gazette.model.records.unit_parts import Checkable, NoteKind, State, UnitKind
from gazette.searching.shards import WORDS
from gazette.site.file_table import FILE_KINDS
from gazette.site.routes import DOCUMENTS
from gazette.site.tables import AS_OF, BOOK_ENDING, ENDINGS, TABLES

_COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns]
_DOCUMENTS = (*DOCUMENTS, "parallel", "sums", "book", "package", "catalogue", "calendar", "feed")

BY_CODE: dict[str, tuple[str, ...]] = {
    "nav": ("units", "themes", "programmes", "notices", "deadlines"),
    "state": STATES,
    "event": (*EVENTS, *OF_UNITS),
    "step": choices(State),
    "step_means": choices(State),
    "step_need": (*dict.fromkeys(name for each in STEPS.values() for name in each.needs),),
    "step_reason": tuple(code for code, each in STEPS.items() if each.or_else),
    "role": (*choices(Role), "head"),
    "late": ALERTS,
    "notice_kind": choices(NoticeKind),
    "notice_kinds": choices(NoticeKind),
    "notice_part": choices(NoticePart),
    "notice_state": choices(NoticeState),
    "alert": ALERTS,
    "means": (*STATES, *ALERTS),
    "status": ("none", "active", "accepted", "reopened", "withdrawn"),
    "since": PUBLIC_KINDS,
    "since_n": PUBLIC_GROUPS,
    "shared": PUBLIC_TOLD,
    "shared_before": PUBLIC_SHARED,
    "shared_after": PUBLIC_SHARED,
    "note": (*choices(NoteKind), *choices(RevisionKind), "translation"),
    "revised": TOLD,
    "checkable": choices(Checkable),
    "kind": choices(UnitKind),
    "kind_one": choices(UnitKind),
    "basis": choices(Basis),
    "rhythm": RHYTHMS,
    "deadline": UNDATED,
    "lane": choices(DeadlineKind),
    "lane_why": UNDATED,
    "strokes": ("none", "under-way", "accepted", "reopened", "withdrawn"),
    "heading": ("contents", "matrix", "summary", "deadlines", "statements", "programmes", "glossary", "colophon"),
    "file": (*_DOCUMENTS, *TABLES),
    "file_what": (*_DOCUMENTS, *ENDINGS, BOOK_ENDING),
    "table": (*TABLES,),
    "export": ("about", "title", "source", "as_of", "licence", "address", "book"),
    "calendar": ("stated", "before", "now", "period"),
    "file_kind": FILE_KINDS,
    "file_size": ("kb", "mb"),
    "search": WORDS,
    "type": tuple(dict.fromkeys(column.type for _, column in _COLUMNS)),
    **{f"column.{table}": (*(column.name for column in columns), AS_OF.name) for table, columns in TABLES.items()},
    **{f"code.{column.name}": column.codes for _, column in _COLUMNS if column.codes},
}
"""`{group of words: codes}` by which templates look them up (`w.state[code]`)."""


def needed() -> Iterator[str]:
    """The names of all words that the program needs, besides those that templates name."""
    names = dict.fromkeys(choices(ProgramWord))
    names |= dict.fromkeys(f"{group}.{code}" for group, codes in BY_CODE.items() for code in codes)
    yield from names


def absent(words: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(group, words) of needed words that are missing from `words`."""
    present = {*words}
    groups: dict[str, list[str]] = {}
    for name in needed():
        if name not in present:
            group, _, last = name.rpartition(".")
            groups.setdefault(group, []).append(last)
    yield from ((group, tuple(names)) for group, names in groups.items())


_ALONE = """
    nav status means period page.skip page.draft page.moved page.table editions.title editions.since editions.files
    editions.nothing since since_n shared
    size heading n kind kind_one state event step step_means step_need step_reason steps.reported steps.status
    steps.needs steps.after steps.nothing steps.as_above role alert late checkable deadline rhythm lane code type file
    not_found ledger note.doubtful note.remark note.correction note.change note.translation revised
    matrix.caption_rows matrix.whole matrix.head_unit matrix.head_pledges matrix.units_naming map.scroll
    home.title home.heading home.description home.description_after home.deck home.deck_after home.ear_units
    home.ear_pledges home.ear_reports home.read_more home.read_doubtful_link home.all_downloads units.description
    unit.beside units.summaries unit.promised_by unit.taken_beside unit.taken_joint pledge.answered
    unit.signed_by unit.pledges unit.reports unit.checkable unit.principle unit.dated unit.programmes
    unit.print unit.bulletin unit.heads unit.in_charge unit.joint pledge.joint pledge.numbers pledge.split_from
    pledge.read_source
    pledge.source_date pledge.number pledge.status pledge.deadline pledge.figure pledge.themes pledge.programmes
    pledge.checkable pledge.id pledge.source pledge.neighbours pledge.previous pledge.following pledge.cite pledge.moved
    update.inspected update.body update.basis update.notice update.contact update.by update.recheck update.deadline
    update.reached update.granted themes.one themes.description programmes.one
    changes.description update.period
    programmes.description deadlines.description glossary.description downloads.description downloads.dictionary
    dictionary.field dictionary.type dictionary.meaning official.totals official.by_deadline official.by_unit
    official.by_theme official.of_kind official.pledges official.units official.reported official.sum parallel.signed
    sheet.kicker sheet.description brief.kicker brief.description result axis compare phrases brief.heading_late
    brief.heading_units brief.heading_states brief.heading_deadlines brief.heading_changes brief.head_date
    brief.head_pledge brief.head_state brief.head_reported brief.head_accepted brief.head_late brief.head_kind
    brief.head_of brief.sum notice_kind notice_kinds notice_part notice_state notices.description notices.pledges
    notices.date notices.body notices.numbers notices.accepted_by notices.period notices.state notices.result
    notices.contact notices.office notices.phone notices.email notices.address notices.accountable notices.post
    notices.measure notices.print notices.print_pdf notices.count notices.year reply.said reply.see update.notice_file
    file_kind update.evidence_at search
    pledge.cite_note pledge.cite_note_dated pledge.report_link policy.write portal embed.offer footer.print
    page.invented downloads.table downloads.rows downloads.files
"""

SPEAKING = tuple(_ALONE.split())
"""Words and groups of words that stand alone in a link, button, heading or label. None of them may be empty."""

_SPEAKING = frozenset(SPEAKING)


def silent(words: Words) -> Iterator[tuple[str, str]]:
    """(name, language) of words that are empty and may not be."""
    for name, texts in words.items():
        if not _SPEAKING.isdisjoint(accumulate(name.split("."), "{}.{}".format)):
            yield from ((name, language) for language, text in texts.items() if not text.strip())


JOINT_LIMIT = 60
"""The length limit, in characters, of words between other words and sentences, since they are repeated often."""


def long_joints(words: Words) -> Iterator[tuple[str, str, int]]:
    """(name, language, length) of words between others that exceed `JOINT_LIMIT`."""
    for name, texts in words.items():
        if name.startswith("gap."):
            yield from ((name, code, len(text)) for code, text in texts.items() if len(text) > JOINT_LIMIT)
