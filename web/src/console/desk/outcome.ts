// What a run found out, read for the views of the console.
import { ask, every } from "../api/ask";
import type { Answer } from "../api/ask";
import type { ResultCell, ResultCrowd, ResultFacility, ResultLine, ResultSegment, ResultStop, Run } from "../api/client";

export type Band = { p10: number; p50: number; p90: number };
export type CrowdSpread = { clear: { percent: number; at: Band; never: number }[] | null; curve: { minute: number; away: Band }[] | null };
export type Spread = { seeds: number[]; left_behind: Band; crowds: CrowdSpread[] };

export type Outcome = {
  run: Run;
  summary: Answer<"getSummary">;
  crowds: ResultCrowd[];
  lines: ResultLine[];
  stops: ResultStop[];
  segments: ResultSegment[];
  facilities: ResultFacility[];
  spread: Spread | null;
};

/** How long a bin of a line's loads is, in minutes. */
export const binMinutes = 15;

export async function outcome(id: string): Promise<Outcome> {
  const run = await ask("getRun", { run: id });
  const [summary, crowds, lines, stops, segments, facilities, whole] = await Promise.all([
    ask("getSummary", { run: id }),
    every((offset, limit) => ask("getCrowds", { run: id, offset, limit })),
    every((offset, limit) => ask("getLineResults", { run: id, offset, limit })),
    every((offset, limit) => ask("getStopResults", { run: id, offset, limit })),
    every((offset, limit) => ask("getSegmentResults", { run: id, offset, limit })),
    every((offset, limit) => ask("getFacilityResults", { run: id, offset, limit })),
    run.settings.seeds > 1 ? ask("getResults", { run: id }) : null,
  ]);
  return { run, summary, crowds, lines, stops, segments, facilities, spread: (whole as { spread?: Spread } | null)?.spread ?? null };
}

/** Seconds from the midnight of the event's date to the start of the horizon. */
export function baseOf(o: Pick<Outcome, "summary">): number {
  const { start } = o.summary.horizon;
  const days = Math.round((Date.parse(`${start.slice(0, 10)}T00:00:00Z`) - Date.parse(`${o.summary.event.date}T00:00:00Z`)) / 86_400_000);
  const [h = 0, m = 0, s = 0] = start.slice(11, 19).split(":").map(Number);
  return days * 86_400 + h * 3600 + m * 60 + s;
}

/** First and last minute in which the event's people moved, a quarter of an hour wider. */
export function span(crowds: ResultCrowd[], horizonSeconds: number): [number, number] {
  const minutes = crowds.filter((c) => c.way !== "background").flatMap((c) => (c.curve ?? []).map((p) => p.minute));
  const last = Math.ceil(horizonSeconds / 60);
  if (!minutes.length) return [0, last];
  const [from, to] = minutes.reduce(([a, b], m) => [Math.min(a, m), Math.max(b, m)], [last, 0]);
  return [Math.max(0, from - 15), Math.min(last, to + 15)];
}

/** A cell is red where somebody was left behind because it had to carry more than it could. */
export function red(c: ResultCell): boolean {
  return c.left_behind > 0 && c.carried + c.left_behind > c.capacity;
}

/** What a line had to carry against what it could, 1 for full. */
export function pressure(c: ResultCell): number {
  return c.capacity > 0 ? (c.carried + c.left_behind) / c.capacity : 0;
}

export type LineRow = { line: ResultLine; cells: Map<number, ResultCell>; red: number; worst: number };

/** Lines with their cells by quarter of an hour, the worst first. */
export function lineRows(lines: ResultLine[]): LineRow[] {
  const rows = lines.map((line): LineRow => {
    const cells = new Map<number, ResultCell>();
    for (const c of line.cells ?? []) {
      const old = cells.get(c.bin);
      if (!old || pressure(c) > pressure(old)) cells.set(c.bin, c);
    }
    const all = [...cells.values()];
    return { line, cells, red: all.filter(red).length, worst: Math.max(0, ...all.map(pressure)) };
  });
  return rows.sort((a, b) => b.red - a.red || b.worst - a.worst || a.line.route.localeCompare(b.line.route) || a.line.direction - b.line.direction);
}

/** Queues by stop at the end of a minute; stops where nobody stands are left out. */
export function queues(stops: ResultStop[]): (minute: number) => Map<number, number> {
  const byMinute = new Map<number, Map<number, number>>();
  stops.forEach((s, i) => {
    for (const m of s.minutes ?? []) {
      const at = byMinute.get(m.minute) ?? new Map<number, number>();
      at.set(i, m.queue);
      byMinute.set(m.minute, at);
    }
  });
  return (minute) => byMinute.get(minute) ?? new Map<number, number>();
}

/** How full and how much used each segment is in a quarter of an hour. */
export function loads(segments: ResultSegment[]): (bin: number) => Map<number, { carried: number; percent: number }> {
  const byBin = new Map<number, Map<number, { carried: number; percent: number }>>();
  segments.forEach((s, i) => {
    for (const l of s.loads ?? []) {
      const at = byBin.get(l.bin) ?? new Map<number, { carried: number; percent: number }>();
      at.set(i, { carried: l.carried, percent: l.room > 0 ? Math.round((100 * l.carried) / l.room) : 0 });
      byBin.set(l.bin, at);
    }
  });
  return (bin) => byBin.get(bin) ?? new Map<number, { carried: number; percent: number }>();
}
