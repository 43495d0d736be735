// Where the vehicles of a run are at a moment, and how full.
import type { ResultVehicles } from "../api/client";

const unit = 1e-5; // of a position in the columns, in degrees
const slot = 300; // seconds: trips are looked for by such slots

/** Vehicles at a moment: positions as pairs of degrees, the trip of each, who is on board and the room. */
export type Standing = { length: number; at: Float32Array; trip: Int32Array; load: Int32Array; room: Int32Array };

export type Departure = { visit: number; trip: number; at: number; late: number; on: number; off: number; load: number; denied: number; room: number };

export class Fleet {
  readonly told: ResultVehicles;
  readonly most: number; // vehicles that may be under way at once
  readonly arrive: Int32Array; // by visit, seconds from the start of the horizon
  readonly depart: Int32Array;
  readonly #lon: Float64Array; // by point
  readonly #lat: Float64Array;
  readonly #along: Float64Array; // by point: how far from the course's start, in degrees of latitude
  readonly #slots = new Map<number, number[]>(); // trips that are under way in a slot
  readonly #cursor: Int32Array; // by trip: the visit that it was last seen after
  readonly #standing: Standing;

  constructor(told: ResultVehicles) {
    this.told = told;
    const { trips, visits } = told;
    this.arrive = new Int32Array(visits.run.length);
    this.depart = new Int32Array(visits.run.length);
    for (let t = 0; t < trips.id.length; t++) {
      let at = trips.start[t] ?? 0;
      for (let v = trips.first[t] ?? 0; v < (trips.first[t + 1] ?? 0); v++) {
        this.arrive[v] = at += visits.run[v] ?? 0;
        this.depart[v] = at += visits.stay[v] ?? 0;
      }
    }
    [this.#lon, this.#lat, this.#along] = points(told);
    this.#cursor = Int32Array.from(trips.first.slice(0, -1));
    const most = this.#fillSlots();
    this.most = most;
    this.#standing = { length: 0, at: new Float32Array(2 * most), trip: new Int32Array(most), load: new Int32Array(most), room: new Int32Array(most) };
  }

  get trips(): number {
    return this.told.trips.id.length;
  }

  #fillSlots(): number {
    const { first } = this.told.trips;
    let most = 0;
    for (let t = 0; t + 1 < first.length; t++) {
      const [from, to] = [this.depart[first[t] ?? 0] ?? 0, this.arrive[(first[t + 1] ?? 1) - 1] ?? 0];
      for (let s = Math.floor(from / slot); s <= Math.floor(to / slot); s++) {
        const list = this.#slots.get(s) ?? [];
        list.push(t);
        this.#slots.set(s, list);
        most = Math.max(most, list.length);
      }
    }
    return most;
  }

  /** All vehicles between their first departure and their last arrival. The next call writes over the answer. */
  at(seconds: number): Standing {
    const { trips, visits, patterns } = this.told;
    const out = this.#standing;
    let n = 0;
    for (const t of this.#slots.get(Math.floor(seconds / slot)) ?? []) {
      const [first, end] = [trips.first[t] ?? 0, trips.first[t + 1] ?? 0];
      if (seconds < (this.depart[first] ?? 0) || seconds > (this.arrive[end - 1] ?? 0)) continue;
      const v = this.#seek(t, first, end, seconds);
      const p = trips.pattern[t] ?? 0;
      const stop = (patterns.first[p] ?? 0) + v - first;
      this.#place(out.at, n, p, stop, v, end, seconds);
      out.trip[n] = t;
      out.load[n] = visits.load[v] ?? 0;
      out.room[n] = trips.room[t] ?? 0;
      n++;
    }
    out.length = n;
    return out;
  }

  /** The last visit that a vehicle has left by a moment, or stands at. */
  #seek(t: number, first: number, end: number, seconds: number): number {
    let v = this.#cursor[t] ?? first;
    if ((this.arrive[v] ?? 0) > seconds) v = first;
    while (v + 1 < end && (this.arrive[v + 1] ?? 0) <= seconds) v++;
    this.#cursor[t] = v;
    return v;
  }

  #place(out: Float32Array, n: number, pattern: number, stop: number, v: number, end: number, seconds: number): void {
    const { patterns } = this.told;
    const base = patterns.from[pattern] ?? 0;
    let k = base + (patterns.reach[stop] ?? 0);
    const [left, next] = [this.depart[v] ?? 0, this.arrive[v + 1] ?? 0];
    if (v + 1 >= end || seconds <= left || next <= left) {
      out[2 * n] = this.#lon[k] ?? 0;
      out[2 * n + 1] = this.#lat[k] ?? 0;
      return;
    }
    const last = base + (patterns.reach[stop + 1] ?? 0);
    const share = Math.min(1, (seconds - left) / (next - left));
    const want = (this.#along[k] ?? 0) + share * ((this.#along[last] ?? 0) - (this.#along[k] ?? 0));
    while (k + 1 < last && (this.#along[k + 1] ?? 0) < want) k++;
    const piece = (this.#along[k + 1] ?? 0) - (this.#along[k] ?? 0);
    const f = piece > 0 ? (want - (this.#along[k] ?? 0)) / piece : 0;
    out[2 * n] = (this.#lon[k] ?? 0) + f * ((this.#lon[k + 1] ?? 0) - (this.#lon[k] ?? 0));
    out[2 * n + 1] = (this.#lat[k] ?? 0) + f * ((this.#lat[k + 1] ?? 0) - (this.#lat[k] ?? 0));
  }

  /** The line of a trip. */
  lineOf(trip: number): { route: string; direction: number } {
    const { lines, patterns, trips } = this.told;
    return lines[patterns.line[trips.pattern[trip] ?? 0] ?? 0] ?? { route: "", direction: 0 };
  }

  /** The stops of a pattern, by their ids. */
  stopsOf(pattern: number): string[] {
    const { patterns, stops } = this.told;
    return patterns.stop.slice(patterns.first[pattern], patterns.first[pattern + 1]).map((s) => stops[s] ?? "");
  }

  /** What a visit was like. */
  departure(visit: number, trip: number): Departure {
    const { visits, trips } = this.told;
    const before = visit > (trips.first[trip] ?? 0) ? (visits.load[visit - 1] ?? 0) : 0;
    const [on, load] = [visits.on[visit] ?? 0, visits.load[visit] ?? 0];
    return { visit, trip, at: this.depart[visit] ?? 0, late: visits.late[visit] ?? 0, on, off: before + on - load, load, denied: visits.denied[visit] ?? 0, room: trips.room[trip] ?? 0 };
  }
}

/** Points of all courses in degrees, and how far each lies along its course. */
function points(told: ResultVehicles): [Float64Array, Float64Array, Float64Array] {
  const { point, from } = told.patterns;
  const n = point.length / 2;
  const [lon, lat, along] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let p = 0; p + 1 < from.length; p++) {
    let [x, y, far] = [0, 0, 0];
    const [first, end] = [from[p] ?? 0, from[p + 1] ?? 0];
    const narrow = Math.cos((((point[2 * first + 1] ?? 0) * unit) / 180) * Math.PI);
    for (let k = first; k < end; k++) {
      const [dx, dy] = [point[2 * k] ?? 0, point[2 * k + 1] ?? 0];
      x += dx;
      y += dy;
      if (k > first) far += Math.hypot(dx * narrow, dy) * unit;
      lon[k] = x * unit;
      lat[k] = y * unit;
      along[k] = far;
    }
  }
  return [lon, lat, along];
}
