// Opens the report's pages in Chromium as files and looks at them as a reader
// would: nothing is loaded, nothing fails, charts are drawn, axe is content.
//
//   node test/e2e.mjs <folder of pages>      QALA_SHOTS=<folder> keeps pictures
//   npm run e2e                              makes the pages first (needs Go)

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2] ?? ".");
const shots = process.env.QALA_SHOTS;
const pages = readdirSync(folder).filter((name) => /^report\.[a-z]+\.html$/.test(name)).sort();
assert.ok(pages.length > 0, `no report.<language>.html in ${folder}`);

const browser = await chromium.launch({
  executablePath: process.env.QALA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  for (const name of pages) for (const colorScheme of ["light", "dark"]) await look(name, colorScheme);
} finally {
  await browser.close();
}

async function look(name, colorScheme) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 }, bypassCSP: false });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  const url = pathToFileURL(join(folder, name)).href;
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => request.url() !== url && !request.url().startsWith("data:") && asked.push(request.url()));
  await page.goto(url);
  await page.waitForSelector("[data-chart=map] .load");
  await steps(page);
  assert.deepEqual(said, [], `${name} ${colorScheme}: console`);
  assert.deepEqual(asked, [], `${name} ${colorScheme}: requests`);
  await picture(page, name, colorScheme);
  // Colours are the same in every language: dark is examined once.
  if (colorScheme === "light" || name === pages[0]) await accessible(context, url, `${name} ${colorScheme}`);
  await context.close();
  console.log(`ok ${name} ${colorScheme}`);
}

/** Charts have lines, the map moves with time, the chooser and the heat table answer. */
async function steps(page) {
  for (const box of await page.$$("[data-chart=clearance], [data-chart=queue]")) {
    const lines = await box.$$eval("path", (paths) => paths.filter((p) => (p.getAttribute("d") ?? "").length > 100).length);
    assert.ok(lines > 0, "a chart has no curve");
    assert.ok((await box.getAttribute("aria-label")).length > 3);
  }
  assert.equal(await page.$$eval("[data-chart=map] path.street", (streets) => streets.length), 2, "streets on the map and in its legend");
  const drawn = () => page.$$eval("[data-chart=map] .load", (loads) => loads.map((l) => l.getAttribute("d") + l.getAttribute("stroke-width")).join());
  const before = await drawn();
  await page.focus("[data-chart=map] input[type=range]");
  await page.keyboard.press("ArrowLeft");
  await changes(drawn, before, "the slider does not move the map");
  const later = await drawn();
  await page.focus("[data-chart=map] svg.canvas");
  await page.keyboard.press("+");
  await changes(drawn, later, "plus does not zoom");
  await page.keyboard.press("0");
  await page.focus("[data-chart=map] input[type=range]");
  await page.keyboard.press("ArrowRight");
  const label = await page.getAttribute("[data-chart=queue]", "aria-label");
  if ((await page.$$("#queues select option")).length > 1) {
    await page.selectOption("#queues select", "1");
    assert.notEqual(await page.getAttribute("[data-chart=queue]", "aria-label"), label, "the chooser chooses nothing");
    await page.selectOption("#queues select", "0");
  }
  await page.focus("table.heat td[tabindex='0']");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.isVisible(".tip"), "a focused cell tells nothing");
  assert.ok((await page.textContent(".tip")).length > 20);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "the page is wider than the window");
  await page.setViewportSize({ width: 420, height: 800 });
  await changes(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), true, "the page is wider than a telephone");
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(await page.evaluate(() => document.body.textContent.includes("{")
    && [...document.querySelectorAll("main, header, nav")].some((e) => /\{\w+\}/.test(e.innerText))), false, "a placeholder is left");
}

/** Waits until what is read differs from before: a busy machine draws late. */
async function changes(read, before, complaint) {
  for (let tries = 0; tries < 100; tries++) {
    if ((await read()) !== before) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(complaint);
}

async function picture(page, name, colorScheme) {
  if (!shots) return;
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: join(shots, `${name}.${colorScheme}.png`), fullPage: true });
  if (colorScheme === "light") await page.pdf({ path: join(shots, `${name}.pdf`), format: "A4" });
}

/** axe needs its own script in the page, which the page's policy rightly forbids: a second page without it. */
async function accessible(context, url, what) {
  const bare = await browser.newContext({ ...(await sameLook(context)), bypassCSP: true });
  const page = await bare.newPage();
  await page.goto(url);
  await page.waitForSelector("[data-chart=map] .load");
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.addScriptTag({ content: axe });
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const grave = result.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  const told = grave.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(told, [], `${what}: axe`);
  await bare.close();
}

async function sameLook(context) {
  const [page] = context.pages();
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  return { colorScheme: dark ? "dark" : "light", viewport: page.viewportSize() };
}
