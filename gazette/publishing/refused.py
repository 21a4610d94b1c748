"""What is raised where the other side, or the way there, does not let us."""

from __future__ import annotations

from gazette.messages.coded import Coded


class Refused(Coded):
    """The other side, or the way there, does not let us."""
