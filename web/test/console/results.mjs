// Looks at the results of runs in the console of a running server, in Chromium.
//
//   node test/console/results.mjs <address of the server> <link of the first administrator>

import assert from "node:assert/strict";
import { atConsole, firstAdministrator } from "./browser.mjs";
import { counting, measure } from "./frames.mjs";

const [address, first] = process.argv.slice(2);
const api = `${address}/api/v1`;
const runs = {};

await atConsole(address, async (desk) => {
  for (const step of [prepare, look, vehicles, moving, line, stop, journeys, gate, explanation, picks, links, comparison, sizes, languages, leaving]) await step(desk);
});

/** Two scenarios of an event, run by way of the API: this is about looking. */
async function prepare({ page, context }) {
  await firstAdministrator({ page }, first);
  const session = await (await context.request.get(`${api}/session`)).json();
  const post = async (path, data) => {
    const answer = await context.request.post(`${api}${path}`, { data, headers: { "X-Qala-Csrf": session.csrf ?? "" } });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  await post("/cities/astana/events", {
    event: "match", city: "astana", name: { en: "Match", kk: "Матч", ru: "Матч", zh: "比赛" }, venue: "astana-arena", date: "2026-08-15",
    sessions: [{ start: "19:00", end: "20:50", attendance: 30000, arrive: "football", leave: "stadium" }], transit_share: 0.45,
    travellers: { event: [{ name: "regulars", share: 0.6 }, { name: "visitors", share: 0.4, informed: false }] },
  });
  await post("/cities/astana/events/match/scenarios", { name: "timetable", title: "Timetable as published" });
  await post("/cities/astana/events/match/scenarios", {
    name: "more", title: "More trains", modifications: [{ headway: { route: "LRT", from: "20:00", to: "23:30", every: "5m30s", note: "after the match" } }],
  });
  for (const name of ["timetable", "more"]) runs[name] = (await post(`/cities/astana/events/match/scenarios/${name}/runs`, { rounds: 2 })).id;
  for (const run of Object.values(runs)) {
    for (;;) {
      const { job } = await (await context.request.get(`${api}/runs/${run}`)).json();
      if (job.state === "done") break;
      assert.ok(["ordered", "queued", "running"].includes(job.state), job.state);
      await page.waitForTimeout(300);
    }
  }
  console.log("ok two runs");
}

async function look({ page, seen }) {
  await page.goto(`${address}/console/#/run/${runs.timetable}`);
  await page.getByRole("slider", { name: "Time" }).waitFor();
  await page.getByText("Vehicles and their load").waitFor();
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await seen("results");
  console.log("ok results");
}

/** Vehicles stand where the API says, and move with the time. */
async function vehicles({ page, context, seen }) {
  const told = await (await context.request.get(`${api}/runs/${runs.timetable}/vehicles`)).json();
  assert.ok(told.trips.id.length > 500, `${told.trips.id.length} trips`);
  const slider = page.getByRole("slider", { name: "Time" });
  const before = Number(await slider.inputValue());
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction((was) => Number(document.querySelector(".time input").value) > was + 2, before);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByLabel("Vehicles and their load").uncheck();
  assert.match(page.url(), /hide=vehicles/);
  await page.getByLabel("Vehicles and their load").check();
  await seen("results-vehicles");
  console.log("ok vehicles");
}

/** Where motion is welcome all vehicles move; the counters of the browser's canvas tell so. */
async function moving({ context }) {
  const other = await context.browser().newContext({ storageState: await context.storageState(), viewport: { width: 1280, height: 800 }, reducedMotion: "no-preference" });
  const page = await other.newPage();
  await page.addInitScript(counting);
  await page.goto(`${address}/console/#/run/${runs.timetable}?hide=loads,queues`);
  await page.waitForFunction(() => globalThis.qalaFrames.overlay.instances > 50);
  await page.waitForLoadState("networkidle");
  const still = await measure(page, 2000);
  assert.ok(still.frames <= 3, `${still.frames} frames of vehicles that stand still`);
  await page.getByRole("button", { name: "Play" }).click();
  const cost = await measure(page, 6000);
  assert.ok(cost.frames > 3 && cost.vehicles > 50, `${cost.frames} frames of ${cost.vehicles} vehicles`);
  assert.ok(cost.bytes < 64 * cost.vehicles + 20_000, `${cost.bytes} bytes for ${cost.vehicles} vehicles`);
  console.log(`ok moving vehicles: ${cost.vehicles} in a frame, ${cost.bytes} bytes`);
  await other.close();
}

async function line({ page, seen }) {
  await page.getByRole("searchbox").fill("LRT");
  await page.getByRole("button", { name: /^LRT →/ }).first().click();
  await page.getByRole("heading", { name: "Load along the stops" }).waitFor();
  assert.ok((await page.locator("#tabpanel thead th").count()) > 10, "there are few departures");
  await seen("results-line");
  await page.getByRole("button", { name: "All lines" }).click();
  await page.getByText("Red: people were left behind.").waitFor();
  await page.locator("#tabpanel th button").first().click();
  await page.getByRole("heading", { name: "Load along the stops" }).waitFor();
  console.log("ok line");
}

async function stop({ page, seen }) {
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.locator("dd button.at").click();
  await page.getByText("Why people lost time here").waitFor();
  await seen("results-stop");
  console.log("ok stop");
}

/** What stands in the middle of the map opens at a click: a queue, a vehicle. */
async function picks({ page, context }) {
  const summary = await (await context.request.get(`${api}/runs/${runs.timetable}/summary`)).json();
  const worst = await (await context.request.get(`${api}/runs/${runs.timetable}/stops/${summary.headline.max_queue_stop}`)).json();
  const minute = Math.floor(summary.worst.find((w) => w.stop === worst.id).at / 60);
  const middle = async (at, hide) => {
    await page.goto("about:blank");
    await page.goto(`${address}/console/#/run/${runs.timetable}?t=${minute}&at=${at.lon},${at.lat},16&hide=${hide}`);
    await page.getByText("Vehicles and their load").waitFor();
    await page.waitForLoadState("networkidle");
    const box = await page.locator(".ground .map").boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  };
  await middle(worst.at, "vehicles,loads");
  await page.getByText("Why people lost time here").waitFor();
  const told = await (await context.request.get(`${api}/runs/${runs.timetable}/vehicles`)).json();
  await middle(standing(told, 60 * minute), "queues,loads");
  await page.getByRole("button", { name: "Open the line" }).click();
  await page.getByRole("heading", { name: "Load along the stops" }).waitFor();
  console.log("ok picked on the map");
}

/** Where a vehicle stands at a stop at a second. */
function standing({ trips, visits, patterns }, second) {
  for (let t = 0; t < trips.id.length; t++) {
    let at = trips.start[t];
    for (let v = trips.first[t]; v < trips.first[t + 1]; v++) {
      const arrive = at + visits.run[v];
      at = arrive + visits.stay[v];
      if (v === trips.first[t] || v + 1 === trips.first[t + 1] || second < arrive || second > at) continue;
      const p = trips.pattern[t];
      const last = patterns.from[p] + patterns.reach[patterns.first[p] + v - trips.first[t]];
      let [lon, lat] = [0, 0];
      for (let k = patterns.from[p]; k <= last; k++) [lon, lat] = [lon + patterns.point[2 * k], lat + patterns.point[2 * k + 1]];
      return { lon: lon / 1e5, lat: lat / 1e5 };
    }
  }
  throw new Error(`no vehicle stands at a stop at ${second}`);
}

async function journeys({ page, seen }) {
  await page.getByRole("button", { name: /^Who waited here at/ }).click();
  await page.getByRole("heading", { name: /Why was I left behind/ }).waitFor();
  await page.getByText("full vehicles left him behind").first().waitFor();
  await seen("results-why");
  await page.getByLabel("only those left behind").uncheck();
  await page.getByText(/different ways: [1-9]/).waitFor();
  await page.getByLabel("Stop", { exact: true }).selectOption("");
  await page.locator("#tabpanel").getByLabel("Time", { exact: true }).selectOption("all");
  await page.getByLabel("Kind of traveller").selectOption("visitors");
  await page.getByText(/different ways: [1-9]/).waitFor();
  await page.locator("#tabpanel ol button.place").first().click();
  await page.getByLabel("How far around the place").selectOption("1000");
  await page.getByText(/different ways: [1-9]/).waitFor();
  assert.match(page.url(), /within=1000/);
  console.log("ok why left behind");
}

async function gate({ page, seen }) {
  await page.getByRole("tab", { name: "Gates and stairs" }).click();
  await page.locator("#tabpanel td button").first().click();
  await page.getByText("Busiest minute").waitFor();
  await seen("results-gate");
  console.log("ok gate");
}

async function explanation({ page, seen }) {
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("button", { name: "What stands behind: Longest queue" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("who joined by the end of the minute less who boarded").waitFor();
  await dialog.getByText("Attendance", { exact: true }).waitFor();
  await seen("results-explained");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  console.log("ok what stands behind a figure");
}

/** A link shows exactly this view to somebody else. */
async function links({ page, context }) {
  await page.getByRole("tab", { name: "Stops" }).click();
  await page.locator("#tabpanel td button").first().click();
  await page.getByText("Why people lost time here").waitFor();
  await page.getByLabel("Lines, how full").uncheck();
  const slider = page.getByRole("slider", { name: "Time" });
  await slider.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  const [time, stop] = [await slider.inputValue(), await page.locator("#tabpanel h2").first().textContent()];
  await page.waitForFunction((t) => location.hash.includes(`t=${t}`), time);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByText("Why people lost time here").waitFor();
  assert.equal(await other.getByRole("slider", { name: "Time" }).inputValue(), time);
  assert.equal(await other.locator("#tabpanel h2").first().textContent(), stop);
  assert.equal(await other.getByLabel("Lines, how full").isChecked(), false);
  await other.close();
  await page.getByLabel("Lines, how full").check();
  console.log("ok a link shows the same view");
}

async function comparison({ page, seen }) {
  await page.goto(`${address}/console/#/compare/${runs.timetable}/${runs.more}`);
  await page.getByRole("heading", { name: "Where it changed" }).waitFor();
  await page.getByText(/changed: [1-9][\d,]* segments, [1-9][\d,]* stops/).waitFor();
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await seen("results-compare");
  await page.getByLabel("worst of the whole day").uncheck();
  await page.locator(".row").getByRole("slider", { name: "Time" }).waitFor();
  assert.match(page.url(), /t=\d+/);
  console.log("ok difference map");
}

/** A tablet and a wall of a control room. */
async function sizes({ page, seen }) {
  await page.goto(`${address}/console/#/run/${runs.timetable}`);
  await page.getByText("Vehicles and their load").waitFor();
  for (const [name, size] of [["tablet", { width: 820, height: 1180 }], ["wall", { width: 2560, height: 1440 }], ["laptop", { width: 1280, height: 800 }]]) {
    await page.setViewportSize(size);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: it scrolls sideways`);
    await seen(`results-${name}`);
  }
  console.log("ok sizes");
}

async function languages({ page, seen }) {
  for (const [code, word] of [["kk", "Көлік және жүктемесі"], ["ru", "Машины и загрузка"], ["zh", "车辆及载客"]]) {
    await page.locator("header select").selectOption(code);
    await page.getByText(word).waitFor();
    await seen(`results-${code}`);
  }
  await page.locator("header select").selectOption("en");
  await page.getByRole("button", { name: "Dark" }).click();
  await seen("results-dark");
  await page.getByRole("searchbox").fill("LRT");
  await page.getByRole("button", { name: /^LRT →/ }).first().click();
  await page.getByRole("heading", { name: "Load along the stops" }).waitFor();
  await seen("results-line-dark");
  await page.goto(`${address}/console/#/compare/${runs.timetable}/${runs.more}`);
  await page.getByText(/changed: [1-9][\d,]* segments/).waitFor();
  await seen("results-compare-dark");
  await page.getByRole("button", { name: "Light" }).click();
  console.log("ok languages and themes");
}

/** Who signs out while the map loads hears of no fault. */
async function leaving({ page, refused }) {
  await page.goto(`${address}/console/#/run/${runs.more}`);
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await refused([401], async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.waitForTimeout(500); // for tiles that are refused
  });
  console.log("ok sign-out while the map loads");
}
