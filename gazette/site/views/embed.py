"""The cards that other sites show in a frame."""

from __future__ import annotations

from gazette.site.views.elements import DeadlineMark, StatusMark, View
from gazette.site.views.unit import UnitCard


class EmbeddedPledge(View, frozen=True):
    """A pledge on a card; `day` (ISO) is the one that its state is told of, or nothing."""

    id: str
    number: int
    title: str
    status: StatusMark
    deadline: DeadlineMark
    day: str


class EmbedView(View, frozen=True):
    """The cards of a unit: its own, and one for each of its pledges, which an address with its id shows."""

    card: UnitCard
    pledges: tuple[EmbeddedPledge, ...]

    @property
    def day(self) -> str:
        """The last of the days that the states are told of."""
        return max(pledge.day for pledge in self.pledges)


class OembedView(View, frozen=True):
    """What oEmbed says of a unit's card (oembed.com): all addresses are whole ones."""

    title: str
    site: str
    home: str
    card: str
    picture: str
