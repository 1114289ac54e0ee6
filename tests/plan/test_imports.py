"""Which name each imported post gets, and where its links and pictures lead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.model.post import Brought, Cover, Kept, Pointed, Post, Shown, Spot
from builder.plan.imports import House, place
from builder.plan.moves import by_composition, settle

HOUSE = House(languages=("en", "fa"))


def post(file: str, lang: str = "en", **more) -> Post:
    name = more.pop("name", file.rpartition("/")[2].split(".")[0])
    key = more.pop("key", "")
    date = more.pop("date", "2023-04-05")
    return Post(
        file=file,
        sha256=more.pop("sha256", file),
        title="x",
        date=date,
        lang=lang,
        name=name,
        slug="",
        key=key,
        keys=(key or f"path:{name}",),
        names=frozenset((name,)),
        aliases=more.pop("aliases", ()),
        front=more.pop("front", {}),
        extra={},
        body=more.pop("body", ()),
        **more,
    )


def places(*posts: Post, kept: tuple[Kept, ...] = (), house: House = HOUSE) -> list[tuple[str, str]]:
    return [(one.file, one.original) for one in place(posts, kept, house)[0]]


def test_translations_with_like_names_share_an_id():
    assert places(post("night.fa.md", "fa"), post("night.en.md")) == [
        ("2023/night.md", ""),
        ("2023/night.fa.md", ""),
    ]


def test_without_the_default_language_each_file_says_its_own():
    assert places(post("night.fr.md", "fr"), post("night.fa.md", "fa")) == [
        ("2023/night.fa.md", ""),
        ("2023/night.fr.md", ""),
    ]


def test_translations_with_names_of_their_own_say_what_they_translate():
    found = places(post("nuit.md", "fr", key="k"), post("night.md", key="k"))
    assert found == [("2023/night.md", ""), ("2023/nuit.md", "night")]


def test_a_lone_post_in_another_language_keeps_a_plain_name():
    assert places(post("nuit.md", "fr")) == [("2023/nuit.md", "")]


def test_two_posts_in_one_language_are_no_translations_of_each_other():
    placed, problems = place([post("a.md", key="k"), post("b.md", key="k")], (), HOUSE)
    assert [(one.file, one.original) for one in placed] == [("2023/a.md", ""), ("2023/b.md", "")]
    assert [one.code for one in problems] == ["post-translation"]


def test_repeated_names_get_a_suffix():
    house = House(languages=("en",), stories=frozenset(("2020/night.md",)))
    found = places(post("a/night.md", key="1"), post("b/night.md", key="2"), house=house)
    assert [file for file, _ in found] == ["2023/night-2.md", "2023/night-3.md"]


def test_a_name_in_other_letters_becomes_the_key_or_the_day():
    assert places(post("شب.md", name="", key="The Night!"))[0][0] == "2023/the-night.md"
    assert places(post("شب.md", name=""))[0][0] == "2023/post-2023-04-05.md"


def test_what_is_there_stays_and_a_new_translation_joins_it():
    kept = Kept(file="2022/dark.md", source="night.md", sha256="night.md")
    house = House(languages=("en", "fa"), stories=frozenset(("2022/dark.md",)))
    placed, _ = place([post("night.md"), post("night.fa.md", "fa")], [kept], house)
    assert [(one.file, one.kept, one.changed) for one in placed] == [
        ("2022/dark.md", True, False),
        ("2022/dark.fa.md", False, False),
    ]


def test_a_post_that_changed_since_is_left_alone_and_told():
    kept = Kept(file="2022/dark.md", source="night.md", sha256="before")
    placed, _ = place([post("night.md")], [kept], HOUSE)
    assert [(one.kept, one.changed) for one in placed] == [(True, True)]


def test_a_blog_read_from_another_folder_is_known_by_its_bytes():
    kept = Kept(file="2022/dark.md", source="_posts/night.md", sha256="bytes")
    placed, _ = place([post("night.md", sha256="bytes")], [kept], HOUSE)
    assert [one.kept for one in placed] == [True]


@given(
    st.lists(
        st.tuples(
            st.text("ab-", max_size=90),
            st.sampled_from(["en", "fa", "zh-Hant-TW"]),
            st.sampled_from(["", "k", "m"]),
        ),
        max_size=8,
    )
)
def test_every_post_has_a_file_of_its_own_with_a_name_that_fits(given_posts):
    posts = [
        post(f"{index}.md", lang, name=name.strip("-"), key=key)
        for index, (name, lang, key) in enumerate(given_posts)
    ]
    placed, _ = place(posts, (), HOUSE)
    files = [one.file for one in placed]
    assert len(set(files)) == len(files) == len(posts)
    assert all(len(file.rpartition("/")[2]) <= 80 for file in files)
    ids_and_languages = [(one.id, one.post.lang) for one in placed]
    assert len(set(ids_and_languages)) == len(posts)


def moved(*posts: Post, files: dict[str, str] | None = None, house: House = HOUSE):
    """The posts settled; `files` are pictures of the blog with why they are refused."""
    pictures = files or {}
    placed, _ = place(posts, (), house)
    brought = {path: Brought(sha256="0" * 64, refused=why) for path, why in pictures.items()}
    return settle(placed, by_composition(pictures), brought, house, lambda path: "f" * 64)


def link(target: str) -> Pointed:
    return Pointed(target=target, spot=Spot(line=3))


def picture(target: str, alt: str = "", **more) -> Shown:
    return Shown(
        target=target, alt=alt, written=more.pop("written", f"![{alt}]({target})"), spot=Spot(line=3), **more
    )


def test_a_link_to_another_post_becomes_a_link_to_its_story():
    for target in ("b.md#end", "/2022/01/02/day/#end", "/blog/day.html#end", "../posts/day/#end"):
        here = post("a.md", body=("[x](", link(target), ")"))
        there = post("b.md", name="day", date="2022-01-02")
        story = next(one for one in moved(here, there) if one.placed.post is here)
        assert (story.body, story.problems) == ("[x](../2022/day.md#end)\n", ())


def test_a_link_prefers_its_own_language():
    here = post("a.fa.md", "fa", body=("[x](", link("/night/"), ")"))
    stories = moved(here, post("night.md"), post("night.fa.md", "fa"))
    assert next(one for one in stories if one.placed.post is here).body == "[x](night.fa.md)\n"


def test_a_link_that_is_of_no_post_stays_and_is_told():
    (story,) = moved(post("a.md", body=("[x](", link("/careers/"), ")")))
    assert story.body == "[x](/careers/)\n"
    assert [(one.code, one.file, one.line) for one in story.problems] == [("post-link", "a.md", 3)]


def test_links_outside_and_on_the_page_are_left_as_they_are():
    for target in ("https://a.example/b.md", "mailto:a@b.example", "#end", "//a.example"):
        (story,) = moved(post("a.md", body=("[x](", link(target), ")")))
        assert (story.body, story.problems) == (f"[x]({target})\n", ())


def test_a_picture_is_found_beside_the_post_and_in_the_folders_of_pictures():
    for file, target in (
        ("posts/My Night.PNG", "My%20Night.PNG"),
        ("static/img/My Night.PNG", "/img/My Night.PNG"),
        ("images/My Night.PNG", "My Night.PNG?w=100"),
    ):
        (story,) = moved(post("posts/a.md", body=(picture(target, "A [ward]"),)), files={file: ""})
        assert story.body == "![A \\[ward\\]](my-night.png)\n"
        assert story.pictures == (("2023/my-night.png", file),)


def test_a_picture_that_cannot_come_leaves_its_words():
    for target, code in (
        ("https://a.example/x.png", "post-picture-remote"),
        ("x.png", "post-picture-absent"),
        ("x.svg", "post-picture-kind"),
        ("broken.png", "post-picture-kind"),
    ):
        files = {"x.svg": "", "broken.png": "this is not a picture"}
        (story,) = moved(post("a.md", body=("a ", picture(target, "Two nurses"), " b")), files=files)
        assert story.body == "a *Two nurses* b\n"
        assert [one.code for one in story.problems] == [code]


def test_words_that_say_nothing_go_with_their_picture():
    for alt in ("", "ux-drawing.jpg", "Image 3"):
        (story,) = moved(post("a.md", body=("a", picture("x.png", alt))))
        assert story.body == "a\n"


def test_a_picture_in_html_stays_in_html():
    tag = '<img width="50%" src="x.png" alt="A < B">'
    shown = picture("x.png", "A < B", html=True, written=tag)
    assert moved(post("a.md", body=(shown,)), files={"x.png": ""})[0].body == tag + "\n"
    assert moved(post("a.md", body=(shown,)))[0].body == "<em>A &lt; B</em>\n"


def test_a_name_that_another_picture_has_gets_an_ending():
    house = House(languages=("en",), pictures=frozenset(("2023/x.png",)))
    (story,) = moved(post("a.md", body=(picture("x.png"),)), files={"x.png": ""}, house=house)
    assert story.pictures == (("2023/x-00000000.png", "x.png"),)


def test_a_cover_that_cannot_come_is_kept_where_an_editor_finds_it():
    cover = Cover(
        target="x.png", alt="A ward", credit="", spot=Spot(), given={"hero": "x.png", "hero_alt": "A ward"}
    )
    (brought,) = moved(post("a.md", cover=cover), files={"x.png": ""})
    assert brought.front["picture"] == {"file": "x.png", "alt": "A ward"}
    (left,) = moved(post("a.md", cover=cover))
    assert "picture" not in left.front
    assert left.front["extra"]["hero"] == "x.png"
    assert left.front["extra"]["hero_alt"] == "A ward"


def test_a_translation_inherits_nothing_that_its_post_did_not_have():
    original = post("night.md", front={"by": "Ana", "status": "draft", "publish": "2023-05-01"})
    stories = moved(original, post("night.fa.md", "fa"))
    front = next(one.front for one in stories if one.placed.post.lang == "fa")
    assert (front["by"], front["status"], front["publish"]) == ("", "ready", None)


def test_an_address_that_two_posts_claim_stays_with_the_first():
    stories = moved(post("a.md", aliases=("/old/",)), post("b.md", aliases=("/old/",)))
    assert [one.front.get("aliases") for one in stories] == [["/old/"], None]
    assert stories[1].front["extra"]["aliases"] == ["/old/"]
    assert [one.code for one in stories[1].problems] == ["post-alias"]
