"""Shows every component of the theme in four languages, by day and by night: `make components` writes docs/components.html.

All of it comes from the real templates, filled with invented stories. A new component is a line of COMPONENTS: a title, and
either a piece of a template or the name of a page, whose main part is shown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial

from builder.load import disk, words
from builder.model.brand import Brand
from builder.render import palette
from builder.render.templates import Templates
from builder.render.words import Speaker, speakers
from tests import invented
from tests.built import ROOT
from tests.values import LONDON

PAGE = ROOT / "docs" / "components.html"
LANGUAGES = ("en", "fa", "el", "ms")
SHEETS = ("letters", "site", "front", "ways", "story", "rich", "scorecard", "pictures", "bars", "corrections")

CARDS = '{% from "partials/card.html" import card, lead, passing with context %}'
EDITION = '{% from "partials/edition.html" import numbers with context %}'
YEAR = '{% from "partials/year.html" import strip %}'
FILTER = '{% from "partials/filter.html" import filter %}'

COMPONENTS: tuple[tuple[str, str], ...] = (
    ("Nameplate, languages and sections", "base.html"),
    (
        "Nameplate of the front page, head of an edition, lead, notes, numbers, a leader's word, programme",
        "home.html",
    ),
    (
        "Cards of each kind",
        CARDS + '<div class="cards">{% for item in cards %}{{ card(item, 3) }}{% endfor %}</div>',
    ),
    (
        "Cards two abreast",
        CARDS
        + '<div class="cards cards--pairs">{% for item in cards[:4] %}{{ card(item, 3) }}{% endfor %}</div>',
    ),
    (
        "Cards in rows",
        CARDS
        + '<div class="cards cards--rows">{% for item in cards[:3] %}{{ card(item, 3) }}{% endfor %}</div>',
    ),
    (
        "A card in another language",
        CARDS + '<div class="cards">{{ card(foreign, 3) }}{{ lead(foreign, 3) }}</div>',
    ),
    ("Numbers", EDITION + "{{ numbers(edition, 2, say) }}"),
    ("The year", YEAR + "{{ strip(home.year, say) }}"),
    ("Filter", FILTER + "{{ filter(listing, say) }}"),
    (
        "A story: head, picture, why it matters, prose, a correction, the customer's words, facts, actions, what to read next",
        "story.html",
    ),
    ("The scorecard: both sides", "scorecard.html"),
    ("A measure: picture, answers, teams, all figures", "measure.html"),
    ("A survey round", "round.html"),
    ("Customers' voices, a complaint with its outcome", "voices.html"),
    ("You said, we did", "commitments.html"),
    ("A promise and its gap", "promises.html"),
    ("People", "heroes.html"),
    ("Editions", "editions.html"),
    ("Pages, and nothing to show", "listing.html"),
    ("A notice", "notice.html"),
    ("Nothing here", "404.html"),
)


@cache
def theme() -> tuple[Templates, Mapping[str, Speaker]]:
    shipped = disk.read_theme()
    texts, _ = words.catalogues(shipped)
    settings = invented.settings(LANGUAGES, LONDON)
    sources = dict(shipped.templates)
    sources |= {
        f"component-{number}.html": text for number, (_, text) in enumerate(COMPONENTS) if "{" in text
    }
    return Templates(sources), speakers(texts, settings)


def components(language: str) -> str:
    """The inside of a page that shows all components in one language."""
    templates, spoken = theme()
    values = invented.values(language, spoken, templates)
    parts = []
    for number, (title, shown) in enumerate(COMPONENTS):
        name = shown if "{" not in shown else f"component-{number}.html"
        kind = name.removesuffix(".html")
        page = replace(values["page"], kind=kind if "{" not in shown else "listing")
        made = templates.render(name, **{**values, "page": page})
        if name == "base.html":
            made = _between(made, "<header", "</header>")
        elif "{" not in shown:
            made = _between(made, "<main", "</main>")
        # A component is shown many times, and its ids once.
        made = _IDS.sub(partial(_apart, number=number), made)
        parts.append(
            f'<section class="component page-{kind}"><p class="component-name" lang="en" dir="ltr">{html.escape(title)}</p>\n{made}</section>'
        )
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"(?m)^[ \t]+", "", "\n".join(parts)))


_IDS = re.compile(r'(?P<key>\s(?:id|for|aria-labelledby)=")(?P<ids>[^"]*)"')


def _apart(match: re.Match[str], number: int) -> str:
    return match["key"] + " ".join(f"c{number}-{one}" for one in match["ids"].split()) + '"'


def _between(page: str, begin: str, end: str) -> str:
    found = re.search(rf"{begin}.*?{end}", page, re.DOTALL)
    assert found
    return found[0].replace(' tabindex="-1"', "").replace("<main", "<div").replace("</main>", "</div>")


def _tokens(colours: Mapping[str, str], scheme: str) -> str:
    return (
        f":root{{color-scheme:{scheme};"
        + ";".join(f"--{name}:{colour}" for name, colour in colours.items())
        + "}"
    )


def page() -> str:
    """docs/components.html."""
    _, spoken = theme()
    bodies = {language: components(language) for language in LANGUAGES}
    directions = {language: spoken[language].direction for language in LANGUAGES}
    brand = Brand()
    lights = {
        "day": _tokens(palette.by_day(brand), "light"),
        "night": _tokens(palette.by_night(brand), "dark"),
    }
    links = "".join(f'<link rel="stylesheet" href="../templates/assets/{name}.css">' for name in SHEETS)
    held = "\n".join(f'<template id="{language}">{body}</template>' for language, body in bodies.items())
    given = json.dumps({"links": links, "lights": lights, "directions": directions})
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The components of the theme</title>
<style>
body {{ margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; }}
h2 {{ margin-block: 2rem 0.5rem; }}
.lights {{ display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }}
iframe {{ inline-size: 100%; border: 1px solid GrayText; }}
</style>
</head>
<body>
<!-- Made by `make components` from the real templates; do not change it by hand. -->
<h1>The components of the theme</h1>
<p>Every component in four languages, by day and by night, from the real templates and styles with invented stories.
Written by <code>make components</code>.</p>
{held}
<script>
const given = {given};
for (const held of document.querySelectorAll("template")) {{
  const heading = document.createElement("h2");
  heading.textContent = new Intl.DisplayNames(["en"], {{ type: "language" }}).of(held.id);
  const lights = document.createElement("div");
  lights.className = "lights";
  for (const light of ["day", "night"]) {{
    const frame = document.createElement("iframe");
    frame.title = `${{heading.textContent}}, ${{light}}`;
    frame.addEventListener("load", () => {{
      const fit = () => {{ frame.style.blockSize = `${{frame.contentDocument.documentElement.scrollHeight + 2}}px`; }};
      fit();
      frame.contentDocument.fonts.ready.then(fit);
    }});
    frame.srcdoc = `<!doctype html><html lang="${{held.id}}" dir="${{given.directions[held.id]}}"><head><meta charset="utf-8">`
      + `${{given.links}}<style>${{given.lights[light]}} .component{{padding:1.5rem}} .component-name{{margin-block-end:1rem;`
      + `color:var(--ink-soft);font-size:var(--step--1);border-block-end:1px dotted}}</style></head><body>${{held.innerHTML}}</body></html>`;
    lights.append(frame);
  }}
  document.body.append(heading, lights);
}}
</script>
</body>
</html>
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {PAGE.stat().st_size / 1000:.0f} kB")
