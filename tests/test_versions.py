"""The versions that are part of keys: nothing that a site is made with may change it unseen."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from cities import BASE
from msgspec.structs import replace
from program import ROOT, SITE
from reached import at_least_one
from whole import open_content
from workplaces import Workplace

from gazette import installed, versions
from gazette.building import derived, uptodate
from gazette.building.uptodate import fingerprint
from gazette.files.cache import NO_CACHE
from gazette.installed import CODECS, LIBRARIES
from gazette.planning import evidence, frozen
from gazette.planning.plan import plan_unit, shared_assets, shared_paths
from gazette.rendering import recipe
from gazette.rendering.recipe import recipe_key, shared_digest
from gazette.rendering.render import DOCUMENTS, RENDERERS
from gazette.rendering.template_folder import SiteFiles, load_templates
from gazette.rendering.templates import TemplateSet
from gazette.site.kinds import KINDS
from gazette.site.target import Target
from gazette.versions import MAKERS, tools_of

WITHOUT_EFFECT = {
    "brotlicffi",  # for PyPy alone, in place of brotli
    "pycparser",  # reads declarations in C for cffi: another version declares the same, or fails
}

OF_PROGRAM = ("gazette", "fonts")
"""What lies in the folder of the program, whose files a fingerprint tells of."""


def test_every_package_that_a_site_is_made_with_is_in_a_key() -> None:
    locked = re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"))
    assert len(locked) > 20
    assert {*locked} - WITHOUT_EFFECT - tools_of(*MAKERS, fonts="x").keys() == set()


def test_of_every_maker_it_is_said_what_it_uses() -> None:
    of_files = {evidence.PICTURE, evidence.COPY, frozen.MAKER}
    assert {"content", *RENDERERS, *DOCUMENTS, *derived.MAKERS, *of_files} == {*MAKERS}


def test_what_lies_below_the_packages_is_in_the_keys_of_documents() -> None:
    found = tools_of("pdf", fonts="x")
    assert {"pango", "harfbuzz", "freetype", "fontconfig", "zlib", "fonts", "python", "gazette"} <= found.keys()
    assert "absent" not in found.values()


def test_libraries_of_pictures_have_the_versions_that_pillow_tells() -> None:
    from PIL import features

    names = ("jpg", "libjpeg_turbo", "webp", "littlecms2", "freetype2", "zlib", "zlib_ng")
    assert [*installed.codecs().values()] == [features.version(name) or "absent" for name in names]
    assert "absent" not in [*installed.codecs().values()][:-1], "zlib-ng is not in every Pillow"


@pytest.fixture(scope="module")
def templates() -> TemplateSet:
    content = open_content(SITE).content
    return load_templates(
        ROOT / "templates", "templates", content, SiteFiles(shared_paths(content), shared_assets()), NO_CACHE
    )


@pytest.fixture(scope="module")
def unit_makers() -> set[str]:
    """The makers of what units give a site that has everything; and what their files are read with."""
    opened = open_content(SITE, base_url=BASE)
    plans = [plan_unit(opened.content, file, opened.content.site.as_of, KINDS) for file in opened.unit_files]
    found = {target.maker for plan in plans for target in plan.targets}
    assert {"page", "one-page", "share"} <= found
    return {"content", *found}


def test_another_version_of_anything_makes_all_anew_that_is_made_with_it(
    templates: TemplateSet, unit_makers: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys of its makers, the digest of what units are made from, and what a glance sees before a build."""

    def found(fonts: str) -> tuple[dict[str, str], str, str]:
        recipe._program_digest.cache_clear()
        own = replace(templates, fonts=templates.fonts._replace(digest=fonts))
        keys = {maker: recipe_key(Target("x", "pages", maker), own, {}) for maker in MAKERS}
        return keys, shared_digest((), own), fingerprint((), ())

    keys, shared, seen = found("x")
    for tool in at_least_one(tools_of(*MAKERS, fonts="x")):
        with monkeypatch.context() as patch:
            _replace(tool, patch)
            new_keys, new_shared, new_seen = found("y" if tool == "fonts" else "x")
        users = {maker for maker in MAKERS if tool in tools_of(maker, fonts="x")}
        assert {maker for maker in MAKERS if new_keys[maker] != keys[maker]} == users, tool
        assert new_shared != shared or users.isdisjoint(unit_makers), tool
        assert new_seen != seen or tool in OF_PROGRAM, tool
    recipe._program_digest.cache_clear()


def _replace(tool: str, patch: pytest.MonkeyPatch) -> None:
    """Another version of a tool: the machine has another library, another Python, or another package is found first."""
    other = "0.0.99"
    if table := next((table for table in (LIBRARIES, CODECS) if tool in table), None):
        patch.setitem(table, tool, lambda: other)
    elif tool == "python":
        patch.setattr(versions, "sys", SimpleNamespace(version_info=(0, 0, 99)))
        patch.setattr(uptodate, "sys", SimpleNamespace(version=other))
    elif tool == "gazette":
        patch.setattr(versions, "VERSION", other)
    elif tool != "fonts":
        folders = (f"{tool.replace('-', '_')}-{other}.dist-info", *installed.folders())
        patch.setattr(installed, "folders", lambda: folders)
        patch.setattr(uptodate, "installed_folders", lambda: folders)


def test_another_library_of_pictures_makes_those_of_units_anew(built: Workplace) -> None:
    """Where the site was built a moment ago, and nothing else is another."""
    asked = ("--base-url", BASE, "--only", "pictures")
    built.build(*asked)
    assert " 0 made" in built.build(*asked)
    pictures = len([*built.output.rglob("*.png")])
    assert pictures > 2 * len([*(built.content / "districts").iterdir()])
    other = "from gazette import installed; installed.CODECS['freetype in pillow'] = lambda: '0.0.99'"
    said = built.build(*asked, patch=other)
    assert f" {pictures} made" in said and "freetype in pillow changed from version" in said
