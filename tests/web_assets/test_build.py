"""What `node web/build.mjs` made: everything that pages ask for, and nothing that names a machine."""

import json
import re

import pytest

from casework.config import ROOT

STATIC = ROOT / "build" / "static"
USED_ICONS = re.compile(r"\bicon\(\s*['\"]([a-z-]+)['\"]")


@pytest.fixture(scope="module")
def manifest():
    return json.loads((STATIC / "manifest.json").read_text())


@pytest.mark.parametrize(
    "name",
    [
        *("sagsgang.css", "viewer.css", "viewer.js", "page.js", "htmx.js", "icons.svg"),
        *("diagram-editor.js", "decision-editor.js", "form-editor.js", "diagram-editor.css", "form-editor.css"),
    ],
)
def test_the_manifest_leads_to_a_file_with_a_hash_in_its_name(manifest, name):
    stem, _, suffix = name.rpartition(".")

    assert re.fullmatch(rf"{stem}-[0-9A-Z]{{8}}\.{suffix}", manifest[name])
    assert (STATIC / manifest[name]).stat().st_size > 100


def test_what_the_style_sheet_asks_for_is_there(manifest):
    css = (STATIC / manifest["sagsgang.css"]).read_text()
    asked = [path for path in re.findall(r'url\("?([^")]+)"?\)', css) if not path.startswith("data:image/svg+xml")]

    assert asked
    assert all((STATIC / path).is_file() for path in asked)
    assert len([path for path in asked if path.endswith(".woff2")]) == 4


def test_the_style_sheet_holds_nothing_that_the_security_policy_forbids(manifest):
    for name in ("sagsgang.css", "viewer.css", "diagram-editor.css", "decision-editor.css", "form-editor.css"):
        css = (STATIC / manifest[name]).read_text()

        assert not re.search(r"url\([\"']?data:(?!image/svg\+xml)", css)  # images may be
        assert "http://" not in css.replace("http://www.w3.org", "")
        assert "https://" not in re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_the_style_sheet_holds_what_pages_use_and_no_component_that_none_has(manifest):
    css = (STATIC / manifest["sagsgang.css"]).read_text()

    assert all(name in css for name in (".sg-due--overdue", ".alert-success", ".form-checkbox", ".heat-4", ".details"))
    assert not [name for name in (".cookiemessage", ".stepguide", ".tooltip", ".overflow-menu") if name in css]


def test_what_is_promised_to_lie_packed_does(manifest):
    packed = {name: STATIC / f"{hashed}.br" for name, hashed in manifest.items() if not name.endswith(".woff2")}

    assert all(file.stat().st_size < (STATIC / manifest[name]).stat().st_size for name, file in packed.items())


def test_every_icon_that_a_page_shows_is_in_the_sprite(manifest):
    sprite = (STATIC / manifest["icons.svg"]).read_text()
    templates = (ROOT / "api" / "web" / "templates").rglob("*.html")

    used = {name for template in templates for name in USED_ICONS.findall(template.read_text())}

    assert used <= set(re.findall(r'<symbol id="([^"]+)"', sprite))


def test_the_lock_file_names_no_registry():
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)


def test_versions_are_exact():
    package = json.loads((ROOT / "web" / "package.json").read_text())

    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
