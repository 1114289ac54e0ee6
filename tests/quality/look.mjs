// Opens pages in a browser, one after another, and says what went wrong on each. Reads a plan as JSON on standard input:
//     {module, browser, program, profile, inside, pages: [{url, leads}], missing}
// and writes {version, seen: {url: title}, findings: ["url: what", ...]} to standard output.
// `inside` begins every address that a page may ask for; `leads` is where a page sends its readers, or "".
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const plan = JSON.parse(readFileSync(0, "utf8"));
const { default: puppeteer } = await import(pathToFileURL(plan.module));
const browser = await puppeteer.launch({
  browser: plan.browser,
  executablePath: plan.program,
  userDataDir: plan.profile,
  headless: true,
  // The driver takes a bar away that readers have: each file on a disk is a place of its own.
  extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "privacy.file_unique_origin": true },
  args: plan.browser === "chrome" ? ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"] : [],
});

// A browser's console may keep to itself what a policy refused, so the page is asked as well.
const listen = () => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", event => {
    window.refused.push(`${event.effectiveDirective} refused ${event.blockedURI || "inline"}`);
  });
  // From a disk Firefox tells of no request, so what could not be loaded says so itself.
  document.addEventListener("error", event => {
    if (event.target !== window) window.refused.push(`${event.target.localName} ${event.target.src ?? event.target.href} failed`);
  }, true);
  window.addEventListener("unhandledrejection", event => window.refused.push(`a script fails: ${event.reason}`));
};
const all = () => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  document.querySelectorAll("img").forEach(one => { one.loading = "eager"; });
  return Promise.all([...document.images].map(one => one.decode().catch(() => null)))
    .then(() => document.fonts.ready)
    .then(() => new Promise(done => setTimeout(done, 100)))
    // A stand-in is a font of the machine, and a machine need not have it.
    .then(() => [...document.fonts]
      .filter(one => one.status === "error" && !/^"?(Inter|Vazirmatn) (here|Roboto|DejaVu)"?$/.test(one.family))
      .map(one => `the font ${one.family} failed`));
};

const findings = [];
const seen = {};
for (const { url, leads } of plan.pages) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("console", one => wrong.push(`says ${one.type()}: ${one.text()}`));
  page.on("pageerror", one => wrong.push(`fails: ${one.message ?? one}`));
  page.on("request", one => {
    if (!one.url().startsWith(plan.inside) && !one.url().startsWith("data:")) wrong.push(`asks ${one.url()}`);
  });
  // A page that sends its readers on is left before it has its icon.
  page.on("requestfailed", one => { if (!leads) wrong.push(`${one.url()}: ${one.failure()?.errorText}`); });
  page.on("response", one => { if (one.status() >= 400) wrong.push(`${one.url()}: ${one.status()}`); });
  await page.evaluateOnNewDocument(listen);
  try {
    await page.goto(url, { waitUntil: "load" });
    if (leads) {
      await page.waitForFunction(to => location.href === to && document.readyState === "complete", {}, leads);
    }
    wrong.push(...await page.evaluate(all), ...await page.evaluate(() => window.refused));
    seen[url] = await page.title();
  } catch (fault) {
    wrong.push(`${fault}`);
  }
  findings.push(...new Set(wrong.map(one => `${url}: ${one}`)));
  await page.close();
}
const version = await browser.version();
await browser.close();
process.stdout.write(JSON.stringify({ version, seen, findings }));
