import { describe, expect, it } from "vitest";
import type { Segment } from "../src/data";
import { backdrop } from "../src/map/backdrop";
import { place } from "../src/map/labels";
import { beside, fit, onScreen, plane, scaleBar, zoomed } from "../src/map/plane";
import { bins, busiest, fullness, streets } from "../src/map/streets";

const project = plane({ lat: 51, lon: 71 });

function segment(line: string, from: string, to: string, loads: [number, number, number][]): Segment {
  return { line, color: "", from, to, names: [from, to], points: [[51, 71], [51.01, 71]], loads };
}

describe("streets", () => {
  const all = streets([segment("7", "a", "b", [[3, 60, 80]]), segment("9", "a", "b", [[3, 80, 80], [4, 10, 80]]), segment("7", "b", "a", [])], project, () => true);
  it("joins lines between the same stops and keeps directions apart", () => {
    expect(all.map((s) => s.lines)).toEqual([["7", "9"], ["7"]]);
    expect(all[0]?.loads.get(3)).toEqual({ carried: 140, room: 160 });
  });
  it("finds the busiest quarter of an hour", () => {
    expect(bins(all)).toEqual({ first: 3, last: 4, busiest: 3 });
    expect(bins([])).toEqual({ first: 0, last: 0, busiest: 0 });
  });
  it("looks first at what is busy, and at the middle", () => {
    expect(busiest(all, 140)).toEqual([[0, 0], ...(all[0]?.way ?? [])]);
    expect(busiest(all, 1000)).toHaveLength(4);
  });
  it("steps the scale where the heat table does", () => {
    expect([60, 61, 85, 86, 100].map((carried) => fullness({ carried, room: 100 }))).toEqual(["low", "mid", "mid", "high", "red"]);
    expect(fullness({ carried: 1, room: 0 })).toBe("red");
  });
});

describe("backdrop", () => {
  it("reads steps into metres around the middle, each street a piece of one path", () => {
    expect(backdrop([[5100000, 7100000, -100, 0, 0, 100], [5200000, 7100000, 0, 0]], project)).toBe("M0 0L0 111L70 111M0 -111195L0 -111195");
    expect(backdrop([], project)).toBe("");
  });
});

describe("plane", () => {
  it("is true to length around its middle", () => {
    const [x, y] = project(51.009, 71.0143);
    expect(y).toBeCloseTo(-1000.76, 1);
    expect(x).toBeCloseTo(1000.7, 0);
  });
  it("fits all places into the margin", () => {
    const places: [number, number][] = [[-500, 20], [3000, 900], [40, -4000]];
    const view = fit(places, 800, 500, 30);
    for (const [x, y] of places.map((p) => onScreen(view, p))) {
      expect(x).toBeGreaterThanOrEqual(29.999);
      expect(x).toBeLessThanOrEqual(770.001);
      expect(y).toBeGreaterThanOrEqual(29.999);
      expect(y).toBeLessThanOrEqual(470.001);
    }
  });
  it("keeps the place under the pointer when zooming", () => {
    const view = { scale: 0.1, x: 400, y: 300 };
    const before = onScreen(view, [700, -200]);
    const after = onScreen(zoomed(view, 1.7, before), [700, -200]);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
  });
  it("moves a line to the right of its direction", () => {
    expect(beside([[0, 0], [10, 0]], 3)).toEqual([[0, 3], [10, 3]]);
    expect(beside([[10, 0], [0, 0]], 3)).toEqual([[10, -3], [0, -3]]);
  });
  it("gives the scale bar a round length", () => {
    expect(scaleBar({ scale: 0.05, x: 0, y: 0 }, 130)).toEqual({ meters: 2000, pixels: 100 });
    expect(scaleBar({ scale: 1, x: 0, y: 0 }, 130).meters).toBe(100);
  });
});

describe("labels", () => {
  const width = (text: string) => text.length * 7;
  it("never covers one label with another and drops what has no room", () => {
    const crowd = Array.from({ length: 12 }, (_, i) => ({ text: `stop ${i}`, at: [200 + i, 200] as [number, number], away: 4 }));
    const placed = place(crowd, width, [400, 400]);
    expect(placed[0]?.text).toBe("stop 0");
    expect(placed.length).toBeGreaterThan(2);
    expect(placed.length).toBeLessThan(12);
  });
  it("keeps labels inside of the frame and out of what is taken", () => {
    expect(place([{ text: "edge", at: [396, 100], away: 2 }], width, [400, 400])[0]?.anchor).toBe("end");
    expect(place([{ text: "x", at: [50, 50], away: 2 }], width, [400, 400], [[0, 0, 400, 400]])).toEqual([]);
  });
  it("names what must be named where no room is", () => {
    expect(place([{ text: "x", at: [50, 50], away: 2, must: true }], width, [400, 400], [[0, 0, 400, 400]])).toHaveLength(1);
  });
});
