"""Documents read the assets that they were given, by name, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "http://assets.invalid/"
"""The base of a document's relative addresses. No such host can exist (RFC 2606), so every address is answered here."""

_TYPES = mimetypes.MimeTypes()
"""The media types that Python knows. The machine's own list may say something else."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers relative addresses with assets (name → bytes). Every other address is noted in `refused`."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",))
        self.assets, self.refused = assets, list[str]()

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The response with the bytes of an asset, or of a `data:` address. Raises ValueError for anything else."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = url.removeprefix(BASE).partition("?")[0]  # what follows names a version of the file
        if not url.startswith(BASE) or name not in self.assets:
            self.refused.append(url)
            raise ValueError(f"not an asset of this document: {url}")
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.assets[name], {"Content-Type": kind})
