"""Owns what a thing to be published is: its path, how it is made and from what."""

from __future__ import annotations

import msgspec
from markupsafe import escape

from gazette.site.kinds import Kind


class Slot(msgspec.Struct, frozen=True):
    """A place in a shared target that units fill: the lines of its `name`, joined by `glue`; with `most`, the first so
    many of them. Glue is plain text, such as a word of the interface: what stands between the lines is
    `Target.between`."""

    name: str
    glue: str = ""
    most: int = 0


class Attachment(msgspec.Struct, frozen=True):
    """A file of the site that a document carries: what it is, in the document's language, and the day (ISO 8601) that
    its content is of."""

    target: Target
    about: str
    day: str


class SheetLayout(msgspec.Struct, frozen=True):
    """How much of a view one sheet of paper shows: letters of so many points, of what is listed the first `most`, and
    of each thing so much as its `depth` says."""

    points: float
    depth: str
    most: int


class Target(msgspec.Struct, frozen=True):
    """One file of the site.

    `path` is relative to the site's root. `maker` names a function of `render.MAKERS`. `view` is all that the maker
    may know of the content (a frozen record of texts and numbers). `template` is what it is poured into, `assets` are
    names of files of the templates folder that it reads, `slots` the places that units fill. `attachments` are
    files that it carries, as a document. `needs` are the paths of targets that it is made from, `gathers` the kinds
    whose files it is made from, all of them.
    `fits` are the ways to show it on one sheet of paper, those of a depth together, the roomiest first: of the first
    depth that finds room in any way, the first way that does is taken. `weight` orders the work: the longest first.
    """

    path: str
    kind: Kind
    maker: str
    view: object = None
    template: str | None = None
    assets: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    needs: tuple[str, ...] = ()
    gathers: tuple[Kind, ...] = ()
    fits: tuple[SheetLayout, ...] = ()
    weight: int = 1

    def between(self, slot: Slot) -> str:
        """What stands between the lines of a slot: its glue, as markup in all that is markup."""
        return slot.glue if self.maker in PLAIN else str(escape(slot.glue))

    @property
    def every_slot(self) -> tuple[Slot, ...]:
        """The slots of the target itself and of the files that it carries."""
        return (*self.slots, *(slot for each in self.attachments for slot in each.target.slots))


PLAIN = ("table",)
"""The makers whose lines are no markup. Those of all others are laid out from HTML, or are XML."""


class Fragment(msgspec.Struct, frozen=True):
    """What one unit adds to a slot of the shared target `path` (where the links of the line begin).

    The lines of a slot stand in the order of `rank` (such as a date), then in that of their units.
    """

    slot: str
    path: str
    kind: Kind
    maker: str
    view: object
    template: str | None = None
    rank: str = ""
