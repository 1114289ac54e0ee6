"""Markdown becomes safe HTML with slots, once."""

from __future__ import annotations

import re
from html import escape

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.model.body import Body, Image, InAttribute, Link
from builder.model.text import Reference, Text
from builder.problem import Problem
from builder.render.markdown import convert, converted, excerpt

RANIA = Reference("p-1", "*", "", "a colleague")


def html(body: Body) -> str:
    """The parts as one text; slots as {p-1}, {a:p-1} in attributes, {->target} and {img target}."""
    pieces: list[str] = []
    for part in body.parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Reference):
            pieces.append(f"{{{part.person}}}")
        elif isinstance(part, InAttribute):
            pieces.append(f"{{a:{part.reference.person}}}")
        elif isinstance(part, Link):
            pieces.append(f"{{->{part.target}}}")
        elif isinstance(part, Image):
            pieces.append(f"{{img {part.target}}}")
    return "".join(pieces)


def test_a_reference_becomes_a_slot_and_no_name_is_guessed():
    body = convert('Thanks to [*](@p-1 "a colleague") and [*\'s](@p-2:gen) team.')
    assert html(body) == "<p>Thanks to {p-1} and {p-2} team.</p>"
    assert body.words.references == (RANIA, Reference("p-2", "*'s", "gen"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**[*](@p-1)**", "<p><strong>{p-1}</strong></p>"),
        ("## [*](@p-1) came", '<h2 id="came">{p-1} came</h2>'),
        ("- [*](@p-1)\n- b", "<ul>\n<li>{p-1}</li>\n<li>b</li>\n</ul>"),
        ("[read [*](@p-1)](a.md)", "<p><a{->a.md}>read {p-1}</a></p>"),
        ('[a](b.md "by [*](@p-1)")', '<p><a{->b.md} title="by {a:p-1}">a</a></p>'),
        ("> [*](@p-1)", "<blockquote>\n<p>{p-1}</p>\n</blockquote>"),
        ("a | b\n--|--\n[*](@p-1) | c", None),
        ("x[^1]\n\n[^1]: [*](@p-1)", None),
        ('<abbr title="[*](@p-1)">R</abbr>', None),
    ],
)
def test_a_reference_works_wherever_words_stand(source: str, expected: str | None):
    body = convert(source)
    assert sum(isinstance(part, (Reference, InAttribute)) for part in body.parts) == 1
    if expected is not None:
        assert html(body) == expected


@pytest.mark.parametrize("source", ["`[*](@p-1)`", "    [*](@p-1)\n", "```\n[*](@p-1)\n```\n"])
def test_code_is_left_as_it_was_typed(source: str):
    body = convert(source)
    assert "[*](@p-1)" in html(body)
    assert not body.words.references


def test_code_blocks_keep_their_spaces_lines_and_signs():
    source = '```\na  <b> &amp; "c"\n\n    {{ d }} *e* [f](g.md)\n```\n'
    assert html(convert(source)) == (
        '<pre><code>a  &lt;b&gt; &amp;amp; "c"\n\n    {{ d }} *e* [f](g.md)\n</code></pre>'
    )


@pytest.mark.parametrize(
    "forged",
    [
        "\ue0000\ue001",
        "&#xE000;0&#xE001;",
        "&#XE000;0&#XE001;",
        "&#57344;0&#57345;",
        "&#057344;0&#0057345;",
        "&#xE0000&#xE001",
        "\ue000&#48;\ue001",
        "`\ue0000\ue001`",
        '<a title="&#xE000;0&#xE001;">x</a>',
        "![&#xE000;0&#xE001;](a.jpg)",
        "[x](&#xE000;0&#xE001;)",
        "<b title='\ue0000\ue001'>x</b>",
        "&#xE000;99999&#xE001;",
        "\\\ue0000\\\ue001",
        "\ue000\u0660\ue001",
        "\x02klzzwxh:0000\x03",
        "\x02amp\x03#xE000;0&#xE001;",
    ],
)
def test_no_slot_can_be_forged(forged: str):
    body = convert(f"[*](@p-1) {forged}")
    slots = [part for part in body.parts if isinstance(part, (Reference, InAttribute))]
    slots += [one for image in body.images for one in image.alt.references]
    assert slots == [Reference("p-1")]
    assert body.words.references == (Reference("p-1"),)


def test_headings_begin_below_the_pages_own_and_skip_no_level():
    body = convert("# One\n\n### Two\n\n###### Three\n\n## Four\n\n# Five\n")
    assert re.findall(r"<(h\d)", html(body)) == ["h2", "h3", "h4", "h3", "h2"]


def test_a_heading_is_addressed_in_any_script_and_never_by_a_name():
    source = (
        "## What *we* changed!\n\n## چه کردیم؟\n\n## [*](@p-1)\n\n## [*](@p-1) stayed\n\n## What we changed\n"
    )
    assert convert(source).ids == ("what-we-changed", "چه-کردیم", "part", "stayed", "what-we-changed_1")


def test_footnotes_lead_there_and_back():
    body = convert("One[^a] two[^b].\n\n[^a]: First.\n[^b]: Second.\n")
    assert set(body.ids) == {"fn:a", "fn:b", "fnref:a", "fnref:b"}
    assert set(body.links) == {"#fn:a", "#fn:b", "#fnref:a", "#fnref:b"}
    assert str(body.words.parts[0]).split("\n") == ["One two.", "First.", "Second."]


def test_tables_keep_their_sides_without_styles():
    body = convert("a | b\n:--|--:\n1 | 2\n")
    assert '<th align="right">b</th>' in html(body)
    assert "style" not in html(body)
    assert body.words.parts == ("a b\n1 2",)


def test_pictures_and_links_are_slots_with_what_the_author_wrote():
    body = convert('![A "lamp" & [*](@p-1)](the%20lamp.jpg) [a](b.md#c?d=1&e=2)\n')
    assert body.images == (Image("the%20lamp.jpg", Text(('A "lamp" & ', Reference("p-1")))),)
    assert body.links == ("b.md#c?d=1&e=2",)


def test_the_opening_is_the_first_paragraph_with_words():
    body = convert("![](a.jpg)\n\n# Title\n\nFirst *here*.\n\nSecond.\n")
    assert body.opening.parts == ("First here.",)


def test_a_text_converted_after_another_remembers_nothing_of_it():
    first = convert("# A\n\n[*](@p-1)[^1]\n\n[^1]: x\n\n*[HTML]: y\n\n[r]: z.md\n")
    second = convert("# A\n\nHTML [r] [*](@p-2)\n")
    assert html(second) == '<h2 id="a">A</h2>\n<p>HTML [r] {p-2}</p>'
    assert convert("# A\n\n[*](@p-1)[^1]\n\n[^1]: x\n\n*[HTML]: y\n\n[r]: z.md\n") == first


VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)//",
    '<img src="javascript:alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java&#x09;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    '[x](a.md "onmouseover=alert(1)")',
    '[x](a.md\'"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](a.jpg)',
    "<javascript:alert(1)>",
    '<iframe src="https://x.example/"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<form action="javascript:alert(1)"><input type=submit></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<link rel="stylesheet" href="https://x.example/x.css">',
    '<base href="https://x.example/">',
    "<style>@import 'https://x.example/x.css';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<div class="card" id="x" onclick="alert(1)">x</div>',
    "<video src=x onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "# x {: onclick=alert(1) }",
    '# x {: #y style="color:red" class="evil" }',
    "<b\x00 onclick=alert(1)>x</b>",
    "<a href=a.md\nonclick=alert(1)>x</a>",
    "<p/onclick=alert(1)>x</p>",
]
HARMLESS = re.compile(r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("around", ["{}", "a *b {} c* d", "<div markdown=1>\n\n{}\n\n</div>"])
def test_nothing_an_author_writes_can_act(vector: str, around: str):
    body = convert(around.format(vector))
    page = "".join(
        part if isinstance(part, str) else f' href="{escape(part.target)}"' if isinstance(part, Link) else ""
        for part in body.parts
    )
    tree = LexborHTMLParser(f"<body>{page}</body>")
    for node in tree.css("body *"):
        assert node.tag not in {
            *(
                "script",
                "style",
                "svg",
                "math",
                "iframe",
                "object",
                "embed",
                "form",
                "input",
                "button",
                "meta",
            ),
            *("link", "base", "video", "template", "textarea", "noscript"),
        }
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            assert name != "class" or value in {"footnote", "footnote-ref", "footnote-backref"}
    for target in (*body.links, *(image.target for image in body.images)):
        assert HARMLESS.match(re.sub(r"[\x00-\x20]", "", target)), target


def test_elements_that_are_taken_out_are_named():
    body = convert("<iframe src='https://x.example/'></iframe>\n\n<Marquee>x</Marquee>\n\n<b>y</b>\n")
    assert set(body.refused) >= {"iframe", "marquee"}
    assert "y" in html(body)


def test_what_nests_too_deeply_is_a_problem_and_no_crash():
    deep = "\n".join("    " * level + "- a" for level in range(400))
    result = converted(deep, "stories/2026/a.md")
    assert isinstance(result, Problem)
    assert (result.code, result.file) == ("nested-too-deep", "stories/2026/a.md")


def _deep_down(steps: int, text: str) -> Body | Problem:
    return _deep_down(steps - 1, text) if steps else converted(text, "f")


def test_a_text_that_fell_over_leaves_nothing_behind_for_the_next():
    deep = "\n".join("    " * level + "- a" for level in range(400))
    for steps in range(0, 100, 33):  # so that it falls at one place and another
        assert isinstance(_deep_down(steps, deep), Problem)
        assert html(convert("![x](b.jpg)\n")) == "<p>{img b.jpg}</p>"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        ("One two three four five. Six seven eight nine ten.", "One two three four five."),
        ("One two three four five six seven eight, nine", "One two three four five six…"),
        ("یک دو سه چهار پنج شش؟ هفت هشت نه ده یازده", "یک دو سه چهار پنج شش؟"),
    ],
)
def test_an_excerpt_ends_at_a_sentence_or_a_word(text: str, cut: str):
    assert excerpt(Text((text,)), 30).parts == (cut,)


def test_an_excerpt_cuts_nobody_through():
    text = Text(("One two three four five six ", RANIA, " and on and on."))
    assert excerpt(text, 30).parts == ("One two three four five six ", "…")
    assert excerpt(text, 42).parts == ("One two three four five six ", RANIA, "…")
