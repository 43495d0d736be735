// What a run found out, read for the views of the console: first what a page shows
// at once, the rest when it is looked at.
import { ask, every, Refusal } from "../api/ask";
import type { Answer } from "../api/ask";
import type { ResultCell, ResultCrowd, ResultFacility, ResultLine, ResultSpread, ResultStop, Run } from "../api/client";
import { Moments } from "./moments";
import { Fleet } from "./fleet";

/** A line of a chart; its colour is a name of the style's. */
export type Series = { text: string; values: (number | null)[]; colour: string; band?: { low: (number | null)[]; high: (number | null)[] }; dash?: boolean };

export type Outcome = {
  run: Run;
  summary: Answer<"getSummary">;
  crowds: ResultCrowd[];
  spread: ResultSpread | null;
};

/** How long a bin of a line's loads is, in minutes. */
export const binMinutes = 15;

/** What a first look at a run shows. */
export async function outcome(run: Run): Promise<Outcome> {
  const id = run.id;
  const [summary, crowds, spread] = await Promise.all([
    ask("getSummary", { run: id }),
    every((offset, limit) => ask("getCrowds", { run: id, offset, limit })),
    run.settings.seeds > 1 ? ask("getSpread", { run: id }) : null,
  ]);
  return { run, summary, crowds, spread };
}

/** Answers of runs, which never change: each is asked for once. */
function once<T>(read: (run: string) => Promise<T>): (run: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (run) => {
    let found = kept.get(run);
    if (!found) {
      if (kept.size >= 4) kept.delete(kept.keys().next().value ?? ""); // the one that came first: a city's are large
      found = read(run);
      found.catch(() => kept.delete(run));
      kept.set(run, found);
    }
    return found;
  };
}

export const momentsOf = once(async (run) => new Moments(await ask("getMoments", { run })));
export const linesOf = once((run): Promise<ResultLine[]> => every((offset, limit) => ask("getLineResults", { run, offset, limit })));
export const facilitiesOf = once((run): Promise<ResultFacility[]> => every((offset, limit) => ask("getFacilityResults", { run, offset, limit })));
export const stopOf = (run: string, stop: string): Promise<ResultStop> => ask("getStopResult", { run, stop });

/** What the vehicles did; null for a run that is older than this is kept. */
export const fleetOf = once(async (run): Promise<Fleet | null> => {
  try {
    return new Fleet(await ask("getVehicles", { run }));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
});

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

const wayColour: Record<string, string> = { leaving: "--curve2", arriving: "--curve3" };

/** The clearance curves of an event's crowds, with their bands where there were several runs. */
export function crowdSeries(o: Outcome, minutes: number[], name: (c: ResultCrowd) => string): Series[] {
  const shown = o.crowds.map((crowd, i) => ({ crowd, spread: o.spread?.crowds?.[i] })).filter(({ crowd }) => crowd.way !== "background");
  return shown.map(({ crowd, spread }): Series => {
    const away = crowd.way === "leaving" || spread;
    const values = steps(minutes, (crowd.curve ?? []).map((p) => [p.minute, away ? p.away : p.arrived]));
    const band = spread?.curve?.length ? { low: steps(minutes, spread.curve.map((p) => [p.minute, p.away.p10])), high: steps(minutes, spread.curve.map((p) => [p.minute, p.away.p90])) } : undefined;
    return { text: name(crowd), values, colour: wayColour[crowd.way] ?? "--curve1", band };
  });
}

/** A count that only grows, at every minute: as it was last told. */
export function steps(minutes: number[], points: [number, number][]): number[] {
  let [i, value] = [0, 0];
  return minutes.map((m) => {
    while (i < points.length && (points[i]?.[0] ?? 0) <= m) value = points[i++]?.[1] ?? value;
    return value;
  });
}
