import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { client } from "../make/client.mjs";
import type { MapMoments } from "../src/console/api/client";
import { segmentChanges, stopChanges } from "../src/console/desk/difference";
import { explained, passages } from "../src/console/desk/explained";
import { Moments } from "../src/console/desk/moments";
import { merged } from "../src/console/desk/profile";
import { link, parse } from "../src/console/desk/hash";
import { read, tell, write } from "../src/console/desk/clock";
import { catalogue, order } from "../src/console/words/catalogue";
import { date, fill, number, percent } from "../src/console/words/figures";

test("the client is that of openapi.yaml", () => {
  expect(readFileSync(new URL("../src/console/api/client.ts", import.meta.url), "utf8")).toBe(client());
});

test("every message is there in every language, with the same places to fill", () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [word, said] of Object.entries(catalogue)) {
    expect(said, word).toHaveLength(order.length);
    for (const text of said) {
      expect(text.trim(), word).not.toBe("");
      expect(places(text), word).toEqual(places(said[0]));
    }
  }
  expect(Object.keys(catalogue).length).toBeGreaterThan(20);
});

test("each language's letters are its own", () => {
  const letters = [/^[^\u0400-\u04ff\u4e00-\u9fff]*$/, /^[^\u4e00-\u9fff]*$/, /^[^\u4e00-\u9fffәғқңөұүһӘҒҚҢӨҰҮҺ]*$/, /^[^\u0400-\u04ff]*$/];
  for (const [word, said] of Object.entries(catalogue)) said.forEach((text, i) => expect(text, word).toMatch(letters[i] as RegExp));
});

test("numbers and dates are written as each language does", () => {
  expect(order.map((l) => number(-12345.678, l))).toEqual(["−12,345.68", "−12\u00a0345,68", "−12\u00a0345,68", "−12,345.68"]);
  expect(order.map((l) => date("2026-08-05", l))).toEqual(["5 August 2026", "05.08.2026", "05.08.2026", "2026年8月5日"]);
  expect(order.map((l) => percent(0.454, l))).toEqual(["45%", "45\u00a0%", "45\u00a0%", "45%"]);
  expect(fill("{n} of {what}", { n: 1200, what: "a" }, "en")).toBe("1,200 of a");
});

test("an address is read as it was written", () => {
  const [path, picked] = [["event", "a b", "x/y"], { at: "71.4,51.1,12", tab: "run & look" }];
  expect(parse(link(path, picked))).toEqual({ path, picked });
  expect(parse("")).toEqual({ path: [], picked: {} });
  expect(link(["city"], { tab: "" })).toBe("#/city");
});

test("clocks pass midnight", () => {
  expect(tell({ base: 0 }, 83_657)).toBe("23:14");
  expect(tell({ base: 3600 }, 86_400)).toBe("01:00 (+1)");
  expect(tell({ base: 0 }, -1)).toBe("–");
  expect([read("25:10"), read("7:05:30"), read("24:60"), read("48:00")]).toEqual([90_600, 25_530, null, null]);
  expect(write(90_600)).toBe("25:10");
});

test("every figure's explanation is on the page of the method", () => {
  const method = readFileSync(new URL("../../docs/METHOD.md", import.meta.url), "utf8");
  const names = readFileSync(new URL("../../internal/message/catalogue/assumption.yaml", import.meta.url), "utf8");
  for (const [about, { passages: wanted, numbers }] of Object.entries(explained)) {
    expect(passages(method, wanted).map((p) => p.section), about).toEqual(wanted.map((p) => p.section));
    expect(Object.keys(catalogue)).toContain(`explain.${about}`);
    for (const id of numbers) expect(names, `${about}: ${id}`).toContain(`\nassumption.${id}:`);
  }
  const [queue] = passages(method, [{ section: "Results", begins: "Queue" }]);
  expect(queue?.text).toBe("Queue of a stop: who joined by the end of the minute less who boarded.");
});

test("a line's patterns become one list of stops", () => {
  expect(merged([["a", "b", "c", "d"], ["a", "c", "d"], ["a", "b", "x", "d"]])).toEqual(["a", "b", "x", "c", "d"]);
  expect(merged([])).toEqual([]);
});

test("what changed from one run to another", () => {
  const columns = (queue: number, carried: number): MapMoments => ({
    lines: [{ route: "red", direction: 0, name: "R", names: {}, headsign: "", headsigns: {}, color: "" }],
    stops: { id: ["a", "b"], names: [{}, {}], at: [0, 0, 1, 1], boardings: [0, 0], left_behind: [0, 0], max_queue: [queue, 0], max_wait: [0, 0], first: [0, 1, 1], minute: [20], queue: [queue] },
    segments: { line: [0], from: [0], to: [1], partial: [false], begin: [0, 2], point: [0, 0, 1, 1], first: [0, 1], bin: [1], carried: [carried], room: [100] },
  });
  const [a, b] = [new Moments(columns(50, 90)), new Moments(columns(20, 40))];
  expect(stopChanges(a, b, -1).map(({ before, after }) => [before, after])).toEqual([[50, 20]]);
  expect(segmentChanges(a, b, 20).map(({ before, after }) => [before, after])).toEqual([[90, 40]]);
  expect(segmentChanges(a, b, 40)).toEqual([]);
  expect(stopChanges(a, a, -1)).toEqual([]);
});
