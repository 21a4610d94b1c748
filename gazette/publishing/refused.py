"""Defines the exception for a destination, or the way to it, that refuses us."""

from __future__ import annotations

from gazette.messages.coded import Coded


class Refused(Coded):
    """The destination, or the way to it, refuses us."""
