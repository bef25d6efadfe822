// Opens a report in Chromium, light and dark, wide and narrow: no request, no error, nothing wider than the page, nothing axe objects to.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [report, out, modules, chromium] = process.argv.slice(2);
const require = createRequire(modules + "/package.json");
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
mkdirSync(out, { recursive: true });

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const scheme of ["light", "dark"]) {
    for (const width of [1600, 1280, 375]) {
      await look(scheme, width);
    }
  }
  await withoutScript();
  await printed();
} finally {
  await browser.close();
}
faults.forEach((fault) => console.log("  " + fault));
console.log(faults.length === 0 ? "check-report: nothing to object to; screenshots in " + out : "check-report: " + faults.length + " faults");
process.exitCode = faults.length === 0 ? 0 : 1;

async function open(where, scheme, width, script = true) {
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(report).href && !request.url().startsWith("data:")) {
      faults.push(where + ": asks for " + request.url());
    }
  });
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.push(where + ": " + message.text());
  });
  page.on("pageerror", (error) => faults.push(where + ": " + error.message));
  await page.setJavaScriptEnabled(script);
  await page.setBypassCSP(false);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900, deviceScaleFactor: 1 });
  await page.goto(pathToFileURL(report).href, { waitUntil: "load" });
  return page;
}

async function look(scheme, width) {
  const where = scheme + " " + width;
  const page = await open(where, scheme, width);
  await new Promise((done) => setTimeout(done, 300));
  await page.screenshot({ path: `${out}/${scheme}-${width}.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(where + ": the page is " + wide + " px too wide");
  await page.evaluate(() => document.querySelectorAll("details").forEach((each, i) => (each.open = i < 12)));
  await page.screenshot({ path: `${out}/${scheme}-${width}-open.png`, fullPage: true });
  const opened = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (opened > 0) faults.push(where + ": the opened page is " + opened + " px too wide");
  await judge(page, where);
  await filtered(page, where);
  await page.close();
}

// In a world of its own: the page's policy admits no script but its own, and is not switched off for this.
async function judge(page, where) {
  const client = await page.createCDPSession();
  const { frameTree } = await client.send("Page.getFrameTree");
  const world = await client.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression, awaitPromise) => {
    const answer = await client.send("Runtime.evaluate", { expression, contextId: world.executionContextId, awaitPromise, returnByValue: true });
    if (answer.exceptionDetails) faults.push(where + ": axe: " + JSON.stringify(answer.exceptionDetails).slice(0, 300));
    return answer.result.value;
  };
  await run(axe + ";0", false);
  const violations = await run(
    "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.length + ' such as ' + v.nodes[0].html.slice(0, 160) + ' ' + (v.nodes[0].any[0]?.message ?? '')))",
    true,
  );
  (violations ?? ["axe gave no answer"]).forEach((violation) => faults.push(where + ": " + violation));
}

async function filtered(page, where) {
  const tasks = await page.$$eval("#task option", (all) => all.map((each) => each.value));
  if (tasks.length < 3) return;
  await page.select("#task", tasks[1]);
  const strangers = await page.$$eval(
    "[data-task]",
    (parts, task) => parts.filter((part) => part.dataset.task !== task && part.getClientRects().length > 0).length,
    tasks[1],
  );
  if (strangers > 0) faults.push(where + ": the filter leaves " + strangers + " parts of other tasks");
  await page.screenshot({ path: `${out}/${where.replace(" ", "-")}-filtered.png`, fullPage: true });
}

async function withoutScript() {
  const page = await open("no script", "light", 1280, false);
  await page.screenshot({ path: `${out}/no-script.png`, fullPage: true });
  await page.close();
}

async function printed() {
  const page = await open("print", "dark", 1280);
  await page.pdf({ path: `${out}/print.pdf`, format: "A4", printBackground: true });
  await page.close();
}
