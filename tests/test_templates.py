"""Templates: a mistake in one is told with its place, and a change in any is in some key."""

from __future__ import annotations

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from compiled import compiled
from program import ROOT, SITE, run, tree
from whole import open_content

from gazette.files.cache import Cache
from gazette.model.records.editions import Edition
from gazette.planning import site_views
from gazette.planning.counting import Totals
from gazette.planning.plan import Beside, plan_shared, plan_unit, shared_assets, shared_paths
from gazette.rendering.recipe import recipe_key
from gazette.rendering.template_folder import SiteFiles, load_templates
from gazette.rendering.templates import TemplateSet
from gazette.site.kinds import KINDS


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("units.html", "{% endblock %}", "{% endblok %}", r"units\.html:\d+:1: the template is wrong"),
        ("theme.html", "view.card", "view.kard", r"theme\.html:\d+:1: the template failed .*kard"),
        ("themes.html", "w.nav.themes", "w.nav.teams", r"themes\.html:\d+:1: the template uses .nav\.teams"),
        ("home.html", 'url("method")', 'url("methods")', r"home\.html:\d+:1: .* links to .methods"),
    ],
)
def test_a_broken_template_is_named_with_its_line_and_nothing_is_written(
    name: str, right: str, wrong: str, told: str, tmp_path: Path
) -> None:
    templates, site = tmp_path / "templates", tmp_path / "site"
    shutil.copytree(ROOT / "templates", templates)
    text = (templates / name).read_text("utf-8")
    assert right in text
    (templates / name).write_text(text.replace(right, wrong, 1), "utf-8")
    asked = [f"--output={site}", f"--cache={compiled(tmp_path / 'cache')}", f"--templates={templates}"]
    done = run(*asked, "--no-pdf")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert re.search(told, done.stderr), done.stderr
    assert not site.exists() or tree(site) == {}


def test_every_file_of_the_templates_is_in_some_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template, style or script whose change made nothing again would leave stale pages behind."""
    monkeypatch.setattr(site_views, "IN_PARTS_FROM", 1)
    opened = open_content(SITE, base_url="https://example.org/")
    edition = Edition(1, datetime.date(2031, 10, 1), None, 4, 15, (), (), "", "")
    content, as_of = msgspec.structs.replace(opened.content, editions=(edition,)), opened.content.site.as_of
    units = [plan_unit(content, unit_file, as_of, KINDS) for unit_file in opened.unit_files]
    sums = sum((Counter(unit.counts) for unit in units), Counter({f"phrase.{content.glossary[0].id}.units": 2}))
    targets = plan_shared(content, Totals(sums, ("district", "zone")), as_of, Beside("", (), opened.notices))
    targets = [*targets, *(target for unit in units for target in unit.targets)]
    fragments = {each.template for unit in units for each in unit.fragments if each.template}
    digests = dict.fromkeys((slot.name for target in targets for slot in target.slots), "")

    def keys(templates: TemplateSet) -> Iterator[str]:
        yield from (templates.digest(name) for name in sorted(fragments))
        yield from (recipe_key(target, templates, digests) for target in targets)

    needed = SiteFiles(shared_paths(content, opened.notices), shared_assets())
    found = load_templates(ROOT / "templates", "templates", content, needed, Cache(None, ""))
    there = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")}
    assert there == found.templates.keys() | found.assets.keys(), "what is neither is in no key"
    before = [*keys(found)]
    for name in sorted(there):
        templates = {path: text + "\n" * (path == name) for path, text in found.templates.items()}
        assets = {path: data + b"\n" * (path == name) for path, data in found.assets.items()}
        other = msgspec.structs.replace(found, templates=templates, assets=assets)
        assert any(old != new for old, new in zip(before, keys(other), strict=True)), name
