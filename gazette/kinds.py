"""Owns the kinds of things that are published: what `--only` may name."""

from __future__ import annotations

from typing import Literal

Kind = Literal["pages", "data", "pdf", "pictures", "search"]
KINDS: tuple[Kind, ...] = ("pages", "data", "pdf", "pictures", "search")
