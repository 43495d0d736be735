// A browser at the console of a running server: nothing comes from another
// host, nothing fails, axe is content. QALA_SHOTS=<folder> keeps pictures.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.QALA_SHOTS;
const patience = Number(process.env.QALA_PATIENCE ?? 120_000); // a run takes its time on a busy machine

/**
 * Opens a browser at the server's address, lets the steps be taken by
 * `steps(desk)` and fails when one of them does, when the page complained or
 * asked anything of another host but those of `also`.
 *
 * desk: `page`, `context`, `address`, `seen(name)` looks at a view,
 * `refused([401], step)` takes a step that is to be answered with such a status,
 * `another()` opens a second browser session, as another person has it.
 */
export async function atConsole(address, steps, also = []) {
  const browser = await chromium.launch({
    executablePath: process.env.QALA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
  });
  const heard = { said: [], abroad: [], expected: [] };
  const desk = { address, ...(await sitDown(browser, address, heard)) };
  desk.refused = async (statuses, step) => {
    heard.expected = statuses;
    await step();
    heard.expected = [];
  };
  desk.another = () => sitDown(browser, address, heard);
  try {
    await steps(desk);
    assert.deepEqual(heard.said, [], "console");
    assert.deepEqual(heard.abroad.filter((url) => !also.includes(new URL(url).origin)), [], "asked of other hosts");
  } catch (error) {
    if (shots) await desk.page.screenshot({ path: join(shots, "failed.png") });
    console.log("at", desk.page.url(), heard.said);
    throw error;
  } finally {
    await browser.close();
  }
}

async function sitDown(browser, address, heard) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", reducedMotion: "reduce", acceptDownloads: true });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  listen(page, address, heard);
  return { context, page, seen: (name) => seen(page, name) };
}

function listen(page, address, heard) {
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && !driver(m.text()) && !m.text().startsWith("Failed to load resource") && heard.said.push(m.text()));
  page.on("pageerror", (e) => heard.said.push(`${e.name}: ${e.message} at ${page.url()} ${e.stack?.slice(0, 300)}`));
  page.on("response", (r) => {
    const missing = r.status() === 404 && /\/reports\/\w+$/.test(r.url()); // a report that is not made yet
    if (r.status() >= 400 && !missing && !heard.expected.includes(r.status())) heard.said.push(`${r.status()} ${r.request().method()} ${r.url()}`);
  });
  page.on("request", (r) => new URL(r.url()).protocol.startsWith("http") && new URL(r.url()).origin !== address && heard.abroad.push(r.url()));
}

/** The first administrator sets a password and comes in. */
export async function firstAdministrator({ page }, link, city = "Astana") {
  await page.goto(link);
  await page.getByLabel("Name to sign in with").fill("aigerim");
  await page.getByLabel("Your name").fill("Aigerim");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("link", { name: city }).waitFor();
}

export const password = "correct horse battery staple";

/** Looks at a view: a picture where one is wanted, and axe, which is to find no serious fault. */
async function seen(page, name) {
  if (shots) {
    await page.waitForTimeout(1500); // for the eye: tiles and letters
    await page.screenshot({ path: join(shots, `${name}.png`) });
  }
  const found = await page.evaluate(`(() => { const module = undefined, exports = undefined, define = undefined; ${axe}; return window.axe.run(document, { resultTypes: ["violations"] }); })()`);
  const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`), [], `${name}: axe`);
}

/** What the driver of a machine without a graphics card says about itself. */
function driver(text) {
  return /GPU stall due to ReadPixels|GL Driver Message/.test(text);
}
