// What is different on the map from one run to another.
import { binMinutes } from "./outcome";
import type { Moments, SegmentRow, StopRow } from "./moments";

export type SegmentChange = { path: [number, number][]; route: string; direction: number; before: number; after: number }; // percent of the room
export type StopChange = { stop: StopRow; before: number; after: number }; // people

/** The minute that is compared; -1 for the worst of the whole run. */
export type When = number;

const key = (s: SegmentRow): string => [s.line?.route, s.line?.direction, s.from?.id, s.to?.id].join("\n");

/** Segments whose load is another by so many percent of the room at least. */
export function segmentChanges(a: Moments, b: Moments, when: When, least = 5): SegmentChange[] {
  const told = new Map<string, SegmentChange>();
  for (const [m, which] of [[a, "before"], [b, "after"]] as const) {
    const at = when < 0 ? null : m.loads(Math.floor(when / binMinutes));
    m.segments.forEach((s, i) => {
      const k = key(s);
      const change = told.get(k) ?? { path: s.path, route: s.line?.route ?? "", direction: s.line?.direction ?? 0, before: 0, after: 0 };
      change[which] = at ? (at.get(i)?.percent ?? 0) : m.heaviest(i).percent;
      told.set(k, change);
    });
  }
  return [...told.values()].filter((c) => Math.abs(c.after - c.before) >= least);
}

/** Stops whose queue is another by so many people at least, the largest change first. */
export function stopChanges(a: Moments, b: Moments, when: When, least = 3): StopChange[] {
  const told = new Map<string, StopChange>();
  for (const [m, which] of [[a, "before"], [b, "after"]] as const) {
    const at = when < 0 ? null : m.queues(when);
    m.stops.forEach((stop, i) => {
      const change = told.get(stop.id) ?? { stop, before: 0, after: 0 };
      change[which] = at ? (at.get(i) ?? 0) : stop.max_queue;
      told.set(stop.id, change);
    });
  }
  const size = (c: StopChange): number => Math.abs(c.after - c.before);
  return [...told.values()].filter((c) => size(c) >= least).sort((x, y) => size(y) - size(x) || x.stop.id.localeCompare(y.stop.id));
}
