"""Pages and styles held to what others say HTML and CSS are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT, SMALL, build, copy_newsroom
from tests.quality import tools

HTML: dict[str, Any] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
    "rules": {
        # "<!doctype html>" is as good in small letters, says HTML itself.
        "doctype-style": "off",
        # It takes the marks round a card, <!--[id]-->, for what Internet Explorer once read. They are how a story
        # is cut out of a page.
        "no-conditional-comment": "off",
        # A checksum guards against other people's servers, and no page asks any.
        "require-sri": ["error", {"target": "crossorigin"}],
    },
}
CSS_RULES: dict[str, Any] = {
    # The sheet follows the page from top to bottom; a rule for a state of one thing may stand before a plainer rule
    # for another that never meets it.
    "no-descending-specificity": None,
}
# Each of these faults must be told, or a validator that sees nothing would pass everything.
BAD_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head>
<body><img src="x.webp"><p id="a" id="a">x<div></p><a href="x"><button>x</button></a></body></html>"""
BAD_STYLE = "p { colour: blu; color: #12; }"


@pytest.fixture(scope="session", autouse=True)
def ready(pytestconfig: pytest.Config) -> None:
    """Install what is missing before the first test, and say so where it is seen."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("\nThe validators of tests/quality/package.json:", flush=True)
        print(f"  Java {tools.java()}, Node {tools.node()[0]}, packages {tools.modules()}", flush=True)


@pytest.fixture(scope="session", params=["the small newsroom", "this repository's own newsroom"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = SMALL if request.param == "the small newsroom" else ROOT
    return build(copy_newsroom(source, tmp_path_factory.mktemp("quality") / "newsroom")) / "site"


def nu(folder: Path) -> list[str]:
    """What the Nu checker calls an error. Style sheets are left to stylelint: it knows newer CSS."""
    jar = tools.modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--errors-only", "--also-check-svg", "--skip-non-html", "--format", "gnu")
    done = tools.run(tools.java(), "-Xss1m", "-jar", jar, *options, folder)
    lines = (done.stdout + done.stderr).splitlines()
    assert bool(lines) == bool(done.returncode), lines
    return [line.replace(folder.as_uri().replace("file:///", "file:/"), "") for line in lines]


def html_validate(folder: Path, settings: Path) -> list[str]:
    settings.write_text(json.dumps(HTML))
    script = "html-validate/bin/html-validate.mjs"
    done = tools.with_node(script, "--config", settings, "--formatter", "json", "**/*.html", folder=folder)
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(file['filePath']).relative_to(folder)}:{said['line']}:{said['column']}: {said['message']} ({said['ruleId']})"
        for file in json.loads(done.stdout)
        for said in file["messages"]
    ]


def stylelint(folder: Path, settings: Path) -> list[str]:
    recommended = tools.modules() / "stylelint-config-recommended" / "index.js"
    settings.write_text(json.dumps({"extends": [str(recommended)], "rules": CSS_RULES}))
    script = "stylelint/bin/stylelint.mjs"
    done = tools.with_node(script, "--config", settings, "--formatter", "unix", "*.css", folder=folder)
    assert done.returncode in (0, 2), done.stderr
    lines = (done.stdout + done.stderr).splitlines()
    return [line.replace(f"{folder}/", "") for line in lines if ".css:" in line]


def test_pages_have_no_error_for_the_nu_checker(site: Path):
    assert nu(site) == []


def test_pages_have_no_error_for_html_validate(site: Path, tmp_path: Path):
    assert html_validate(site, tmp_path / "settings.json") == []


def test_styles_are_clean(site: Path, tmp_path: Path):
    assert stylelint(ROOT / "templates" / "assets", tmp_path / "settings.json") == []
    assert stylelint(site / "assets", tmp_path / "settings.json") == []


def test_the_validators_see_what_is_wrong(tmp_path: Path):
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "bad.html").write_text(BAD_PAGE)
    (folder / "bad.css").write_text(BAD_STYLE)
    told = "\n".join(nu(folder))
    assert "must have an “alt” attribute" in told
    assert "Duplicate attribute" in told
    told = "\n".join(html_validate(folder, tmp_path / "settings.json"))
    assert "(wcag/h37)" in told
    assert "(element-permitted-content)" in told
    told = "\n".join(stylelint(folder, tmp_path / "settings.json"))
    assert "property-no-unknown" in told
    assert "declaration-property-value-no-unknown" in told


def test_the_lock_says_what_and_not_where_from():
    lock = json.loads((tools.HERE / "package-lock.json").read_text())
    parts = {name: part for name, part in lock["packages"].items() if name}
    assert [name for name, part in parts.items() if "resolved" in part] == []
    assert [name for name, part in parts.items() if not part["integrity"].startswith("sha512-")] == []


def test_every_validator_is_explained_with_the_version_that_is_locked():
    wanted = json.loads((tools.HERE / "package.json").read_text())["dependencies"]
    wanted |= dict(re.findall(r"^([\w-]+)==(\S+)", tools.NODE_LOCK.read_text(), flags=re.MULTILINE))
    page = (ROOT / "docs" / "parts.md").read_text()
    _, _, section = page.partition("## What `make quality` fetches")
    rows = re.findall(r"^\| [^|]+ \| ([\w@/-]+) ([\d.]+) \| [^|]+ \| [^|]+ \|$", section, flags=re.MULTILINE)
    assert dict(rows) == wanted
