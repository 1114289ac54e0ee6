"""Newsrooms built the way an operator builds them: a copy in a folder of its own, and the command."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "newsrooms" / "small"
NOW = "2026-11-20T09:00"


def copy_newsroom(newsroom: Path, to: Path) -> Path:
    """A copy of what editors write, without anything that was ever built from it."""
    shutil.copytree(newsroom / "stories", to / "stories")
    return to


def yearround(newsroom: Path, *arguments: str, now: str = NOW) -> subprocess.CompletedProcess[str]:
    """Run the command in a newsroom as of `now`, whatever comes of it."""
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments, "--newsroom", str(newsroom), "--now", now],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def build(newsroom: Path, now: str = NOW) -> Path:
    """The newsroom, with its site and its digest."""
    for verb in ("build", "digest"):
        done = yearround(newsroom, verb, now=now)
        assert done.returncode == 0, f"yearround {verb}:\n{done.stdout}{done.stderr}"
    return newsroom


def build_for_everybody(newsroom: Path, out: Path, url: str) -> Path:
    """A site for the public at `out`, in which every story stands, and which says that it stands at `url`."""
    settings = newsroom / "stories" / "newsletter.yaml"
    settings.write_text(f"{settings.read_text()}\npublic_url: {url}\n")
    for story in sorted((newsroom / "stories" / "2026").glob("*.md")):
        text = re.sub(r"(?m)^audience:.*\n", "", story.read_text())
        story.write_text(text.replace("---\n", "---\naudience: public\n", 1))
    out.parent.mkdir(parents=True, exist_ok=True)
    done = yearround(newsroom, "build", "--audience", "public", "--out", str(out))
    assert done.returncode == 0, f"yearround build:\n{done.stdout}{done.stderr}"
    return out


def html_pages(site: Path) -> list[str]:
    """The addresses of all pages of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def asset(site: Path, name: str) -> str:
    """The address on a site of a file of the theme, which carries a digest of its bytes: `site.css`."""
    stem, dot, ending = name.rpartition(".")
    [found] = (site / "assets").glob(f"{stem}.{'[0-9a-f]' * 12}{dot}{ending}")
    return found.relative_to(site).as_posix()


def page_kind(html: str) -> str:
    """What a page says it is: `home`, `scorecard`, ... ; a story with its kind, `story heroic`, and a shelf
    with what it is of, `shelf teams`; "" for a redirect."""
    kind = re.search(r'<body class="page-([\w-]+)', html)
    story = re.search(r'<article class="story story--([\w-]+)', html)
    shelf = re.search(r'<header class="page-head page-head--([\w-]+)', html)
    return " ".join(match[1] for match in (kind, story, shelf) if match)
