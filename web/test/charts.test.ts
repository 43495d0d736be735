// @vitest-environment node
import { describe, expect, it, vi } from "vitest";

// The charts' arithmetic needs no page; their modules touch one when loaded.
vi.stubGlobal("document", { createElement: () => ({ setAttribute: () => undefined }) });
const { placed, span } = await import("../src/clearance");
const { rounded, step } = await import("../src/chart");
const queue = await import("../src/queue");
const { facts } = await import("../src/heat");

describe("clearance", () => {
  it("shows from the first person until nothing moves", () => {
    const curve = Array.from({ length: 200 }, (_, m): [number, number, number, number] => {
      const n = Math.max(0, Math.min(m - 20, 60));
      return [m, n, n, n];
    });
    expect(span({ curve })).toEqual([21, 85]);
    expect(span({ curve: [] })).toEqual([0, 30]);
  });
  it("puts labels that would collide into rows of their own and leaves out what never came", () => {
    const clear = [[50, 0], [90, 6000], [95, 6060], [99, 6120], [100, -1]].map(([percent, at]) => ({ percent: percent ?? 0, at: at ?? 0 }));
    expect(placed({ clear }, (at) => at / 60).map((m) => [m.percent, m.row])).toEqual([[50, 0], [90, 0], [95, 1], [99, 2]]);
  });
});

describe("axis", () => {
  it("starts and ends on a tick", () => {
    for (const [from, to] of [[1050, 1203], [1241, 1367], [3, 7], [0, 1440]] as const) {
      const [a, b] = rounded(from, to);
      expect(a).toBeLessThanOrEqual(from);
      expect(b).toBeGreaterThanOrEqual(to);
      expect(a % step(b - a)).toBe(0);
      expect(b % step(b - a)).toBe(0);
    }
  });
});

describe("queue", () => {
  it("fills the minutes that are not stored with nothing", () => {
    expect(queue.dense({ minutes: [[5, 3, 0], [7, 9, 2]] }, 4, 7)).toEqual([[4, 0, 0], [5, 3, 0], [6, 0, 0], [7, 9, 2], [8, 0, 0]]);
  });
  it("spans the queue that is worth drawing, at least half an hour", () => {
    expect(queue.span({ longest: 100, minutes: [[3, 1, 0], [10, 50, 0], [20, 100, 9], [90, 2, 0], [200, 1, 0]] })).toEqual([10, 90]);
    expect(queue.span({ longest: 1, minutes: [[40, 1, 0]] })).toEqual([40, 70]);
    expect(queue.span({ longest: 0, minutes: [] })).toEqual([0, 30]);
  });
});

describe("heat table", () => {
  it("reads a cell's facts", () => {
    expect(facts("Stop, 22:15\nDepartures\t4\nCapacity\t320")).toEqual({ title: "Stop, 22:15", facts: [["Departures", "4"], ["Capacity", "320"]] });
  });
});
