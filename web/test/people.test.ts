import { readFileSync } from "node:fs";
import jsQR from "jsqr";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { ApprovalSet } from "../src/console/api/client";
import { dayOf, endOf, scopeOf, sound, whereOf } from "../src/console/desk/grant";
import { differences } from "../src/console/desk/plan";
import { catalogue } from "../src/console/words/catalogue";
import { moment } from "../src/console/words/figures";
import { verbs } from "../src/console/words/log";

const api = parse(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));

test("every code of a problem has words", () => {
  const codes: string[] = api.components.schemas.Problem.properties.code.enum;
  expect(codes.length).toBeGreaterThan(40);
  for (const code of codes) expect(catalogue, code).toHaveProperty([`refusal.${code}`]);
  const told = Object.keys(catalogue).filter((word) => word.startsWith("refusal.")).map((word) => word.slice("refusal.".length));
  expect(told.sort()).toEqual([...codes].sort());
});

test("every verb of the log and every step of a plan has words", () => {
  const go = readFileSync(new URL("../../internal/ledger/entry.go", import.meta.url), "utf8");
  const kept = [...go.matchAll(/^\t\w+\s+Verb = "([\w-]+)"/gm)].map((m) => m[1]);
  expect([...verbs].sort()).toEqual(kept.sort());
  for (const verb of verbs) expect(catalogue, verb).toHaveProperty([`verb.${verb}`]);
  for (const step of api.components.schemas.Step.properties.verb.enum) expect(catalogue, step).toHaveProperty([`step.${step}`]);
});

test("a scope is read as it was written", () => {
  for (const scope of ["everything", "city:astana", "event:astana/match", "agency:astana/lrt/2"]) expect(scopeOf(whereOf(scope))).toBe(scope);
  expect(whereOf("agency:astana/lrt/2")).toEqual({ area: "agency", city: "astana", own: "lrt/2" });
  expect(whereOf("nonsense").area).toBe("everything");
});

test("guests have an event and an end, an administrator has everything", () => {
  const cases: [string, string, string | undefined, boolean][] = [
    ["viewer", "everything", undefined, true], ["planner", "city:astana", undefined, true], ["planner", "city:", undefined, false], ["depot", "event:astana/match", "2027-01-01T00:00:00Z", true],
    ["depot", "event:astana/match", undefined, false], ["police", "city:astana", "2027-01-01T00:00:00Z", false], ["administrator", "city:astana", undefined, false], ["viewer", "event:astana/", undefined, false],
  ];
  for (const [role, scope, until, fits] of cases) expect(sound({ role, scope, until }), `${role} ${scope}`).toBe(fits);
  expect(dayOf(endOf("2027-02-28"))).toBe("2027-02-28");
  expect([endOf(""), dayOf(undefined)]).toEqual([undefined, ""]);
});

test("a plan differs by its changes and by the event's text", () => {
  const set = (modifications: unknown[] | null, text: unknown): ApprovalSet => ({ city: "a", event: "a/m", event_text: text, modifications, runs: [], scenario: "a/m/s" });
  const [more, close] = [{ headway: { every: "5m" } }, { close_stop: { stop: "x" } }];
  expect(differences(set([more], { seed: 1, date: "d" }), set([close, more], { seed: 2, venue: "v", date: "d" }))).toEqual({ added: [], gone: [close], event: ["seed", "venue"] });
  expect(differences(set([more], null), set(null, null))).toEqual({ added: [more], gone: [], event: [] });
});

test("a moment is written as each language does", () => {
  const at = new Date(2026, 10, 26, 9, 5).toISOString();
  expect((["en", "kk", "ru", "zh"] as const).map((l) => moment(at, l))).toEqual(["26 November 2026, 09:05", "26.11.2026, 09:05", "26.11.2026, 09:05", "2026年11月26日 09:05"]);
});

test("what the square code says is what a camera reads", () => {
  const text = "otpauth://totp/qala:aigerim?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=qala";
  const code = encode(text, { border: 4 });
  const zoom = 4;
  const width = code.size * zoom;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) for (let x = 0; x < width; x++) if (code.data[Math.floor(y / zoom)]?.[Math.floor(x / zoom)]) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  expect(jsQR(pixels, width, width)?.data).toBe(text);
});
