// Segments of several lines between the same two stops are drawn as one street.

import type { Segment } from "../data";
import type { Place } from "./plane";

export type Load = { carried: number; room: number };

export type Street = {
  names: [string, string];
  lines: string[];
  way: Place[];
  loads: Map<number, Load>;
};

/** The streets of the segments that keep passes, in the order of first mention. */
export function streets(segments: Segment[], plane: (lat: number, lon: number) => Place, keep: (s: Segment) => boolean): Street[] {
  const byEnds = new Map<string, Street>();
  for (const segment of segments.filter(keep)) {
    const key = `${segment.from}\n${segment.to}`;
    let street = byEnds.get(key);
    if (!street) {
      street = { names: segment.names, lines: [], way: segment.points.map(([lat, lon]) => plane(lat, lon)), loads: new Map() };
      byEnds.set(key, street);
    }
    if (!street.lines.includes(segment.line)) street.lines.push(segment.line);
    for (const [bin, carried, room] of segment.loads) {
      const load = street.loads.get(bin) ?? { carried: 0, room: 0 };
      street.loads.set(bin, { carried: load.carried + carried, room: load.room + room });
    }
  }
  return [...byEnds.values()];
}

/** The step of the colour scale; the names are those of the heat table. */
export function fullness(load: Load): "low" | "mid" | "high" | "red" {
  const used = load.room > 0 ? load.carried / load.room : 1;
  if (used >= 0.995) return "red";
  if (used > 0.85) return "high";
  return used > 0.6 ? "mid" : "low";
}

const worthALook = 0.2; // of the heaviest load

/** The places of the streets with the heavy loads, and the middle; all where no load is. */
export function busiest(all: Street[], heaviest: number): Place[] {
  const heavy = all.filter((s) => [...s.loads.values()].some((l) => l.carried >= worthALook * heaviest));
  return heavy.length > 0 ? [[0, 0], ...heavy.flatMap((s) => s.way)] : all.flatMap((s) => s.way);
}

/** First and last quarter of an hour with a load, and the busiest one. */
export function bins(all: Street[]): { first: number; last: number; busiest: number } {
  const sums = new Map<number, number>();
  for (const street of all) for (const [bin, load] of street.loads) sums.set(bin, (sums.get(bin) ?? 0) + load.carried);
  const known = [...sums.keys()].sort((a, b) => a - b);
  const busiest = known.reduce((best, bin) => ((sums.get(bin) ?? 0) > (sums.get(best) ?? 0) ? bin : best), known[0] ?? 0);
  return { first: known[0] ?? 0, last: known.at(-1) ?? 0, busiest };
}
