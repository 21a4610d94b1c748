"""What a document may read: the assets it was given, by name, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "http://assets.invalid/"
"""Where a document's relative addresses lead: a name that can exist nowhere (RFC 2606), so all are answered here."""

_TYPES = mimetypes.MimeTypes()
"""Media types as Python knows them. The machine's own list may say something else."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers relative addresses from the assets by name; notes every other address in `refused`."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",))
        self.assets, self.refused = assets, list[str]()

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The bytes of an asset. Raises ValueError for anything else (and remembers it)."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = url.removeprefix(BASE).partition("?")[0]  # behind it stands which state of a file is meant
        if not url.startswith(BASE) or name not in self.assets:
            self.refused.append(url)
            raise ValueError(f"not an asset of this document: {url}")
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.assets[name], {"Content-Type": kind})
