"""Defines the views of cards that other sites show in a frame."""

from __future__ import annotations

from gazette.site.views.elements import DeadlineMark, StatusMark, View
from gazette.site.views.unit import UnitCard


class EmbeddedPledge(View, frozen=True):
    """A pledge on a card. `day` (ISO) is the reference date of its state, "" if none matters."""

    id: str
    number: int
    title: str
    status: StatusMark
    deadline: DeadlineMark
    day: str


class EmbedView(View, frozen=True):
    """The cards of a unit: its own, and one for each pledge, which an address with the pledge's id shows."""

    card: UnitCard
    pledges: tuple[EmbeddedPledge, ...]

    @property
    def day(self) -> str:
        """The latest of the days on which the pledges' states depend."""
        return max(pledge.day for pledge in self.pledges)


class OembedView(View, frozen=True):
    """The oEmbed description of a unit's card (oembed.com). All addresses are absolute."""

    title: str
    site: str
    home: str
    card: str
    picture: str
