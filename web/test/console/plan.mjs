// Plans a day in the console of a running server, in Chromium, as a planner would.
//
//   node test/console/plan.mjs <address of the server> <link of the first administrator>

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { atConsole, firstAdministrator, password } from "./browser.mjs";

const [address, first] = process.argv.slice(2);

await atConsole(address, async (desk) => {
  for (const step of [comeIn, city, event, scenario, results, comparison, languages, leave]) await step(desk);
});

async function comeIn({ page, seen, refused }) {
  await page.goto(first);
  await page.getByLabel("Password").waitFor();
  await seen("welcome");
  await firstAdministrator({ page }, first);
  await seen("cities");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await seen("signin");
  await page.getByLabel("Name to sign in with").fill("aigerim");
  await page.getByLabel("Password").fill("wrong");
  await refused([401], async () => {
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Name, password or code is wrong.").waitFor();
  });
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Astana" }).click();
  console.log("ok first administrator, sign-out, sign-in");
}

async function city({ page, seen }) {
  await page.locator("canvas.maplibregl-canvas").waitFor();
  await page.getByRole("searchbox").fill("Barys");
  await page.getByRole("button", { name: /Barys Arena/ }).click();
  await page.getByRole("button", { name: "Event here" }).waitFor();
  await seen("city");
  for (const [tab, text] of [["What is known", "1,502,102"], ["What is missing", "Streets are not known"], ["Data", "population.csv"]]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByText(text).first().waitFor();
    await seen(`city-${tab.split(" ").pop().toLowerCase()}`);
  }
  await page.getByRole("button", { name: "Event here" }).click();
  console.log("ok city");
}

async function event({ page, seen, context }) {
  await page.getByRole("heading", { name: "New event" }).waitFor();
  assert.equal(await page.getByLabel("Venue").inputValue(), "barys-arena");
  await page.getByLabel("What it is").selectOption("concert");
  assert.equal(await page.getByLabel("Ends").inputValue(), "22:30");
  await page.getByLabel("Low", { exact: true }).fill("9000");
  await page.getByLabel("Middle", { exact: true }).fill("");
  await page.getByLabel("Middle", { exact: true }).pressSequentially("10500");
  await page.getByLabel("Middle", { exact: true }).blur();
  assert.equal(await page.getByLabel("Low", { exact: true }).inputValue(), "9000", "typing the middle moves the low");
  await seen("event-form");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Timetable as published" }).waitFor();
  const kept = await (await context.request.get(`${address}/api/v1/cities/astana/events`)).json();
  const own = kept.items.find((e) => e.venue === "barys-arena");
  assert.equal(own.text.sessions[0].attendance.low, 9000);
  assert.ok(own.text.sources.length >= 3, "its numbers have no sources");
  assert.match(own.text.sources.find((o) => o.field === "sessions[0].attendance").source, /entered/, "a number that was changed keeps the old one's source");
  await seen("event");
  await page.getByRole("link", { name: "Timetable as published" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("link", { name: "Results" }).first().waitFor();
  await page.goto(`${address}/console/#/event/astana/${own.name}`);
  await page.getByLabel("Name of the scenario").fill("More trains");
  await page.getByRole("button", { name: "New scenario" }).click();
  console.log("ok event");
}

async function scenario({ page, seen }) {
  await page.getByLabel("Every", { exact: true }).fill("330");
  await page.getByLabel("Note").last().fill("more often after the concert");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/Headway: LRT, every 5 min 30 s/).waitFor();
  await page.getByLabel("Kind").selectOption("shuttle");
  for (const stop of ["turan-05-a", "lrt-107-a"]) {
    await page.getByLabel("Stops on the way").fill(stop);
    await page.getByRole("button", { name: new RegExp(stop) }).click();
  }
  await seen("scenario");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/^Shuttle: /).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await page.getByText(/^Shuttle: /).count(), 0, "a change that was undone is still there");
  await page.getByLabel("Runs").fill("2");
  await page.getByRole("button", { name: "Save and run" }).click();
  await page.getByRole("link", { name: "Results" }).first().waitFor();
  const compare = page.getByRole("link", { name: "Compare with “Timetable as published”" });
  assert.match(await compare.getAttribute("href"), /#\/compare\/\w+\/\w+/);
  await seen("scenario-run");
  await page.getByRole("link", { name: "Results" }).first().click();
  console.log("ok scenario and run");
}

async function results({ page, seen, context }) {
  const slider = page.getByRole("slider", { name: "Time" });
  await slider.waitFor();
  await page.getByText("P90").first().waitFor();
  const before = await page.locator(".time output").textContent();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.locator(".time output").textContent(), before, "the time does not move");
  await seen("run");
  await page.getByRole("tab", { name: "Stops" }).click();
  await page.locator("#tabpanel td button").first().click();
  await page.getByText("Why people lost time here").waitFor();
  await seen("run-stop");
  await page.getByRole("tab", { name: "Lines by time" }).click();
  await page.locator("#tabpanel td button").first().waitFor();
  await seen("run-lines");
  await page.getByRole("tab", { name: "Basis" }).click();
  await page.getByText("Walking speed").first().waitFor();
  await seen("run-basis");
  await page.getByRole("tab", { name: "Take away" }).click();
  await page.getByRole("button", { name: "Make the report" }).click();
  const report = page.getByRole("link", { name: "Open the report" });
  await report.waitFor();
  await seen("run-files");
  await everyFile(page, context, report);
  for (const [name, begins] of [["Plan on paper (PDF)", "%PDF-"], ["Tables (XLSX)", "PK"]]) await takes(page, page.getByRole("link", { name }), begins);
  console.log("ok results and downloads");
}

/** Every file that the tab names is there and is what its name says. */
async function everyFile(page, context, report) {
  const fetched = async (link) => {
    const answer = await context.request.get(new URL(await link.getAttribute("href"), page.url()).href);
    assert.equal(answer.status(), 200, await link.textContent());
    return answer.text();
  };
  assert.match(await fetched(report), /^<!doctype html>/i);
  const tables = await page.getByRole("link", { name: /\.csv$/ }).all();
  assert.ok(tables.length >= 17, `${tables.length} tables`);
  for (const table of tables) assert.match(await fetched(table), /^\uFEFF?[a-z_]+,[a-z0-9_,]+\n/, await table.textContent());
  const layers = await page.getByRole("link", { name: /\.geojson$/ }).all();
  assert.equal(layers.length, 4);
  for (const layer of layers) {
    const { type, features } = JSON.parse(await fetched(layer));
    assert.equal(type, "FeatureCollection");
    assert.ok(features.length > 0 && features.every((f) => f.type === "Feature" && f.geometry), await layer.textContent());
  }
  assert.equal(JSON.parse(await fetched(page.getByRole("link", { name: "results.json" }).last())).format, 2);
}

/** Presses a link as a person does: the browser keeps a file that begins as it should. */
async function takes(page, link, begins) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.first().click()]);
  const data = await readFile(await download.path());
  assert.equal(data.subarray(0, begins.length).toString("latin1"), begins, download.suggestedFilename());
  if (begins === "PK") assert.ok(data.includes("xl/workbook.xml") && data.includes("xl/charts/chart1.xml"), "the workbook lacks its parts");
  else assert.ok(data.subarray(-8).toString("latin1").includes("%%EOF"), "the plan on paper is cut off");
  assert.ok(data.length > 20_000, `${download.suggestedFilename()} has ${data.length} bytes`);
}

async function comparison({ page, seen }) {
  await page.getByRole("link", { name: /^Scenario:/ }).click();
  await page.getByLabel("Where you are").getByRole("link").nth(2).click();
  await proposal({ page, seen });
  await page.getByRole("button", { name: "Compare both" }).click();
  await page.getByText("Red cells").waitFor();
  await seen("compare");
  console.log("ok comparison");
}

/** Who proposes a plan does not approve it: four eyes. */
async function proposal({ page, seen }) {
  await page.getByLabel("Name of the plan").fill("More trains after the concert");
  await page.getByLabel("Scenario whose run is done").selectOption({ label: "More trains" });
  await page.getByRole("button", { name: "Propose the plan" }).click();
  await page.getByText("draft", { exact: true }).waitFor();
  await seen("plan-proposed");
  for (const [name, begins] of [["Plan on paper (PDF)", "%PDF-"], ["Tables (XLSX)", "PK"]]) await takes(page, page.getByRole("link", { name }), begins);
  await page.goto(`${address}/console/#/event/astana/concert-at-barys-arena`);
}

async function languages({ page, seen }) {
  await page.goto(`${address}/console/#/event/astana/concert-at-barys-arena`);
  for (const [code, word] of [["kk", "Сценарийлер"], ["ru", "Сценарии"], ["zh", "方案"], ["en", "Scenarios"]]) {
    await page.locator("header select").selectOption(code);
    await page.getByRole("heading", { name: word, exact: true }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), code);
    await seen(`event-${code}`);
  }
  await page.getByRole("button", { name: "Dark" }).click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await seen("event-dark");
  await page.reload();
  await page.getByRole("heading", { name: "Concert at Barys Arena", exact: true }).waitFor();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  console.log("ok languages and themes");
}

async function leave({ page, seen, context, refused }) {
  await page.waitForLoadState("networkidle"); // tiles that the map still asks for would be refused
  await refused([401], async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
  assert.equal((await context.request.get(`${address}/api/v1/cities`)).status(), 401);
  await seen("signin-dark");
  console.log("ok sign-out");
}
