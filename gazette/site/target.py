"""Defines a file to be published: its path, how it is made, and from what."""

from __future__ import annotations

import msgspec
from markupsafe import escape

from gazette.site.kinds import Kind


class Slot(msgspec.Struct, frozen=True):
    """A place in a shared target that units fill: the fragments called `name`, joined by `separator`. With `limit`,
    only the first so many; with `span`, only the first and the last.

    A name that ends in `/` means all slots that continue it with a number (`zh/units/zone/`: those of
    `zh/units/zone/1`, `zh/units/zone/2`, …). `separator` is plain text, such as an interface word; `Target.between`
    makes it fit the file. With `elsewhere`, the fragments stand on pages to which this target leads; they are not shown
    here, but their changes affect it.
    """

    name: str
    separator: str = ""
    limit: int = 0
    span: bool = False
    elsewhere: bool = False


class Attachment(msgspec.Struct, frozen=True):
    """A file of the site that a document carries, with its description in the document's language and the date of its
    content (ISO 8601)."""

    target: Target
    about: str
    day: str


class SheetLayout(msgspec.Struct, frozen=True):
    """One layout to try on a single sheet: font size (pt), depth of detail, length of lists."""

    points: float
    depth: str
    limit: int


class Target(msgspec.Struct, frozen=True):
    """One file of the site.

    `path` is relative to the site's root. `maker` names a function of `render.RENDERERS`. `view` is all that the maker
    knows of the content (a frozen record of texts and numbers). It is rendered with `template`, which reads the
    `assets`, names of files in the templates folder. `slots` are the places that units fill.

    `attachments` are files that it carries, as a document. It is made from the targets with the paths `needs` and from
    all files of the kinds `needs_kinds`.

    `layouts` are the layouts to try on a single sheet, grouped by depth, the roomiest first. The first depth with a
    layout that fits is used, with its first fitting layout. `cost` orders the work, the longest first.
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
        """The separator of a slot as the file needs it: escaped, unless the file is plain."""
        return slot.separator if self.maker in PLAIN else str(escape(slot.separator))

    @property
    def all_slots(self) -> tuple[Slot, ...]:
        """The slots of the target itself and of the files that it carries."""
        return (*self.slots, *(slot for each in self.attachments for slot in each.target.slots))


def whole_slot(name: str) -> str:
    """The name of the slot that comprises a numbered one."""
    return f"{name.rpartition('/')[0]}/"


PLAIN = ("table", "files", "feed")
"""The makers whose fragments are not markup. All others use HTML or XML."""


class Fragment(msgspec.Struct, frozen=True):
    """The addition of one unit to a slot of the shared target `path`, from where its links are relative.

    The fragments of a slot are sorted by `sort_key` (such as a date), then in the order of their units.
    """

    slot: str
    path: str
    kind: Kind
    maker: str
    view: object
    template: str | None = None
    sort_key: str = ""
