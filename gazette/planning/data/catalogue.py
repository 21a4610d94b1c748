"""Plans the catalogue that describes the tables to open data portals (DCAT 3, as self-contained JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.language import iso
from gazette.site import data_format, tables
from gazette.site.routes import CATALOGUE, DATA_PACKAGE, relative, route
from gazette.site.target import Target

_CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "name": {"@id": "foaf:name", "@container": "@language"},
    "identifier": "dct:identifier",
    "language": "dct:language",
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "license": {"@id": "dct:license", "@type": "@id"},
    "publisher": {"@id": "dct:publisher", "@type": "@id"},
    "source": {"@id": "dct:source", "@type": "@id"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
    "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "mediaType": {"@id": "dcat:mediaType", "@type": "@id"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
}

_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    tables.BOOK_ENDING: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types of a table's forms, by file ending."""


def catalogue_targets(content: SharedContent, totals: Totals) -> Iterator[Target]:
    """Yield the catalogue, with the size and the digest of each file."""
    forms = {name: [*tables.ENDINGS] for name in tables.present(totals.__getitem__)}
    for name in tables.with_book(totals.__getitem__):
        forms[name].append(tables.BOOK_ENDING)
    text = json.dumps(_Catalogue(content).whole(forms), ensure_ascii=False, indent=1)
    needs = tuple(f"data/{name}.{ending}" for name, endings in forms.items() for ending in endings)
    yield Target(CATALOGUE, "exports", "facts", f"{text}\n", needs=needs)


class _Catalogue:
    def __init__(self, content: SharedContent) -> None:
        self.content, self.site = content, content.site

    def whole(self, forms: dict[str, list[str]]) -> dict[str, Any]:
        """Return the catalogue of tables: `forms` is `{table: [ending]}`."""
        site = self.site
        return {
            "@context": _CONTEXT,
            "@id": self._address(CATALOGUE),
            "@type": "dcat:Catalog",
            "title": self._texts(site.title),
            "description": self._texts(self.content.words["downloads.description"]),
            **self._common(),
            "dataset": [self._table(name, endings) for name, endings in forms.items()],
        }

    def _table(self, name: str, endings: list[str]) -> dict[str, Any]:
        return {
            "@id": f"{self._address(CATALOGUE)}#{name}",
            "@type": "dcat:Dataset",
            "identifier": name,
            "title": self._texts(self.content.words[f"file.{name}"]),
            "description": self._texts(self.content.words[f"table.{name}"]),
            "source": {"@type": "dct:BibliographicResource", "title": self._texts(self.site.source)},
            **self._common(),
            "landingPage": [self._address(f"{route('dictionary', code)}#{name}") for code in self.content.languages],
            "distribution": [self._file(f"data/{name}.{ending}", ending) for ending in endings],
        }

    def _file(self, path: str, ending: str) -> dict[str, Any]:
        return {
            "@type": "dcat:Distribution",
            "title": self._texts(self.content.words[f"file_what.{ending}"]),
            "accessURL": self._address(path),
            "downloadURL": self._address(path),
            "mediaType": f"https://www.iana.org/assignments/media-types/{_MEDIA_TYPES[ending]}",
            "byteSize": data_format.fact_of(path, data_format.SIZE),
            "checksum": {
                "@type": "spdx:Checksum",
                "algorithm": "spdx:checksumAlgorithm_sha256",
                "checksumValue": data_format.fact_of(path, data_format.SUM),
            },
            **({"conformsTo": self._address(DATA_PACKAGE)} if ending == "csv" else {}),
            **self._licence(),
        }

    def _common(self) -> dict[str, Any]:
        """Return what applies to all tables."""
        facts: dict[str, Any] = {"language": [language.tag for language in self.site.languages], **self._licence()}
        if self.site.as_of:
            facts["modified"] = iso(self.site.as_of)
        if self.site.publisher.name:
            facts["publisher"] = {"@type": "foaf:Agent", "name": self._texts(self.site.publisher.name)}
        return facts

    def _licence(self) -> dict[str, Any]:
        licence = self.site.licence_data
        if licence is None:
            return {}
        at = {"@id": licence.url} if licence.url else {}
        return {"license": {**at, "@type": "dct:LicenseDocument", "title": self._texts(licence.name)}}

    def _texts(self, text: dict[str, str]) -> dict[str, str]:
        """Return a text by BCP 47 tag."""
        return {language.tag: text[language.code] for language in self.site.languages}

    def _address(self, path: str) -> str:
        """Return the full address of a file, or its path relative to the catalogue."""
        return f"{self.site.base_url}{path}" if self.site.base_url else relative(path, CATALOGUE)
