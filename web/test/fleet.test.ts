import { expect, test } from "vitest";
import type { ResultVehicles } from "../src/console/api/client";
import { Fleet } from "../src/console/desk/fleet";
import { Moments } from "../src/console/desk/moments";
import { Pace } from "../src/console/desk/pace";

// A line from 0° to 0.002° east on the equator with a stop in the middle, and a bend
// of the way after it. Two trips: at 100 and at 700 seconds.
const told: ResultVehicles = {
  format: 1,
  stops: ["a", "b", "c"],
  names: [{ "": "A" }, { "": "B" }, { "": "C" }],
  lines: [{ route: "red", direction: 1 }],
  patterns: { line: [0], first: [0, 3], stop: [0, 1, 2], reach: [0, 1, 3], from: [0, 4], point: [0, 0, 100, 0, 50, 0, 50, 0] },
  trips: { id: ["t1", "t2"], pattern: [0, 0], room: [50, 50], first: [0, 3, 6], start: [90, 690] },
  visits: { run: [0, 100, 100, 0, 100, 100], stay: [10, 20, 0, 10, 20, 0], on: [40, 10, 0, 0, 0, 0], load: [40, 45, 0, 0, 0, 0], denied: [0, 3, 0, 0, 0, 0], late: [0, 20, 0, 0, 0, 0] },
};

const near = (fleet: Fleet, seconds: number): number[] => {
  const { length, at } = fleet.at(seconds);
  return [...at.slice(0, 2 * length)].map((x) => Math.round(x * 1e6) / 1e6);
};

test("vehicles run along their course and stand at their stops", () => {
  const fleet = new Fleet(told);
  expect([...fleet.arrive]).toEqual([90, 200, 320, 690, 800, 920]);
  expect([...fleet.depart]).toEqual([100, 220, 320, 700, 820, 920]);
  expect(near(fleet, 95)).toEqual([]);
  expect(near(fleet, 150)).toEqual([0.0005, 0]);
  expect(near(fleet, 210)).toEqual([0.001, 0]);
  expect(near(fleet, 295)).toEqual([0.00175, 0]);
  expect(near(fleet, 150)).toEqual([0.0005, 0]); // back in time
  expect(near(fleet, 320)).toEqual([0.002, 0]);
  expect(near(fleet, 500)).toEqual([]);
  expect(fleet.at(250)).toMatchObject({ length: 1 });
  expect(fleet.at(250).load[0]).toBe(45);
});

test("what a visit was like", () => {
  const fleet = new Fleet(told);
  expect(fleet.departure(1, 0)).toEqual({ visit: 1, trip: 0, at: 220, late: 20, on: 10, off: 5, load: 45, denied: 3, room: 50 });
  expect(fleet.stopsOf(0)).toEqual(["a", "b", "c"]);
  expect(fleet.lineOf(1)).toEqual({ route: "red", direction: 1 });
});

test("a slow machine draws less often, and never gives all its time", () => {
  const pace = new Pace();
  expect(pace.due(0)).toBe(true);
  pace.drew(0, 2);
  expect(pace.due(20)).toBe(false);
  expect(pace.due(34)).toBe(true);
  for (let i = 0; i < 50; i++) pace.drew(100, 200);
  expect(Math.round(pace.gap)).toBe(400);
  for (let i = 0; i < 50; i++) pace.drew(100, 20_000);
  expect(pace.gap).toBe(1000);
});

test("moments are taken out of their columns", () => {
  const head = { route: "red", direction: 0, name: "R", names: {}, headsign: "", headsigns: {}, color: "" };
  const m = new Moments({
    lines: [head],
    stops: { id: ["a", "b"], names: [{ "": "A" }, { "": "B" }], at: [100, 200, 300, 400], boardings: [7, 0], left_behind: [1, 0], max_queue: [9, 0], max_wait: [60, 0], first: [0, 2, 2], minute: [5, 6], queue: [9, 4] },
    segments: { line: [0], from: [0], to: [1], partial: [false], begin: [0, 2], point: [100, 200, 200, 200], first: [0, 2], bin: [3, 4], carried: [10, 50], room: [100, 100] },
  });
  expect([...m.queues(6)]).toEqual([[0, 4]]);
  expect([...m.queues(7)]).toEqual([]);
  expect([...m.loads(4)]).toEqual([[0, { carried: 50, percent: 50 }]]);
  expect(m.heaviest(0)).toEqual({ carried: 50, percent: 50, bin: 4 });
  expect(m.segments[0]?.path.map((p) => p.map((x) => Math.round(x * 1e5)))).toEqual([[100, 200], [300, 400]]);
  expect(m.queueOf(0)).toEqual([[5, 9], [6, 4]]);
});
