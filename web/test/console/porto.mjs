// Plans and looks at a match in Porto in the console of a running server, in Chromium.
//
//   node test/console/porto.mjs <address of the server> <link of the first administrator>

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { atConsole, firstAdministrator } from "./browser.mjs";
import { counting, measure } from "./frames.mjs";

const [address, first] = process.argv.slice(2);
const api = `${address}/api/v1`;
const runs = {};

await atConsole(address, async (desk) => {
  for (const step of [event, run, results, warm, scripts, moving, compare]) await step(desk);
});

async function event({ page, seen }) {
  await firstAdministrator({ page }, first, "Porto");
  await page.getByRole("link", { name: "Porto" }).click();
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await page.getByRole("searchbox").fill("Dragão");
  await page.getByRole("button", { name: /Estádio do Dragão/ }).first().click();
  await page.getByRole("button", { name: "Event here" }).click();
  await page.getByRole("heading", { name: "New event" }).waitFor();
  assert.equal(await page.getByLabel("Venue").inputValue(), "dragao");
  await page.getByLabel("Name", { exact: true }).fill("Match");
  await page.getByLabel("Date").fill("2023-09-23");
  await page.getByLabel("Starts").fill("20:30");
  await page.getByLabel("Ends").fill("22:20");
  for (const size of ["Low", "Middle", "High"]) await page.getByLabel(size, { exact: true }).fill("40000");
  await page.getByRole("slider", { name: "Come by public transport" }).fill("20");
  await seen("porto-event");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Timetable as published" }).click();
  console.log("ok an event is made at the venue on the map");
}

/** The match by the timetable, and with more trams on a line. */
async function run({ page, context, seen }) {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("link", { name: "Results" }).first().waitFor();
  await page.goto(`${address}/console/#/event/porto/match`);
  await page.getByLabel("Name of the scenario").fill("More");
  await page.getByRole("button", { name: "New scenario" }).click();
  await page.locator('select:has(option[value="metro:E"])').first().selectOption("metro:E");
  await page.getByLabel("Every", { exact: true }).fill("600");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/^Headway: .*every 10 min/).waitFor();
  await page.getByRole("button", { name: "Save and run" }).click();
  await page.getByRole("link", { name: "Results" }).first().waitFor();
  await seen("porto-scenario");
  for (const name of ["timetable", "more"]) runs[name] = (await (await context.request.get(`${api}/cities/porto/events/match/scenarios/${name}/runs`)).json()).items[0].id;
  console.log("ok two runs");
}

async function results({ page, seen, context }) {
  await page.goto(`${address}/console/#/run/${runs.timetable}`);
  await page.getByRole("slider", { name: "Time" }).waitFor();
  await page.getByText("Vehicles and their load").waitFor();
  await seen("porto-results");
  for (const what of ["moments", "vehicles", "summary", "crowds?limit=1000"]) {
    const body = await (await context.request.get(`${api}/runs/${runs.timetable}/${what}`)).body();
    console.log(`figure ${what}: ${body.length} bytes, ${gzipSync(body, { level: 1 }).length} packed`);
  }
  await page.getByRole("tab", { name: "Stops" }).click();
  await page.locator("#tabpanel td button").first().click();
  await page.getByText("Why people lost time here").waitFor();
  await seen("porto-stop");
  await page.getByRole("button", { name: /^Who waited here at/ }).click();
  await page.getByText(/different ways: [1-9]/).waitFor();
  await seen("porto-why");
  console.log("ok results");
}

/** How long a page that was here before takes until it can be used, and until vehicles stand on it. */
async function warm({ context }) {
  const times = [];
  for (let i = 0; i < 6; i++) {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const once = (name, there) => document.querySelector(there) && (globalThis[name] ??= performance.now());
      new MutationObserver(() => (once("usableAt", "[role=tab]"), once("vehiclesAt", ".keys .v"))).observe(document, { childList: true, subtree: true });
    });
    const metrics = await context.newCDPSession(page);
    await metrics.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(`${address}/console/#/run/${runs.timetable}`);
    await page.waitForFunction(() => globalThis.usableAt);
    const task = (await metrics.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value;
    await page.waitForFunction(() => globalThis.vehiclesAt);
    const [usable, vehicles] = await page.evaluate(() => [globalThis.usableAt, globalThis.vehiclesAt]);
    if (i > 0) times.push([usable, vehicles, 1000 * task]); // the first one warms
    await page.close();
  }
  const median = (at) => Math.round(times.map((t) => t[at]).sort((x, y) => x - y)[2]);
  console.log(`figure warm: usable after ${median(0)} ms, vehicles after ${median(1)} ms; ${median(2)} ms of the page's processor time until it is usable (medians of 5)`);
}

/** All scripts that the console may ever load, and those that a page without vehicles does. */
async function scripts({ page, context }) {
  const loaded = async (at, ready) => {
    const other = await context.newPage();
    const urls = new Set();
    other.on("response", (r) => /\.js$/.test(r.url()) && urls.add(r.url()));
    await other.goto(at);
    await ready(other);
    await other.waitForLoadState("networkidle");
    await other.close();
    let bytes = 0;
    for (const url of urls) bytes += gzipSync(await (await context.request.get(url)).body(), { level: 9 }).length;
    return { urls, bytes };
  };
  const cities = await loaded(`${address}/console/`, (p) => p.getByRole("link", { name: "Porto" }).waitFor());
  const results = await loaded(`${address}/console/#/run/${runs.timetable}`, async (p) => {
    await p.getByText("Vehicles and their load").waitFor();
    await p.waitForFunction(() => document.querySelectorAll(".ground canvas").length > 1);
  });
  assert.ok(![...cities.urls].some((u) => u.includes("vehicles")), "a page without vehicles loads what draws them");
  assert.ok([...results.urls].some((u) => u.includes("vehicles")), "vehicles are drawn by nothing");
  assert.ok(results.bytes < 1.5e6, `${results.bytes} bytes of scripts`);
  console.log(`figure scripts: ${cities.bytes} bytes packed on the page of cities, ${results.bytes} with vehicles`);
  await page.bringToFront();
}

/** All vehicles move: what a frame costs. */
async function moving({ context }) {
  const other = await context.browser().newContext({ storageState: await context.storageState(), viewport: { width: 1280, height: 800 }, reducedMotion: "no-preference" });
  const page = await other.newPage();
  await page.addInitScript(counting);
  await page.goto(`${address}/console/#/run/${runs.timetable}?t=1100&at=-8.62,41.17,12.0`);
  await page.waitForFunction(() => globalThis.qalaFrames.overlay.instances > 100);
  await page.waitForLoadState("networkidle");
  const still = await measure(page, 3000);
  assert.ok(still.frames <= 3, `${still.frames} frames of vehicles that stand still`); // what comes late is drawn once
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForTimeout(1500);
  const cost = await measure(page, 10_000);
  console.log(`figure frames: ${JSON.stringify(cost)}`);
  const before = Date.now();
  await page.getByRole("tab", { name: "Stops" }).click();
  await page.locator("#tabpanel td button").first().waitFor();
  console.log(`figure answer while vehicles move: ${Date.now() - before} ms`);
  assert.ok(cost.frames > 3 && cost.vehicles > 100, "nothing moves");
  assert.ok(cost.bytes < 64 * cost.vehicles + 20_000, `${cost.bytes} bytes for ${cost.vehicles} vehicles`);
  await other.close();
  console.log("ok moving vehicles");
}

async function compare({ page, seen }) {
  await page.goto(`${address}/console/#/compare/${runs.timetable}/${runs.more}`);
  await page.getByText(/changed: [1-9][\d,]* segments/).waitFor();
  await seen("porto-compare");
  console.log("ok comparison");
}
