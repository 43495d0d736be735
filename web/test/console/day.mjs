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
  for (const step of [takeIn, event, shuttle, changes]) if (!only || only.includes(step.name) || step === takeIn || step === event) await step(desk);
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

async function event({ page, seen }) {
  await page.goto(`${address}/console/#/new/gridtown?venue=stadium`);
  await page.getByLabel("Name", { exact: true }).fill("Match");
  await seen("day-event-form");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Timetable as published" }).waitFor();
  console.log("ok event");
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
  await page.getByText(/^Shuttle: Shuttle, North 5 – South 3, every 5 min/).waitFor();
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
}
