"""Keeps account of the units of one output folder: which must be made again, and what each contributes to the site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.building.causes import Reason, as_text
from gazette.building.database.units import UnitRecord
from gazette.building.links import LinkLocation, LinkTarget
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reason_search import differing
from gazette.building.reasons import RebuildReasons
from gazette.building.unit_job import BuildContext, PageResult, UnitJob, UnitResult
from gazette.files.walk import Stat
from gazette.messages.problems import ContentError, Problem
from gazette.model.records.publications import moment_text
from gazette.reading.evidence_files import digests_of
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.unit_digests import NO_UNIT, UnitDigests, digest_of_notices
from gazette.reading.unit_loader import UnitSource
from gazette.reading.validation.claims import Claim, check_together


class _Read(NamedTuple):
    """The digests and states of a unit's files when they were read, as they will be stored."""

    digests: UnitDigests
    stats: tuple[Stat, ...]


class UnitRegistry:
    """The units of one `output`. `shared`: digest of everything but the unit's own files. `context`: what making any
    unit needs. `reasons` and its inputs learn of every change of a unit."""

    def __init__(self, output: Output, shared: str, context: BuildContext, reasons: RebuildReasons) -> None:
        self.output, self.database, self.shared = output, output.database, shared
        self.reasons, self.inputs, self.misses = reasons, reasons.inputs, context.misses
        self.as_of = context.as_of
        self.moment = moment_text(context.moment) if context.moment else ""
        self.units = self.database.units.all()
        self.problems: list[Problem] = []
        self.ends: dict[LinkTarget, LinkLocation] = {}
        self.wanted: dict[str, set[str]] = {}
        """Page paths of the units made in this build, by unit."""
        self._read: dict[str, _Read] = {}
        """The digests and states that were read of the stale units, by unit."""

    # ── before ──

    def stale_units(self, opened: LoadedContent) -> list[UnitJob]:
        """Return jobs for the units that must be made again. Forget units whose file is gone."""
        self._forget_gone(opened)
        tampered = {self.output.files.records[path].unit for path in self.output.files.tampered_files()}
        valid = {id: unit for id, unit in self.units.items() if id not in tampered and self._is_valid(id, unit)}

        def may_differ(path: Path) -> bool:
            return path.stem not in valid or self._may_differ(path, valid[path.stem], opened)

        jobs = (self._job(source, stats, valid.get(source.id)) for source, stats in opened.open_units(may_differ))
        return [job for job in jobs if job is not None]

    def _may_differ(self, path: Path, record: UnitRecord, opened: LoadedContent) -> bool:
        """Return whether a unit may differ from its `record`. Its files are not read: their states, and the digests of
        content that is already open, decide."""
        was, files = record.digests, opened.files_of(path, record.digests.others)
        if not record.stats or record.stats != tuple(map(opened.listing.stat, files)):
            return True
        if was.evidence != dict(digests_of(was.evidence, opened.known.files)):
            return True
        recorded = {path.stem: was.notices, **{id: other.notices for id, other in was.others.items()}}
        notices = {id: opened.notices_of(id) for id in recorded}
        return any(some is None or digest_of_notices(some) != recorded[id] for id, some in notices.items())

    def _forget_gone(self, opened: LoadedContent) -> None:
        there = {path.stem for path in opened.units}
        for id in [id for id in self.units if id not in there]:
            path = opened.diagnostics.display(opened.diagnostics.root / "districts" / f"{id}.yaml")
            self.inputs.unit(id, path, self.units[id], NO_UNIT)
            self.inputs.record_changes(id, *self.database.drop_unit(id))
            del self.units[id]

    def _job(self, source: UnitSource, stats: tuple[Stat, ...], valid: UnitRecord | None) -> UnitJob | None:
        """Return the job that makes a unit, or None if its record is `valid` and its files have the same digests."""
        digests = source.digests
        is_young = any(stat.youngest_ns > self.output.youngest_ns for stat in stats)
        read = _Read(digests, () if is_young else stats)
        if valid is not None and valid.digests == digests:
            self.database.units.put_stats(source.id, read.stats)
            return None
        self._read[source.id] = read
        self.inputs.unit(source.id, source.path, self.units.get(source.id), digests)
        intact = self.output.files.intact(self.database.files.of_unit(source.id))
        return UnitJob(source, {path: own.key for path, own in intact.items()})

    def _is_valid(self, id: str, record: UnitRecord) -> bool:
        """Return whether a unit's record holds, apart from its own files: same shared digest, a reference date on which
        it holds, same moment of publication, and no page left out earlier that this build wants."""
        is_timely = record.days.hold(self.as_of) and record.moment in (None, self.moment)
        return record.shared == self.shared and is_timely and not self.misses(id, record.undone)

    # ── after ──

    def store_result(self, made: UnitResult) -> dict[str, tuple[Reason, ...]]:
        """Store what a unit now contributes. Return the reasons for the pages that were made, by path."""
        self.problems += made.problems
        record = UnitRecord(
            position=made.position,
            kind=made.kind,
            shared=self.shared,
            undone=made.undone,
            digests=self._read[made.id].digests,
            stats=self._read[made.id].stats,
            days=made.days,
            moment=self.moment if made.awaits else None,
            headings=made.headings,
            ids=made.ids,
        )
        before, self.units[made.id] = self.units.get(made.id), record
        if made.problems:
            return {}
        slots, counts = self.database.put_unit(made.id, record, made.counts, made.fragments)
        counts |= _names_changed(before, record)
        if self.inputs.units[made.id] and made.pages and not counts and not any(map(self._shows_more, made.pages)):
            self.inputs.says_the_same(made.id)
        self.inputs.record_changes(made.id, slots, counts)
        self.inputs.slot_templates.update(made.slot_templates)
        self.wanted[made.id] = {page.path for page in made.pages}
        for goal, spot in made.ends.items():
            self.ends.setdefault(goal, spot)
        fresh = {}
        for page in made.pages:
            if page.data is not None:
                why = self.reasons.of_page(made.id, page.path, page.key, page.template)
                self.output.changes.stage(
                    page.path, page.data, Origin(made.id, page.kind, page.key, as_text(why), page.stated)
                )
                fresh[page.path] = why
            elif page.is_current:
                self.output.changes.note(page.path, page.stated)
        return fresh

    def _shows_more(self, page: PageResult) -> bool:
        """Return whether a page is new or its view differs from that of the last build."""
        record = self.output.files.records.get(page.path)
        return record is None or (page.key != record.key and "view" in differing(record.key, page.key))

    def check(self, opened: LoadedContent) -> None:
        """Raise ContentError with every problem of the units, each alone and against each other."""
        diagnostics, root = opened.diagnostics, opened.diagnostics.root / "districts"
        claims = {
            id: Claim(diagnostics.display(root / f"{id}.yaml"), unit.position, unit.ids)
            for id, unit in sorted(self.units.items())
            if unit.position
        }
        check_together(diagnostics, claims, opened.published_of_none())
        if self.problems or diagnostics.problems:
            raise ContentError([*self.problems, *diagnostics.problems])

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of public units, each where it first occurs in official order."""
        public = sorted((unit.position, unit.kind) for unit in self.units.values() if unit.kind)
        return tuple(dict.fromkeys(kind for _, kind in public))

    def files_named(self) -> set[str]:
        """Return the names of the files that may be evidence of some unit, drafts included."""
        return {name for unit in self.units.values() for name in unit.digests.evidence}

    def headings(self) -> str:
        """Return the characters of the units' names, each once, sorted."""
        return "".join(sorted(set("".join(unit.headings for unit in self.units.values()))))

    def obsolete_files(self, kinds: Iterable[str]) -> list[str]:
        """Return the paths of units' files, of the given `kinds`, that are no longer wanted."""
        chosen = set(kinds)
        return [
            path
            for path, record in self.output.files.records.items()
            if record.unit
            and record.kind in chosen
            and (record.unit not in self.units or path not in self.wanted.get(record.unit, (path,)))
        ]


def _names_changed(before: UnitRecord | None, now: UnitRecord) -> set[str]:
    """Return the pseudo-count "names" if a unit's name, kind or position changed: shared pages depend on them."""
    same = before and (before.position, before.kind, before.headings) == (now.position, now.kind, now.headings)
    return set() if same else {"names"}
