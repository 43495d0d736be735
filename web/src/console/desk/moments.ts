// The columns of what moves on a run's map, taken apart.
import type { MapLineHead, MapMoments } from "../api/client";

const unit = 1e-5; // of a position in the columns, in degrees

export type StopRow = { id: string; names: Record<string, string>; at: { lat: number; lon: number }; boardings: number; left_behind: number; max_queue: number; max_wait: number };
export type SegmentRow = { line: MapLineHead | undefined; from: StopRow | undefined; to: StopRow | undefined; path: [number, number][] };
export type LoadAt = { carried: number; percent: number };

export class Moments {
  readonly lines: MapLineHead[];
  readonly stops: StopRow[];
  readonly segments: SegmentRow[];
  readonly #told: MapMoments;
  #queues: Map<number, Map<number, number>> | null = null;
  #loads: Map<number, Map<number, LoadAt>> | null = null;

  constructor(told: MapMoments) {
    this.#told = told;
    this.lines = told.lines;
    const { stops: s, segments: g } = told;
    this.stops = s.id.map((id, i) => ({
      id, names: s.names[i] ?? {}, at: { lon: (s.at[2 * i] ?? 0) * unit, lat: (s.at[2 * i + 1] ?? 0) * unit },
      boardings: s.boardings[i] ?? 0, left_behind: s.left_behind[i] ?? 0, max_queue: s.max_queue[i] ?? 0, max_wait: s.max_wait[i] ?? 0,
    }));
    this.segments = g.line.map((line, i) => ({ line: told.lines[line], from: this.stops[g.from[i] ?? -1], to: this.stops[g.to[i] ?? -1], path: path(g.point, g.begin[i] ?? 0, g.begin[i + 1] ?? 0) }));
  }

  /** Queues by position of the stop at the end of a minute; stops where nobody stands are left out. */
  queues(minute: number): Map<number, number> {
    this.#queues ??= byTime(this.#told.stops.first, this.#told.stops.minute, (k) => this.#told.stops.queue[k] ?? 0);
    return this.#queues.get(minute) ?? new Map<number, number>();
  }

  /** How full and how much used each segment is in a quarter of an hour, by its position. */
  loads(bin: number): Map<number, LoadAt> {
    const g = this.#told.segments;
    this.#loads ??= byTime(g.first, g.bin, (k) => ({ carried: g.carried[k] ?? 0, percent: percent(g.carried[k] ?? 0, g.room[k] ?? 0) }));
    return this.#loads.get(bin) ?? new Map<number, LoadAt>();
  }

  /** The queue of a stop minute by minute, where there is one. */
  queueOf(stop: number): [minute: number, queue: number][] {
    const s = this.#told.stops;
    return range(s.first[stop] ?? 0, s.first[stop + 1] ?? 0).map((k) => [s.minute[k] ?? 0, s.queue[k] ?? 0]);
  }

  /** What a segment carried over the whole run, and in its fullest quarter of an hour. */
  heaviest(segment: number): { carried: number; percent: number; bin: number } {
    const g = this.#told.segments;
    let most = { carried: 0, percent: 0, bin: -1 };
    for (const k of range(g.first[segment] ?? 0, g.first[segment + 1] ?? 0)) {
      const [carried, p] = [g.carried[k] ?? 0, percent(g.carried[k] ?? 0, g.room[k] ?? 0)];
      if (p > most.percent || most.bin < 0) most = { carried, percent: p, bin: g.bin[k] ?? -1 };
    }
    return most;
  }

  lineName(route: string): MapLineHead | undefined {
    return this.lines.find((l) => l.route === route);
  }
}

const percent = (carried: number, room: number): number => (room > 0 ? Math.round((100 * carried) / room) : 0);

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Positions of points that are told as differences, in degrees. */
export function path(point: number[], from: number, to: number): [number, number][] {
  let [lon, lat] = [0, 0];
  return range(from, to).map((k) => {
    lon += point[2 * k] ?? 0;
    lat += point[2 * k + 1] ?? 0;
    return [lon * unit, lat * unit];
  });
}

function byTime<T>(first: number[], time: number[], value: (k: number) => T): Map<number, Map<number, T>> {
  const out = new Map<number, Map<number, T>>();
  for (let row = 0; row + 1 < first.length; row++) {
    for (let k = first[row] ?? 0; k < (first[row + 1] ?? 0); k++) {
      const t = time[k] ?? 0;
      const at = out.get(t) ?? new Map<number, T>();
      at.set(row, value(k));
      out.set(t, at);
    }
  }
  return out;
}
