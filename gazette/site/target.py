"""What a thing to be published is: its path, how it is made and from what."""

from __future__ import annotations

import msgspec
from markupsafe import escape

from gazette.site.kinds import Kind


class Slot(msgspec.Struct, frozen=True):
    """A place in a shared target that units fill: the fragments of its `name`, joined by `separator`; with `limit`, the
    first so many of them; of a `span` the first and the last.

    A name that ends in `/` is that of all slots which begin with it and a number (`zh/units/zone/`: those of
    `zh/units/zone/1`, `zh/units/zone/2`, …). A separator is plain text, such as a word of the interface: what stands
    between the fragments is `Target.between`. Fragments that stand `elsewhere`, on pages that this target leads
    through, are not shown here: but where they change, so does what it leads through.
    """

    name: str
    separator: str = ""
    limit: int = 0
    span: bool = False
    elsewhere: bool = False


class Attachment(msgspec.Struct, frozen=True):
    """A file of the site that a document carries: what it is, in the document's language, and the day (ISO 8601) that
    its content is of."""

    target: Target
    about: str
    day: str


class SheetLayout(msgspec.Struct, frozen=True):
    """How much of a view one sheet of paper shows: letters of so many points, of what is listed the first `limit`, and
    of each thing so much as its `depth` says."""

    points: float
    depth: str
    limit: int


class Target(msgspec.Struct, frozen=True):
    """One file of the site.

    `path` is relative to the site's root. `maker` names a function of `render.RENDERERS`. `view` is all that the maker
    may know of the content (a frozen record of texts and numbers). `template` is what it is rendered with, `assets` are
    names of files of the templates folder that it reads, `slots` the places that units fill. `attachments` are
    files that it carries, as a document. `needs` are the paths of targets that it is made from, `needs_kinds` the kinds
    whose files it is made from, all of them.
    `layouts` are the ways to show it on one sheet of paper, those of a depth together, the roomiest first: of the first
    depth that finds room in any way, the first way that does is taken. `cost` orders the work: the longest first.
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
    needs_kinds: tuple[Kind, ...] = ()
    layouts: tuple[SheetLayout, ...] = ()
    cost: int = 1

    def between(self, slot: Slot) -> str:
        """What stands between the fragments of a slot: its separator, as markup in all that is markup."""
        return slot.separator if self.maker in PLAIN else str(escape(slot.separator))

    @property
    def all_slots(self) -> tuple[Slot, ...]:
        """The slots of the target itself and of the files that it carries."""
        return (*self.slots, *(slot for each in self.attachments for slot in each.target.slots))


def whole_slot(name: str) -> str:
    """The name of the slot that holds the fragments of a numbered one, too."""
    return f"{name.rpartition('/')[0]}/"


PLAIN = ("table", "files", "feed")
"""The makers whose fragments are no markup. Those of all others are laid out from HTML, or are XML."""


class Fragment(msgspec.Struct, frozen=True):
    """What one unit adds to a slot of the shared target `path` (where the links of the fragment
    begin).

    The fragments of a slot stand in the order of `sort_key` (such as a date), then in that of their units.
    """

    slot: str
    path: str
    kind: Kind
    maker: str
    view: object
    template: str | None = None
    sort_key: str = ""
