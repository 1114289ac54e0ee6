// What `yearround serve` adds to a page: it reloads when the page has changed, and shows what is wrong with the newsroom
// over the last good page. Nothing of this is ever written into a site.
(() => {
  "use strict";
  const script = document.currentScript;
  const home = new URL(".", script.src);
  const number = Number(script.dataset.number);

  const box = document.createElement("dialog");
  box.className = "yr-problems";
  box.lang = "en";
  box.dir = "ltr";

  const show = async () => {
    const { element, count, listOf } = await import(new URL("problems.js", home));
    const { problems } = await (await fetch(new URL("problems.json", home))).json();
    const errors = problems.filter((problem) => problem.level === "error");
    const others = problems.filter((problem) => problem.level !== "error");
    const before = JSON.parse(sessionStorage.getItem("yearround") ?? "null");
    const names = others.map((problem) => [problem.file, problem.line, problem.message].join(":"));
    const open = before !== null && (before.open || names.some((name) => !before.names.includes(name)));
    const remember = (open) => sessionStorage.setItem("yearround", JSON.stringify({ names, open }));
    remember(open && others.length > 0);
    box.replaceChildren();
    box.classList.toggle("yr-problems--mild", !errors.length);
    if (!problems.length) {
      box.close();
      box.remove();
      return;
    }
    if (errors.length) {
      box.append(element("h2", count(errors.length, "error") + ": this is the last page that was whole"), listOf(errors));
    }
    // Warnings that were there from the beginning wait to be opened; what somebody has just written is shown.
    if (others.length) {
      const more = element("details");
      more.open = open;
      more.addEventListener("toggle", () => remember(more.open));
      more.append(element("summary", count(others.length, "warning")), listOf(others));
      box.append(more);
    }
    const close = element("button", "Close");
    close.addEventListener("click", () => box.close());
    box.append(close);
    document.body.append(box);
    if (!box.open) box.show();
  };

  const restyle = (stamp) => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(link.href);
      address.searchParams.set("v", stamp);
      link.href = address.href;
    }
  };

  const events = new EventSource(new URL("events?after=" + number, home));
  events.addEventListener("page", () => location.reload());
  events.addEventListener("style", (event) => restyle(event.data));
  events.addEventListener("problems", show);
  addEventListener("pagehide", () => events.close());
  show();
})();
