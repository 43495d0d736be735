// Two people at the console of a running server, in Chromium: who may do what,
// a plan that somebody else signs, the log.
//
//   node test/console/people.mjs <address of the server> <link of the first administrator>

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { atConsole, firstAdministrator, password } from "./browser.mjs";

const [address, first] = process.argv.slice(2);
const console_ = `${address}/console/`;
const event = "final-at-astana-arena";

await atConsole(address, async (desk) => {
  desk.page.setDefaultTimeout(45_000); // nothing here takes as long as a run
  await begin(desk);
  await prepare(desk);
  desk.ben = await invitation(desk);
  for (const step of [fourEyes, release, withdrawal, ended, oneself, secondFactor, keys, account, log, everywhere]) await step(desk);
});

/** Asks the API as whoever has signed in on the page. */
function ask(page, method, path, body, headers = {}) {
  return page.evaluate(async ({ method, path, body, headers }) => {
    const { csrf } = await (await fetch("/api/v1/session")).json();
    const answer = await fetch(`/api/v1${path}`, { method, headers: { "Content-Type": "application/json", "X-Qala-Csrf": csrf, ...headers }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }, { method, path, body, headers });
}

async function begin({ page, seen, refused }) {
  await page.goto(first);
  await page.getByRole("heading", { name: "First administrator" }).waitFor();
  await page.getByLabel("Name to sign in with").fill("aigerim");
  await page.getByLabel("Your name").fill("Aigerim");
  await page.getByLabel("Password").fill("aigerim");
  await refused([422], async () => {
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("at least 12 characters, none of the common ones").waitFor();
  });
  await seen("people-first");
  await firstAdministrator({ page }, first);
  await page.goto(first);
  await page.reload();
  await page.getByLabel("Name to sign in with").fill("somebody");
  await page.getByLabel("Your name").fill("Somebody");
  await page.getByLabel("Password").fill(password);
  await refused([410], async () => {
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("The link has ended, was used or is not known.").waitFor();
  });
  await seen("people-link-over");
  console.log("ok first administrator, a link that was used");
}

/** An event with two scenarios that have been run. */
async function prepare({ page }) {
  await page.goto(console_);
  const text = {
    event, city: "astana", name: { en: "Final at Astana Arena", kk: "Астана Аренадағы финал", ru: "Финал на Астана Арене", zh: "阿斯塔纳体育场决赛" }, venue: "astana-arena", date: "2026-08-15", seed: 1,
    sessions: [{ start: "19:00", end: "20:50", attendance: 6000, arrive: "football", leave: "stadium" }], transit_share: 0.45, origins: { residents: { share: 1 } },
  };
  await ask(page, "POST", "/cities/astana/events", text);
  const more = { headway: { route: "LRT", from: "20:30", to: "23:00", every: "5m30s", note: "after the final" } };
  for (const [name, title, modifications] of [["timetable", "Timetable as published", []], ["more-trains", "More trains", [more]]]) {
    await ask(page, "POST", `/cities/astana/events/${event}/scenarios`, { name, title, modifications });
    await ask(page, "POST", `/cities/astana/events/${event}/scenarios/${name}/runs`, {});
  }
  for (const name of ["timetable", "more-trains"]) {
    for (let state = ""; state !== "done"; ) {
      state = (await ask(page, "GET", `/cities/astana/events/${event}/scenarios/${name}/runs`)).items[0].job.state;
      assert.ok(!["failed", "canceled"].includes(state), `${name}: ${state}`);
      await page.waitForTimeout(500);
    }
  }
  console.log("ok an event with two runs");
}

/** Says that two people sign, and invites the second one, who comes in. */
async function invitation({ page, seen, another }) {
  await page.locator("header .tools").getByRole("link", { name: "People" }).click();
  await page.getByText("Nowhere: an author may sign alone.").waitFor();
  await page.getByLabel("Two people sign plans of").selectOption("city");
  await page.getByRole("button", { name: "Ask for a second person" }).click();
  await page.getByRole("button", { name: "Remove: astana" }).waitFor();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Name to sign in with").fill("ben");
  await page.getByLabel("Name", { exact: true }).fill("Ben Karimov");
  for (const [i, role] of ["planner", "dispatcher"].entries()) {
    await page.getByRole("button", { name: "Add a right" }).click();
    await page.getByLabel("Role").nth(i).selectOption(role);
    await page.getByLabel("Where", { exact: true }).nth(i).selectOption("city");
  }
  await seen("people-invite");
  await page.getByRole("button", { name: "Make the account and its link" }).click();
  const link = await page.getByLabel("One-time link").inputValue();
  await seen("people-invited");
  await page.getByRole("button", { name: "Done" }).click();
  assert.equal(await page.getByLabel("One-time link").count(), 0, "the link is still shown");
  const ben = await another();
  ben.page.setDefaultTimeout(45_000);
  await ben.page.goto(link);
  await ben.page.getByLabel("Password").fill("four legs carry the table");
  await seen("people-list");
  await ben.page.getByRole("button", { name: "Set the password" }).click();
  await ben.page.getByRole("link", { name: "Astana" }).waitFor();
  assert.equal(await ben.page.getByRole("link", { name: "People" }).count(), 0, "a planner is led to the accounts");
  console.log("ok the second person came by a link");
  return ben;
}

/** Proposes a plan on the page of the event. */
async function propose(page, name, scenario, note) {
  await page.goto(`${console_}#/event/astana/${event}`);
  await page.getByLabel("Name of the plan").fill(name);
  await page.getByLabel("Scenario whose run is done").selectOption({ label: scenario });
  await page.getByLabel("What the plan is about").fill(note);
  await page.getByRole("button", { name: "Propose the plan" }).click();
  await page.getByRole("heading", { name }).waitFor();
  return page.url();
}

/** Who proposes a plan does not approve it. */
async function fourEyes({ page, seen, refused }) {
  await propose(page, "The timetable holds", "Timetable as published", "Nothing is added.\nStewards at both stations.");
  await page.getByText("You are one of its authors, so it cannot be you.").waitFor();
  await page.getByText("draft", { exact: true }).waitFor();
  await refused([403], async () => {
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Four eyes: you are one of the authors.").waitFor();
  });
  await seen("plan-four-eyes");
  await page.locator("header select").selectOption("kk");
  await page.getByText("Төрт көз ережесі").waitFor();
  await page.locator("header select").selectOption("en");
  console.log("ok an author does not sign");
}

async function release({ page, seen, ben }) {
  await ben.page.goto(page.url());
  await ben.page.getByRole("button", { name: "Approve" }).click();
  await ben.page.getByText("approved", { exact: true }).waitFor();
  await ben.page.getByRole("button", { name: "Release" }).click();
  await ben.page.getByText("in force", { exact: true }).waitFor();
  await ben.page.getByRole("cell", { name: "Ben Karimov" }).first().waitFor();
  await ben.seen("plan-released");
  for (const [name, begin] of [["Plan on paper (PDF)", "%PDF-"], ["Tables (XLSX)", "PK"]]) {
    const [file] = await Promise.all([ben.page.waitForEvent("download"), ben.page.getByRole("link", { name }).click()]);
    assert.ok((await readFile(await file.path(), "latin1")).startsWith(begin), `${name} begins otherwise`);
  }

  // Another plan takes its place, after it was revised.
  const url = await propose(page, "More trains", "Timetable as published", "");
  await page.getByRole("button", { name: "Revise", exact: true }).click();
  await page.getByLabel("Scenario whose run is done").selectOption({ label: "More trains" });
  await page.getByLabel("What the plan is about").fill("Trains every five and a half minutes after the final.");
  await page.getByRole("button", { name: "Revise the plan" }).click();
  await page.getByText(/Headway: .*every 5 min 30 s/).waitFor();
  await page.getByText("new", { exact: true }).waitFor();
  await seen("plan-revised");
  await ben.page.goto(url);
  await ben.page.getByRole("heading", { name: "More trains" }).waitFor();
  await ben.page.getByRole("button", { name: "Approve" }).click();
  await ben.page.getByRole("button", { name: "Release" }).click();
  await ben.page.getByText("in force", { exact: true }).waitFor();
  await page.goto(`${console_}#/releases/astana`);
  await page.getByRole("link", { name: "More trains" }).waitFor();
  await page.getByRole("link", { name: "The timetable holds" }).waitFor();
  assert.equal(await page.getByText("replaced", { exact: true }).count(), 1);
  await seen("releases");
  console.log("ok approved by a second person, released, replaced");
}

async function withdrawal({ ben }) {
  await ben.page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await ben.page.getByLabel("Reason").fill("the match is put off");
  await ben.page.getByRole("button", { name: "Withdraw the plan" }).click();
  await ben.page.getByText("withdrawn", { exact: true }).first().waitFor();
  await ben.page.getByText("the match is put off").waitFor();
  console.log("ok withdrawn with a reason");
}

/** A session that ends while somebody works: the form stays. */
async function ended({ page, refused, ben }) {
  await ben.page.goto(`${console_}#/edit/astana/${event}`);
  await ben.page.getByLabel("Name", { exact: true }).fill("Final, put off");
  await ben.page.locator("canvas.maplibregl-canvas").waitFor();
  await ben.page.waitForLoadState("networkidle");
  await page.locator("header .tools").getByRole("link", { name: "People" }).click();
  await page.getByLabel("Find somebody").fill("karim");
  await page.getByRole("link", { name: "Ben Karimov" }).click();
  await refused([401], async () => {
    await page.getByRole("button", { name: "End", exact: true }).first().click();
    await page.getByText("Nowhere", { exact: true }).waitFor();
    await ben.page.getByRole("button", { name: "Save" }).click({ timeout: 5000 }).catch(() => undefined); // the map may be the first to notice
    await ben.page.getByRole("dialog", { name: "Your session has ended" }).waitFor();
    await ben.seen("session-over");
    assert.equal(await ben.page.getByRole("dialog").getByLabel("Name to sign in with").inputValue(), "ben");
    await ben.page.getByRole("dialog").getByLabel("Password").fill("four legs carry the table");
    await ben.page.getByRole("button", { name: "Sign in" }).click();
    await ben.page.getByRole("dialog").waitFor({ state: "hidden" });
  });
  assert.equal(await ben.page.getByLabel("Name", { exact: true }).inputValue(), "Final, put off", "what was written is lost");
  await ben.page.getByRole("button", { name: "Save" }).click();
  await ben.page.getByRole("heading", { name: "Final, put off" }).waitFor();
  console.log("ok a session that ended left the form");
}

async function oneself({ page, seen }) {
  await page.getByRole("link", { name: "Aigerim", exact: true }).click();
  await page.getByLabel("Your name").fill("Aigerim B.");
  await page.getByRole("button", { name: "Save the name" }).click();
  await page.getByText("Saved").waitFor();
  await page.getByRole("link", { name: "Aigerim B." }).waitFor();
  await page.getByLabel("Password of now").first().fill(password);
  await page.getByLabel("New password").fill(`${password} two`);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.getByText("The password is changed.").waitFor();
  await seen("me");
  console.log("ok name and password");
}

/** What an app shows: RFC 6238. */
function codeOf(secret, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=]/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const sum = createHmac("sha1", key).update(count).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function secondFactor({ page, seen, refused }) {
  const card = page.locator("section", { has: page.getByRole("heading", { name: "Second factor" }) });
  await card.getByLabel("Password of now").fill(`${password} two`);
  await card.getByRole("button", { name: "Set up a second factor" }).click();
  const secret = await card.getByLabel("Secret").inputValue();
  await card.scrollIntoViewIfNeeded();
  await seen("me-factor");
  await card.getByLabel("Code that the app shows").fill(codeOf(secret));
  await card.getByRole("button", { name: "Confirm" }).click();
  await card.getByText("each of these codes works once").waitFor();
  const spare = await card.getByRole("listitem").allTextContents();
  assert.equal(spare.length, 10);
  await seen("me-codes");
  await card.getByRole("button", { name: "I have kept them" }).click();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await refused([401], async () => {
    await byKeyboard(page, "aigerim", `${password} two`);
    await page.getByLabel("Code of the second factor").fill("000000");
    await seen("signin-code");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The code of the second factor is missing, wrong or was used before.").waitFor();
  });
  await page.getByLabel("Code of the second factor").fill(spare[0]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  console.log("ok a second factor");
}

/** Signs in without a mouse, past the header. */
async function byKeyboard(page, login, word) {
  const at = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await at(), "Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(word);
  await page.keyboard.press("Enter");
}

async function keys({ page, seen, context }) {
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("What it is for").fill("QGIS in the office");
  await page.getByLabel("sign plans").check();
  await seen("me-key");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByLabel("Key", { exact: true }).inputValue();
  const program = () => fetch(`${address}/api/v1/cities`, { headers: { Authorization: `Bearer ${key}` } });
  assert.equal((await program()).status, 200);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Revoke: QGIS in the office" }).click();
  await page.getByText("No keys.").waitFor();
  assert.equal((await program()).status, 401);
  assert.ok(context);
  console.log("ok a key");
}

/** Somebody whose account is reset, closed, opened and erased. */
async function account({ page, seen, refused }) {
  await page.locator("header .tools").getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Name to sign in with").fill("police7");
  await page.getByLabel("Name", { exact: true }).fill("Sergeant Seven");
  await page.getByRole("button", { name: "Add a right" }).click();
  await page.getByLabel("Role").selectOption("police");
  await page.getByLabel("Event", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Make the account and its link" }).click(); // the end is missing: the field says so
  await page.getByLabel("Until", { exact: true }).fill("2027-08-16");
  await page.getByRole("button", { name: "Make the account and its link" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Sergeant Seven" }).click();
  await page.getByRole("button", { name: "Reset the password" }).click();
  await page.getByLabel("One-time link").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Close the account" }).click();
  await page.getByRole("button", { name: "Open the account again" }).click();
  await page.getByRole("button", { name: "Close the account" }).waitFor();
  await page.getByLabel("Role").selectOption("viewer");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").waitFor();
  await seen("account");
  await page.getByRole("button", { name: "Erase the person" }).click();
  assert.ok(await page.getByRole("button", { name: "Erase for good" }).isDisabled());
  await page.getByLabel("This cannot be undone.").fill("police7");
  await page.getByRole("button", { name: "Erase for good" }).click();
  await page.getByRole("heading", { name: "Erased person" }).waitFor();
  await page.locator("header .tools").getByRole("link", { name: "People" }).click();
  await page.getByRole("table").getByRole("link", { name: "Aigerim B." }).click();
  await refused([409], async () => {
    await page.getByRole("button", { name: "Close the account" }).click();
    await page.getByText("The last administrator stays").waitFor();
  });
  console.log("ok accounts");
}

async function log({ page, seen, context }) {
  await page.getByRole("link", { name: "Log", exact: true }).click();
  await page.getByRole("cell", { name: "person erased" }).waitFor();
  await seen("log");
  await page.getByLabel("What was done").selectOption("approve");
  await page.getByRole("cell", { name: "person erased" }).waitFor({ state: "detached" });
  await page.getByRole("cell", { name: "plan approved" }).first().waitFor();
  assert.equal(await page.getByRole("cell", { name: "Ben Karimov" }).count(), 2, "approvals by Ben");
  await page.locator("form").getByLabel("Who").selectOption({ label: "Aigerim B." });
  await page.getByText("Nothing of the kind is in the log.").waitFor();
  await page.getByLabel("What was done").selectOption("propose");
  await page.getByLabel("Where", { exact: true }).selectOption("event");
  await page.getByRole("cell", { name: "plan proposed" }).first().waitFor();
  await page.waitForURL(/place=astana%2F/);
  await page.reload();
  await page.getByRole("cell", { name: "plan proposed" }).first().waitFor();
  await page.getByLabel("Until").fill("2020-01-01T00:00");
  await page.getByText("Nothing of the kind is in the log.").waitFor();
  await page.getByRole("button", { name: "Check the log" }).click();
  await page.getByText(/All \d+ entries are as they were written; none is missing./).waitFor();
  await seen("log-checked");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Take the log away as a file" }).click()]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
  assert.ok(lines.at(-1).startsWith('{"checkpoint":'), lines.at(-1));
  assert.ok(context);
  console.log(`ok the log: ${lines.length} lines`);
}

/** Each page in four languages, light and dark, on a laptop, a tablet and a wall. */
async function everywhere({ page, seen }) {
  const plan = (await ask(page, "GET", `/cities/astana/events/${event}/plans`)).items.find((p) => p.plan.name === "More trains");
  const ben = (await ask(page, "GET", "/accounts")).items.find((a) => a.login === "ben");
  const pages = { plan: `#/plan/${plan.id}`, people: "#/accounts", account: `#/accounts/${ben.id}`, log: "#/log", me: "#/me", releases: "#/releases/astana" };
  const sizes = [["laptop", 1280, 800], ["tablet", 820, 1180], ["wall", 2560, 1440]];
  for (const [i, [name, hash]] of Object.entries(pages).entries()) {
    await page.goto(`${console_}${hash}`);
    await page.locator(".sheet h1").waitFor();
    for (const [j, code] of ["en", "kk", "ru", "zh"].entries()) {
      await page.locator("header select").selectOption(code);
      if (j % 2 === 0) await page.locator("header .tools button").last().click(); // the other theme
      const [size, width, height] = sizes[(i + j) % 3];
      await page.setViewportSize({ width, height });
      await fits(page, `${name} ${code} ${size}`);
      await seen(`${name}-${code}-${size}`);
    }
  }
  await page.locator("header select").selectOption("en");
  await page.setViewportSize({ width: 1280, height: 800 });
  console.log("ok four languages, three sizes, light and dark");
}

/** Nothing is wider than the window. */
async function fits(page, what) {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= window, `${what}: ${wide} wide in a window of ${window}`);
  const main = await page.evaluate(() => { const m = document.querySelector("main"); return m.scrollWidth - m.clientWidth; });
  assert.ok(main <= 1, `${what}: the page is ${main} wider than its place`);
}
