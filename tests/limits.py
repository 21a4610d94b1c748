"""Makes content whose every text is as long as the model allows, for tests of what such content does to a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from hostile import SITE, read, write

from gazette.model.forms.texts import NOTICE_LIMIT, PROSE_LIMIT, TITLE_LIMIT
from gazette.model.records.tenures import Role


def text(beginning: str, limit: int) -> dict[str, str]:
    """A text of exactly so many characters in each language. Those that begin otherwise are others."""
    return {
        "zh": (beginning + "整改落实到位" * limit)[:limit],
        "en": (beginning + " sewage works beside the lake" * limit)[: limit - 1] + "s",
    }


def title(beginning: str) -> dict[str, str]:
    """A name or a title at its limit."""
    return text(beginning, TITLE_LIMIT)


def prose(beginning: str) -> dict[str, str]:
    """Some sentences: the summary alone is at its limit, which is what a sheet shows last, so that tests are quick."""
    return text(beginning, PROSE_LIMIT if beginning == "summary" else 150)


def unit(order: int, number: int, themes: int, short: str = "") -> dict[str, Any]:
    """A unit with two pledges, the second of which has reports; the first of them is its `number`."""
    id = f"qu{order}"
    return {
        "name": title(f"{order} "),
        "short": title(f"{order} ") if not short else {"zh": short, "en": short},
        "also": title("A"),
        "kind": "zone" if order % 2 else "district",
        "order": order,
        "commitments": 2,
        "signed_by": {"name": title("B"), "title": title("C")},
        "heads": [{"name": title("B"), "title": title("C"), "since": "2031-02-01"}],
        "renamed": [{"date": "2031-03-01", "before": title("Z"), "short": title("Z"), "reason": prose("AA")}],
        "revisions": [_revision({"name": title("Z"), "summary": prose("AB")})],
        "summary": prose("summary"),
        "notes": [{"kind": "doubtful", "printed": "印" * 60, "text": prose("E"), "outside": prose("F")}],
        "pledges": [_pledge(id, number, 1, themes), {**_pledge(id, number + 1, 2, themes), "updates": [*_updates()]}],
    }


def _pledge(id: str, number: int, item: int, themes: int) -> dict[str, Any]:
    return {
        "id": f"{id}-{number}",
        "covers": [item],
        "title": title(f"{number} "),
        "text": prose("G"),
        "themes": [f"theme{1 + (number + place) % themes}" for place in range(min(5, themes))],
        "programmes": ["plan"],
        "checkable": "partly",
        "why": prose("H"),
        "done_when": prose("I"),
        "target": {"value": "999999999999999.999999", "unit": title("J"), "what": title("K")},
        "target_changed": [{"date": "2031-04-01", "to": "0.000001", "by": title("AC"), "reason": prose("AD")}],
        "deadline": "2031-07/2031-08",
        "numbers": ["九" * 20, "9" * 20],
        "assigned": [{"role": role, "name": title("AE"), "since": "2031-02-01"} for role in get_args(Role)],
        "source": {
            "section": "节" * TITLE_LIMIT,
            "paragraph": 999,
            "item": "项" * 12,
            "url": "https://example.org/" + "y" * 480,
            "date": "2031-01-15",
        },
        "revisions": [_revision({"title": title("AF"), "text": prose("AG"), "done_when": prose("AH")})],
        "reply": {"date": "2031-08-01", "text": prose("AI")},
    }


def _revision(was: dict[str, Any]) -> dict[str, Any]:
    return {"date": "2031-06-30", "kind": "change", "by": title("AJ"), "reason": prose("AK"), "was": was}


def _notice(pledge: str) -> dict[str, Any]:
    return {
        "kind": "acceptance",
        "title": title("AL"),
        "date": "2031-07-01",
        "body": title("AM"),
        "pledges": [pledge],
        "numbers": ["九" * 40, "9" * 40],
        "of_list": title("AN"),
        "intro": prose("AO"),
        "sections": [{"heading": title("AP"), "text": prose("AQ")}],
        "accepted_by": title("AR"),
        "contact": {"office": title("AS"), "address": title("AT")},
        "revisions": [_revision({"title": title("AU")})],
    }


def _updates() -> Iterator[dict[str, Any]]:
    for day in range(1, 5):
        yield {"date": f"2031-06-0{day}", "state": "inspected", "text": prose(f"L{day} "), "body": title("M")}


def content(folder: Path, units: int, themes: int, number: int = 99_998, short: str = "") -> Path:
    """A content folder with so many units and themes. The last unit has the last place that there is."""
    shutil.copytree(SITE, folder, symlinks=False, ignore=shutil.ignore_patterns("districts", "notices"))
    (folder / "districts").mkdir()
    for order in (*range(1, units), 99_999):
        write(folder / "districts" / f"qu{order}.yaml", unit(order, number, themes, short))
    (folder / "notices").mkdir()
    write(folder / "notices" / "gong-shi.yaml", _notice(f"qu1-{number}"))
    names = [{"id": f"theme{n}", "name": title(f"{n} "), "text": prose("N")} for n in range(1, themes + 1)]
    write(folder / "themes.yaml", names)
    plan = {"id": "plan", "name": title("O"), "text": prose("P"), "basis": "outside", "outside": prose("Q")}
    write(folder / "programmes.yaml", [plan])
    term = {"id": "xiaohao", "term": title("R"), "text": prose("S"), "basis": "outside", "outside": prose("T")}
    write(folder / "glossary.yaml", [term])
    for path in (folder / "articles").iterdir():
        path.write_text(f"---\ntitle: {'题' * 300}\ndescription: {'述' * 300}\n---\n\n{'文。' * 500}\n", "utf-8")
    settings = read(folder / "site.yaml")
    settings |= {name: title("U") for name in ("title", "place", "strapline", "occasion", "motto", "source")}
    settings |= {"wordmark": title("整"), "base_url": "https://example.org/" + "x" * 480}
    settings |= {"fictional": text("V", NOTICE_LIMIT), "publisher": {"name": title("W"), "contact": title("X")}}
    settings |= {"tiles": [{"unit": "qu99999", "column": 24, "row": 24}], "rivers": []}
    settings["licence_texts"] = {"name": title("Y"), "url": "https://example.org/" + "z" * 480}
    write(folder / "site.yaml", settings)
    return folder
