// Plans a day in a town with streets, as a planner would who has its files:
// takes it in, draws a shuttle and a closure, shapes the event.
//
//   node test/console/day.mjs <address of the server> <link of the first administrator>

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { atConsole, firstAdministrator } from "./browser.mjs";

const [address, first] = process.argv.slice(2);
const town = new URL("../../../cmd/qala/testdata/gridtown/", import.meta.url).pathname;
const only = process.env.QALA_STEPS?.split(",");

await atConsole(address, async (desk) => {
  await firstAdministrator(desk, first);
  for (const step of [takeIn, fillIn, event, shuttle, changes, copyAndCancel, looks]) if (!only || only.includes(step.name) || step === takeIn || step === event) await step(desk);
});

/** The scenario page of the event, with a form for a new change. */
async function newScenario({ page }, title) {
  await page.goto(`${address}/console/#/event/gridtown/match`);
  await page.getByLabel("Name of the scenario").fill(title);
  await page.getByRole("button", { name: "New scenario" }).click();
  await page.getByLabel("Kind").waitFor();
  await page.locator("canvas.maplibregl-canvas").waitFor();
}

async function takeIn({ page, seen }) {
  await page.getByLabel("Description of the city").setInputFiles(join(town, "city.yaml"));
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("tab", { name: "Data" }).click();
  for (const [folder, names] of [["gtfs/", readdirSync(join(town, "gtfs")).map((n) => join("gtfs", n))], ["", ["population.csv", "venues.yaml", "streets.osm.pbf"]]]) {
    await page.getByLabel("Files: GTFS").setInputFiles(names.map((n) => join(town, n)));
    await page.getByLabel("Name or folder").fill(folder);
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByRole("cell", { name: names.at(-1), exact: true }).waitFor();
  }
  await page.getByRole("button", { name: "Import" }).click();
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await seen("town-imported");
  await page.getByRole("tab", { name: "What is known" }).click();
  await page.getByText("28,950").waitFor();
  console.log("ok files uploaded, town imported");
}

/** What is missing is filled in where it is told; a venue is drawn. */
async function fillIn({ page, seen, context }) {
  await page.getByRole("tab", { name: "What is missing" }).click();
  await page.getByText("Room of vehicles is assumed: 3 lines").waitFor();
  await page.getByText("Fill in here").click();
  for (const [line, room] of [["1 · South line", "100"], ["2 · Bridge line", "110"], ["3 · North line", "90"]]) await page.getByLabel(`People in a vehicle: ${line}`).fill(room);
  await page.getByLabel("Source: 1 · South line").fill("the operator, \"by phone\"");
  await seen("missing-rooms");
  await page.getByRole("button", { name: "Save and import" }).click();
  await page.getByText("Room of vehicles is assumed").waitFor({ state: "detached" });
  const kept = await (await context.request.get(`${address}/api/v1/cities/gridtown/files/capacities.csv`)).text();
  assert.match(kept, /,S,100,fact,"the operator, ""by phone"""\n,B,110,assumption,/);

  await page.getByRole("button", { name: "New venue" }).click();
  const [hall, gate] = [await onMap(page, { lat: 43.1955, lon: 76.8877 }), await onMap(page, { lat: 43.1964, lon: 76.8877 })];
  await page.mouse.click(hall.x, hall.y);
  await page.getByText("Now click its gates").waitFor();
  await page.mouse.click(gate.x, gate.y);
  await page.getByLabel("Name", { exact: true }).first().fill("Expo Hall");
  await page.getByLabel("Kind").selectOption("exhibition");
  await page.getByLabel("Capacity").fill("4000");
  await page.getByLabel("People a minute").fill("200");
  await seen("venue-drawn");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "New event" }).waitFor();
  assert.equal(await page.getByLabel("Venue").inputValue(), "expo-hall");
  const venues = await (await context.request.get(`${address}/api/v1/cities/gridtown/files/venues.yaml`)).text();
  await page.goto(`${address}/console/#/city/gridtown`);
  await page.getByRole("button", { name: "New venue" }).waitFor();
  assert.ok(venues.includes("id: stadium") && venues.includes("id: expo-hall") && venues.includes("per_minute: 200"), venues);
  console.log("ok what was missing, and a drawn venue");
}

async function event({ page, seen, context }) {
  await page.goto(`${address}/console/#/new/gridtown?venue=stadium`);
  await page.getByLabel("Name", { exact: true }).fill("Match");
  // The curve of arrivals is dragged with the mouse, and by keyboard.
  const point = page.getByRole("group", { name: "Arrival at the gates" }).getByRole("slider", { name: /^Point 4 / });
  await point.scrollIntoViewIfNeeded();
  const [at, before] = [await centre(point), await point.getAttribute("aria-valuetext")];
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x - 12, at.y - 20, { steps: 4 });
  await page.mouse.up();
  const dragged = await point.getAttribute("aria-valuetext");
  assert.notEqual(dragged, before, "the curve was not dragged");
  await point.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await point.getAttribute("aria-valuetext"), dragged, "the curve does not hear the keyboard");
  assert.equal(await page.getByRole("combobox", { name: "Arrival at the gates" }).inputValue(), "");
  await page.getByLabel("Source of the curve").fill("counted at the last match");
  await page.getByText(/people between .* the busiest quarter/).first().waitFor();
  await seen("day-event-form");
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Name of the session").last().fill("second match");
  await page.getByText("12,000 people in all").waitFor();
  // Where people come from: a station, and an area that is drawn.
  await page.getByLabel("Add a station").selectOption("railway");
  await page.getByLabel("%: Railway station").fill("20");
  await page.getByRole("button", { name: "Draw an area" }).click();
  for (const [north, west] of [[43.1985, 76.895], [43.1985, 76.905], [43.1962, 76.905]]) {
    const corner = await onMap(page, { lat: north, lon: west });
    await page.mouse.click(corner.x, corner.y);
  }
  await page.getByLabel("%: Area 1").fill("30");
  await page.getByRole("cell", { name: "50%", exact: true }).waitFor();
  await seen("day-origins");
  await page.getByRole("button", { name: /^Done/ }).click();
  await page.getByText("Session 2").scrollIntoViewIfNeeded();
  await seen("day-sessions");
  await page.getByRole("group", { name: "Session 2" }).getByRole("button", { name: "Remove" }).first().click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Timetable as published" }).waitFor();
  const { text } = await (await context.request.get(`${address}/api/v1/cities/gridtown/events/match`)).json();
  assert.equal(text.sessions.length, 1);
  assert.ok(Array.isArray(text.sessions[0].arrive), "the curve was not kept");
  assert.equal(text.sessions[0].leave, "stadium");
  assert.deepEqual([text.origins.residents.share, text.origins.venues[0].share, text.origins.areas[0].outline.length], [0.5, 0.2, 3]);
  assert.ok(text.sources.some((o) => o.field === "sessions[0].arrive" && o.source === "counted at the last match"));
  console.log("ok event with its own curve");
}

async function shuttle(desk) {
  const { page, seen } = desk;
  await newScenario(desk, "Shuttle over the bridge");
  await page.getByLabel("Kind").selectOption("shuttle");
  for (const stop of ["n05", "s04"]) {
    await page.getByLabel("Stops on the way").fill(stop);
    await page.getByRole("button", { name: new RegExp(`\\b${stop}$`) }).click();
  }
  await page.getByText("22 km/h on main roads, 15 km/h on other streets").waitFor();
  const straightest = await drive(page);
  assert.ok(straightest > 2, `the way is ${straightest} km`);
  await page.waitForTimeout(500);
  await seen("shuttle");
  // The line is pulled to another street: the way is longer.
  const box = await page.locator("canvas.maplibregl-canvas").boundingBox();
  const [a, b] = [await centre(page.getByRole("button", { name: /^Stop North 5/ })), await centre(page.getByRole("button", { name: /^Stop South 3/ }))];
  await page.mouse.move(2 * b.x - a.x, (a.y + b.y) / 2); // the bridge, a block west of South 3
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, b.y - 20, { steps: 6 });
  await page.mouse.up();
  const point = page.getByRole("button", { name: /^Point on the way/ });
  await point.waitFor();
  const pulled = await drive(page, straightest);
  assert.ok(pulled > straightest, `${pulled} km after a detour, ${straightest} before`);
  await seen("shuttle-pulled");
  // By keyboard: moved, then taken away.
  await point.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowLeft");
  const moved = await drive(page, pulled);
  assert.notEqual(moved, pulled);
  await point.focus();
  await page.keyboard.press("Delete");
  assert.equal(await drive(page, moved), straightest);
  await page.getByLabel("Every", { exact: true }).fill("300");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/^Shuttle: North 5 – South 3, every 5 min/).waitFor();
  await seen("shuttle-listed");
  console.log("ok shuttle along the streets");
}

/** The kilometers of the shuttle in the form, once they are others than before. */
async function drive(page, before) {
  const told = page.locator("dl.facts dd").filter({ hasText: / km in / }).first();
  for (let i = 0; i < 60; i++) {
    const km = Number((await told.textContent())?.split(" ")[0]);
    if (km !== before && km > 0) return km;
    await page.waitForTimeout(100);
  }
  throw new Error(`the way stays ${before} km long`);
}

async function centre(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Every kind of change is pressed, and stands in the list as it was meant. */
async function changes(desk) {
  const { page, seen } = desk;
  await newScenario(desk, "Every kind");
  const add = () => page.getByRole("button", { name: "Add", exact: true }).click();
  const listed = (text) => page.locator("ol.changes li").filter({ hasText: text }).waitFor();

  // Headway: its edge is dragged, then turned by keyboard.
  const edge = page.locator(".band .grip.every");
  const [from, before] = [await centre(edge), await edge.getAttribute("aria-valuetext")];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 40, { steps: 4 });
  await page.mouse.up();
  const dragged = await edge.getAttribute("aria-valuetext");
  assert.notEqual(dragged, before, "the headway was not dragged");
  await edge.focus();
  while ((await edge.getAttribute("aria-valuetext")) !== "5 min") await page.keyboard.press("ArrowDown");
  await page.locator(".band .grip.from").focus();
  for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByLabel("From", { exact: true }).last().inputValue(), "20:50");
  await seen("change-headway");
  await add();
  await listed("Headway: 1, every 5 min, 20:50–22:50");

  const kind = (name) => page.getByLabel("Kind").selectOption(name);
  await kind("extra_trips");
  await page.getByLabel("Direction").selectOption("1");
  await page.getByLabel("From", { exact: true }).fill("21:00");
  await page.getByLabel("To", { exact: true }).fill("21:30");
  await page.getByLabel("Note").last().fill("two more after the match");
  await seen("change-extra-trips");
  await add();
  await listed("Extra trips: 1, → South 1, every 6 min, 21:00–21:30");

  await kind("vehicles");
  assert.equal(await page.getByLabel("People in a vehicle").inputValue(), "200", "not twice as long");
  await seen("change-vehicles");
  await add();
  await listed("Other vehicles: 1, 200 people");

  await kind("short_turn");
  await page.getByLabel("Last stop").fill("South 6");
  await page.getByRole("button", { name: /South 6/ }).click();
  await seen("change-short-turn");
  await add();
  await listed("Short turn: 1, as far as South 6");

  // A stop is clicked on the map.
  await kind("close_stop");
  const stop = await onMap(page, { lat: 43.207267, lon: 76.906177 });
  await page.mouse.click(stop.x, stop.y);
  await page.locator(".field").filter({ hasText: "n11" }).or(page.locator(".field").filter({ hasText: /b\d\d|n\d\d/ })).first().waitFor();
  await seen("change-close-stop");
  await add();
  await listed("Close a stop:");

  // A street is clicked on the map.
  await kind("close_street");
  const bridge = await onMap(page, { lat: 43.1991, lon: 76.9061 });
  await page.mouse.click(bridge.x, bridge.y);
  await page.getByText("200 m of street in 1 pieces").waitFor();
  await seen("change-close-street");
  await page.getByLabel("Latitude, longitude").fill("43.2027, 76.9061");
  await page.getByRole("button", { name: "Add the point" }).click();
  await page.getByText("600 m of street in 3 pieces").waitFor();
  await add();
  await listed("Close a street: 2 points");

  await kind("meter");
  await page.getByLabel("People a minute").fill("90");
  await seen("change-meter");
  await add();
  await listed("Meter a gate: Town Stadium: north (out), 90 people a minute");

  await kind("cancel_trip");
  await page.getByLabel("Departure").selectOption({ label: "20:20 → South 8" });
  await seen("change-cancel");
  await add();
  await listed("Cancel a trip: S-0, 20:20");

  await page.getByRole("button", { name: "Save and run" }).click();
  await page.getByRole("link", { name: "Results" }).first().waitFor();
  await seen("changes-run");
  console.log("ok every kind of change, and they run");
}

/** Where a place is drawn, by what the address says of the map. */
async function onMap(page, { lat, lon }) {
  if (!page.url().includes("at=")) await page.getByRole("button", { name: "Zoom in" }).click();
  await page.waitForURL(/at=/);
  await page.waitForTimeout(500);
  const [lon0, lat0, zoom] = (new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("at") ?? "").split(",").map(Number);
  const box = await page.locator("canvas.maplibregl-canvas").boundingBox();
  const scale = (512 * 2 ** zoom) / (2 * Math.PI);
  const y = (degrees) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
  return { x: box.x + box.width / 2 + ((lon - lon0) * Math.PI * scale) / 180, y: box.y + box.height / 2 - (y(lat) - y(lat0)) * scale };
}

/** A scenario is copied; a run that is under way is cancelled. */
async function copyAndCancel({ page, seen }) {
  await page.goto(`${address}/console/#/event/gridtown/match`);
  await page.getByRole("button", { name: "Copy: Shuttle over the bridge" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  assert.equal(await page.getByLabel("Name of the scenario").inputValue(), "Shuttle over the bridge (copy)");
  await page.getByLabel("Runs").fill("900");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/^(cancelled|partly done)$/).waitFor();
  await seen("run-cancelled");
  console.log("ok copy, and a run cancelled");
}

/** The pages in other languages, in the dark, on a tablet and on a wall. */
async function looks({ page, seen }) {
  const sizes = [["kk", 1280, 800], ["zh", 820, 1180], ["ru", 2560, 1440]];
  await page.getByRole("button", { name: "Dark" }).click();
  for (const [language, width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.locator("header select").selectOption(language);
    for (const [name, path] of [["scenario", "scenario/gridtown/match/every-kind"], ["event", "edit/gridtown/match"], ["city", "city/gridtown?tab=missing"]]) {
      await page.goto(`${address}/console/#/${path}`);
      await page.locator("canvas.maplibregl-canvas").waitFor();
      await page.waitForLoadState("networkidle");
      await seen(`look-${name}-${language}-${width}`);
    }
  }
  console.log("ok four languages, dark, tablet and wall");
}
