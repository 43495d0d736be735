// What a line carried: its departures side by side, stop by stop.
import type { Departure, Fleet } from "./fleet";

export type TripColumn = { trip: number; start: number; at: (Departure | undefined)[] };
export type Profile = {
  stops: { id: string; on: number; denied: number }[];
  trips: TripColumn[]; // in time
  on: number;
  denied: number;
  latest: number; // seconds behind the timetable
  headway: number; // seconds between departures at the first stop, half of them at most
  longest: number;
};

/** The departures of a line that begin between two moments, at the stops of all of its patterns. */
export function profile(fleet: Fleet, route: string, direction: number, from: number, to: number): Profile {
  const { trips } = fleet.told;
  const own: { trip: number; start: number; stops: string[] }[] = [];
  for (let t = 0; t < fleet.trips; t++) {
    const line = fleet.lineOf(t);
    const start = fleet.depart[trips.first[t] ?? 0] ?? 0;
    if (line.route === route && line.direction === direction && start >= from && start <= to) own.push({ trip: t, start, stops: fleet.stopsOf(trips.pattern[t] ?? 0) });
  }
  own.sort((a, b) => a.start - b.start || a.trip - b.trip);
  const order = merged(own.map((o) => o.stops));
  const stops = order.map((id) => ({ id, on: 0, denied: 0 }));
  const out: Profile = { stops, trips: [], on: 0, denied: 0, latest: 0, headway: 0, longest: 0 };
  for (const o of own) out.trips.push(column(fleet, o, out));
  const gaps = own.slice(1).map((o, i) => o.start - (own[i]?.start ?? 0)).sort((a, b) => a - b);
  out.headway = gaps[Math.floor((gaps.length - 1) / 2)] ?? 0;
  out.longest = gaps.at(-1) ?? 0;
  return out;
}

function column(fleet: Fleet, { trip, start, stops }: { trip: number; start: number; stops: string[] }, out: Profile): TripColumn {
  const first = fleet.told.trips.first[trip] ?? 0;
  const at: (Departure | undefined)[] = [];
  let row = 0;
  stops.forEach((id, place) => {
    while (row < out.stops.length && out.stops[row]?.id !== id) row++;
    const stop = out.stops[row];
    if (!stop) return;
    const d = fleet.departure(first + place, trip);
    at[row++] = d;
    stop.on += d.on;
    stop.denied += d.denied;
    out.on += d.on;
    out.denied += d.denied;
    out.latest = Math.max(out.latest, d.late);
  });
  return { trip, start, at };
}

/** One list that has the stops of every list in their order; what a list has more goes where it first fits. */
export function merged(lists: string[][]): string[] {
  const unique = [...new Map(lists.map((l) => [l.join("\n"), l])).values()].sort((a, b) => b.length - a.length);
  const out = [...(unique[0] ?? [])];
  for (const list of unique.slice(1)) {
    let at = 0;
    for (const id of list) {
      const found = out.indexOf(id, at);
      if (found >= 0) at = found + 1;
      else out.splice(at++, 0, id);
    }
  }
  return out;
}
