// The page of `yearround digest --preview`: an edition's mails as the server in memory has them, each time it tells that
// they are others. What is chosen stands in the address, as in #fa/dark/no-pictures/text/2026-w11, in any order.
import { count, element, listOf } from "./problems.js";

const WIDTHS = [["Desktop", 700], ["Phone", 360]];
const CHOICES = { light: ["light", "dark"], pictures: ["pictures", "no-pictures"], as: ["mail", "text", "source"] };
// No script of a mail runs. Of the same origin, so that its height can be read; a link opens a window of its own.
const SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const at = (id) => document.getElementById(id);
const figure = new Intl.NumberFormat("en");
const weight = (bytes) => bytes < 1000 ? count(bytes, "byte") : bytes < 999950 ? (bytes / 1000).toFixed(1) + " kB" : (bytes / 1e6).toFixed(1) + " MB";

let all = null;
let turn = 0;

const chosen = () => {
  const said = decodeURIComponent(location.hash.slice(1)).split("/").filter(Boolean);
  const state = {};
  for (const [name, values] of Object.entries(CHOICES)) state[name] = said.find((one) => values.includes(one)) ?? values[0];
  const known = Object.values(CHOICES).flat();
  state.edition = said.find((one) => /\d/.test(one) && !known.includes(one)) ?? "";
  state.language = said.find((one) => one !== state.edition && !known.includes(one)) ?? "";
  return state;
};

const choose = (change) => {
  const state = { ...chosen(), ...change };
  location.hash = [state.language || mail().lang, state.light, state.pictures, state.as, state.edition].filter(Boolean).join("/");
};

const mail = () => all.mails.find((one) => one.lang === chosen().language) ?? all.mails[0];

// A mail is looked over after it is shown; until then what was found in it the last time stays, so that nothing jumps.
const found = new Map();
const problemsOf = (one) => {
  const key = all.edition + "/" + one.lang;
  if (one.checked) found.set(key, one.problems);
  return found.get(key) ?? one.problems;
};

const levels = (problems) => {
  const numbers = ["error", "warning", "hint"].map((level) => [level, problems.filter((one) => one.level === level).length]);
  return numbers.filter(([, number]) => number);
};
const inWords = (problems) => levels(problems).map(([level, number]) => count(number, level)).join(", ");

const shortDay = (day) => new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

const showEditions = () => {
  const options = all.editions.map((one) => {
    const note = one.note === "draft" ? "draft" : one.note ? "to come" : shortDay(one.day);
    const option = element("option", one.id + " · " + note);
    option.value = one.id;
    option.selected = one.id === all.edition;
    return option;
  });
  at("edition").replaceChildren(...options);
};

const showLanguages = () => {
  const focused = document.activeElement?.name === "language";
  const labels = all.mails.map((one) => {
    const label = element("label");
    const input = element("input");
    Object.assign(input, { type: "radio", name: "language", value: one.lang, checked: one === mail() });
    input.addEventListener("change", () => choose({ language: one.lang }));
    const face = element("span");
    const name = element("bdi", one.name);
    name.lang = one.lang;
    face.append(name);
    const problems = problemsOf(one);
    if (problems.length) {
      face.append(" ", element("b", String(problems.length), "badge badge--" + levels(problems)[0][0]));
      face.lastChild.setAttribute("aria-label", inWords(problems));
      face.lastChild.setAttribute("role", "img");
    }
    label.append(input, face);
    return label;
  });
  at("languages").replaceChildren(at("languages").firstElementChild, ...labels);
  if (focused) document.querySelector("input[name=language]:checked")?.focus();
};

const showWrong = () => {
  const errors = all.problems.filter((one) => one.level === "error");
  const box = at("wrong");
  box.hidden = !errors.length || all.whole;
  box.replaceChildren();
  if (box.hidden) return;
  const rest = all.mails.length ? ": these are the last mails that were whole" : ": there is no mail to show yet";
  box.append(element("h2", count(errors.length, "error") + rest), listOf(errors));
};

const showInbox = (one) => {
  const letters = [...one.subject];
  const most = all.budget.subject;
  at("row").dir = one.dir;
  at("row").lang = one.lang;
  at("sender").textContent = one.sender.replace(/\s*<[^>]*>$/, "");
  at("subject").replaceChildren(letters.slice(0, most).join(""));
  if (letters.length > most) at("subject").append(element("span", letters.slice(most).join(""), "beyond"));
  at("preheader").textContent = one.preheader;
  const long = letters.length > most ? ", of which " + most + " are seen everywhere" : ", all of them seen everywhere";
  at("letters").textContent = "Subject: " + count(letters.length, "letter") + long + ". "
    + (one.preheader ? "Preheader: " + count([...one.preheader].length, "letter") + "." : "No preheader: inboxes show the mail's first words instead.");
  at("letters").classList.toggle("beyond-budget", letters.length > most);
};

const showSizes = (one) => {
  const most = all.budget.html;
  at("gauge").firstElementChild.style.inlineSize = Math.min(100, 100 * one.html / most) + "%";
  at("gauge").classList.toggle("gauge--full", one.html > most);
  const pictures = one.pictures.reduce((sum, size) => sum + size, 0);
  at("save").href = address(one.lang + ".eml");
  at("save").download = all.edition + "." + one.lang + ".eml";
  const rows = [
    ["HTML", figure.format(one.html) + " of " + figure.format(most) + " bytes"],
    ["Pictures", one.pictures.length ? one.pictures.length + " · " + weight(pictures) : "none in the mail"],
    ["Whole message", weight(one.whole)],
    ["Words", figure.format(one.words) + " · " + count(one.minutes, "minute") + " to read"],
  ];
  const list = rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]);
  at("sizes").replaceChildren(...list);
};

const showFindings = (one) => {
  const box = at("findings");
  const others = all.whole ? all.problems : all.problems.filter((problem) => problem.level !== "error");
  const own = problemsOf(one);
  const found = [...own, ...others];
  const [summary, inside] = box.children;
  const news = JSON.stringify([found, one.checked]);
  if (box.dataset.news === news) return;
  box.dataset.news = news;
  const worst = levels(found)[0]?.[0] ?? "none";
  box.className = "findings findings--" + worst + (all.whole && !one.checked ? " findings--busy" : "");
  summary.textContent = found.length ? inWords(found) : one.checked ? "Nothing was found wrong with this mail" : "This mail is being looked over";
  if (worst === "error") box.open = true;
  inside.replaceChildren();
  for (const [title, problems] of [["In this mail", own], ["In the newsroom", others]]) {
    if (problems.length) inside.append(element("h3", title), listOf(problems));
  }
  if (!found.length) inside.append(element("p", "The newsroom, the composing and the finished mail were looked over."));
};

const address = (rest) => "/" + encodeURIComponent(all.edition) + "/" + rest;

// A mail comes in beside the one that is seen, and takes its place when it is whole: nothing flickers, nothing jumps.
const framed = (holder, one, state, [name, width]) => {
  const frame = element("iframe", "", "coming");
  frame.sandbox = SANDBOX;
  frame.width = width;
  frame.title = "The mail in " + one.lang + ", " + name.toLowerCase() + " of " + width + " pixels, " + state.light
    + (state.pictures === "pictures" ? ", with pictures" : ", without pictures");
  frame.addEventListener("load", () => {
    if (!frame.isConnected || frame.dataset.key !== holder.dataset.key) {
      frame.remove();
      return;
    }
    frame.height = frame.contentDocument?.documentElement.scrollHeight ?? 800;
    for (const other of holder.querySelectorAll("iframe")) if (other !== frame) other.remove();
    frame.className = "";
    holder.dataset.shown = frame.dataset.key;
  });
  frame.dataset.key = holder.dataset.key;
  frame.src = address(one.lang + "/" + state.light + "/" + state.pictures + ".html");
  holder.append(frame);
};

const showMails = (one, state) => {
  const seen = at("seen");
  if (!seen.querySelector("figure")) {
    seen.replaceChildren(...WIDTHS.map(([name, width]) => {
      const made = element("figure", "", "device device--" + name.toLowerCase());
      made.append(element("figcaption", name + ", " + width + " px"), element("div", "", "glass"));
      return made;
    }));
  }
  const key = [all.edition, one.lang, state.light, state.pictures, one.mark].join("/");
  seen.querySelectorAll(".glass").forEach((glass, index) => {
    if (glass.dataset.key === key) return;
    glass.dataset.key = key;
    glass.classList.toggle("glass--dark", state.light === "dark");
    framed(glass, one, state, WIDTHS[index]);
  });
};

const showWords = async (one, state) => {
  const mine = turn;
  const words = await (await fetch(address(one.lang + (state.as === "text" ? ".txt" : ".eml")))).text();
  if (mine !== turn) return;
  const sheet = element("pre", words, "sheet sheet--" + state.as);
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", state.as === "text" ? "The text part" : "The whole message as it is sent");
  if (state.as === "text") Object.assign(sheet, { dir: one.dir, lang: one.lang });
  at("seen").replaceChildren(sheet);
};

const show = () => {
  turn += 1;
  const state = chosen();
  for (const name of Object.keys(CHOICES)) {
    for (const input of document.getElementsByName(name)) input.checked = input.value === state[name];
  }
  for (const name of ["light", "pictures"]) {
    for (const input of document.getElementsByName(name)) input.disabled = state.as !== "mail";
  }
  showEditions();
  showLanguages();
  showWrong();
  at("note").hidden = !all.note;
  at("note").textContent = all.note;
  at("about").hidden = !all.mails.length;
  if (!all.mails.length) {
    at("seen").replaceChildren();
    return;
  }
  const one = mail();
  document.title = one.subject + " · mail preview";
  showInbox(one);
  showSizes(one);
  showFindings(one);
  if (state.as === "mail") showMails(one, state);
  else showWords(one, state);
};

const load = async () => {
  const edition = chosen().edition;
  const told = await (await fetch("/" + (edition ? encodeURIComponent(edition) + "/" : "") + "mails.json")).json();
  if (edition !== chosen().edition) return;
  const first = !all;
  all = told;
  show();
  at("status").textContent = (all.whole ? "Composed at " : "Not composed at ") + new Date().toLocaleTimeString("en-GB") + ". A save is seen by itself.";
  if (first) listen();
};

const listen = () => {
  const events = new EventSource("/_yearround/events?after=" + all.number);
  events.addEventListener("mail", load);
  events.addEventListener("page", () => location.reload());
  addEventListener("pagehide", () => events.close());
};

for (const name of Object.keys(CHOICES)) {
  for (const input of document.getElementsByName(name)) input.addEventListener("change", () => choose({ [name]: input.value }));
}
at("edition").addEventListener("change", (event) => choose({ edition: event.target.value }));
let edition = chosen().edition;
addEventListener("hashchange", () => {
  const before = edition;
  edition = chosen().edition;
  if (before === edition) show();
  else load();
});
load();
