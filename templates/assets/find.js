/* Turns the ways in to all stories into boxes to choose from. What is chosen stands in the address, so that it can be
   sent on and gone back to; nothing is asked of any server, and nothing is kept. Without this script the same choices
   lead to pages of their own. */
(() => {
  "use strict";

  const filter = document.querySelector(".filter[data-stories]");
  const shown = document.getElementById("stories");
  if (!filter || !shown) return;

  const SHOWN_AT_ONCE = 60;
  const language = document.documentElement.lang;
  const words = filter.dataset;
  const position = document.querySelector(".position");
  const boxes = new Map();
  let stories = null;
  let asked = false;

  const made = (name, values, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(values)) {
      if (value) element.setAttribute(key, value);
    }
    element.append(...inside.filter((one) => one !== null));
    return element;
  };

  const ways = filter.querySelector(".filter-ways");
  const links = [...ways.querySelectorAll(".filter-way")];
  const group = made("div", { class: "filter-boxes", role: "group", "aria-label": filter.getAttribute("aria-label") });
  for (const way of links) {
    const { facet, any } = way.dataset;
    const box = made("select", { id: `filter-${facet}` }, made("option", { value: "" }, any));
    box.firstChild.value = "";
    for (const link of way.querySelectorAll("a")) {
      const text = link.firstElementChild;
      box.append(made("option", { value: link.dataset.value, lang: text.lang }, text.textContent));
    }
    box.addEventListener("change", () => choose(true));
    boxes.set(facet, box);
    group.append(made("p", { class: "filter-box" }, made("label", { for: box.id }, way.querySelector("summary").textContent), box));
  }

  const clear = made("button", { class: "button button--quiet", type: "button", hidden: "hidden" }, words.clear);
  clear.addEventListener("click", () => {
    for (const box of boxes.values()) box.value = "";
    choose(true);
    boxes.values().next().value.focus();
  });
  const status = made("p", { class: "filter-found", role: "status" });
  const found = made("div", { class: "cards cards--rows found", hidden: "hidden" });
  const more = made("p", { class: "more", hidden: "hidden" });
  ways.hidden = true;
  filter.append(group, made("p", { class: "filter-state" }, status, clear));
  shown.before(found, more);

  const chosen = () => [...boxes].map(([facet, box]) => [facet, box.value]).filter(([, value]) => value);

  const has = (story, [facet, value]) => (story.facets[facet] || []).includes(value);

  const counted = (count) => {
    const forms = words.found.split("|");
    const form = new Intl.PluralRules(language).select(count) === "one" ? forms[0] : forms[1];
    return form.replace(/\p{Nd}+/u, new Intl.NumberFormat(language).format(count));
  };

  const card = (story) => {
    const title = made("a", { href: story.url, hreflang: story.foreign ? story.lang : "" }, story.title);
    const kicker = [story.kind, story.foreign].filter(Boolean);
    const meta = made("p", { class: "meta" }, made("time", { datetime: story.iso }, story.date));
    if (story.team) meta.append(" ", made("span", {}, story.team));
    return made(
      "article",
      { class: "card" },
      made(
        "div",
        { class: "card-words" },
        kicker.length ? made("p", { class: "kicker" }, ...kicker.map((one, i) => made("span", { class: i ? "foreign" : "" }, one))) : null,
        made("h2", { class: "card-title", lang: story.lang, dir: story.dir }, title),
        meta,
      ),
    );
  };

  const fill = (some, start) => {
    found.append(...some.slice(start, start + SHOWN_AT_ONCE).map(card));
    const left = some.length - start - SHOWN_AT_ONCE;
    more.hidden = left <= 0;
    if (left <= 0) return;
    const button = made("button", { class: "button", type: "button" }, `+ ${new Intl.NumberFormat(language).format(left)}`);
    button.addEventListener("click", () => {
      fill(some, start + SHOWN_AT_ONCE);
      found.children[start + SHOWN_AT_ONCE].querySelector("a").focus();
    });
    more.replaceChildren(button);
  };

  /* What no story would be left for cannot be chosen. */
  const narrow = (choices) => {
    for (const [facet, box] of boxes) {
      const others = choices.filter(([one]) => one !== facet);
      const left = new Set(stories.filter((story) => others.every((one) => has(story, one))).flatMap((story) => story.facets[facet] || []));
      for (const option of box.options) option.disabled = option.value !== "" && option.value !== box.value && !left.has(option.value);
    }
  };

  const show = () => {
    const choices = chosen();
    clear.hidden = choices.length === 0;
    shown.hidden = choices.length > 0 && stories !== null;
    found.hidden = !shown.hidden;
    if (position) position.hidden = shown.hidden;
    if (!choices.length) {
      status.textContent = "";
      more.hidden = true;
      if (stories) narrow(choices);
      return;
    }
    if (!stories) return;
    narrow(choices);
    const some = stories.filter((story) => choices.every((one) => has(story, one)));
    status.textContent = some.length ? counted(some.length) : words.none;
    found.replaceChildren();
    fill(some, 0);
  };

  const load = () => {
    if (asked) return;
    asked = true;
    window.yearround = { stories: (all) => { stories = all; show(); } };
    const script = made("script", { src: words.stories });
    script.addEventListener("error", () => {
      group.hidden = true;
      ways.hidden = false;
      status.textContent = words.failed;
    });
    document.head.append(script);
  };

  /* The choice goes along to the same page in another language. */
  const carry = (search) => {
    for (const link of document.querySelectorAll(".languages a")) {
      link.href = link.getAttribute("href").replace(/\?.*/, "") + search;
    }
  };

  const choose = (remember) => {
    const choices = chosen();
    const search = choices.length ? `?${new URLSearchParams(choices)}` : "";
    if (remember) history.pushState(null, "", search || location.pathname);
    carry(search);
    if (choices.length) load();
    show();
  };

  const recall = () => {
    const given = new URLSearchParams(location.search);
    for (const [facet, box] of boxes) {
      const value = given.get(facet) || "";
      box.value = [...box.options].some((one) => one.value === value) ? value : "";
    }
    choose(false);
  };

  window.addEventListener("popstate", recall);
  for (const box of boxes.values()) box.addEventListener("focus", load, { once: true });
  recall();
})();
