// The course of a shuttle: stops, and between them points of the streets that
// it passes, as a scenario writes them.
import { ask } from "../api/ask";
import type { Closure, Course, Stop } from "../api/client";

export type At = { lat: number; lon: number };
export type Waypoint = string | [number, number];

export const isStop = (w: Waypoint): w is string => typeof w === "string";

/** Where each waypoint is; those of unknown stops are left out. */
export function places(waypoints: Waypoint[], stops: Stop[]): { at: At; stop?: Stop; i: number }[] {
  return waypoints.flatMap((w, i) => {
    if (!isStop(w)) return [{ at: { lat: w[0], lon: w[1] }, i }];
    const stop = stops.find((s) => s.id === w);
    return stop ? [{ at: stop.at, stop, i }] : [];
  });
}

/** A point as a scenario keeps it, to about a meter. */
export const point = ({ lat, lon }: At): [number, number] => [round(lat), round(lon)];

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** The waypoints with one more, after the leg that was clicked. */
export function inserted(waypoints: Waypoint[], leg: number, at: At): Waypoint[] {
  return [...waypoints.slice(0, leg + 1), point(at), ...waypoints.slice(leg + 1)];
}

/** The waypoints without one; a point that would begin or end the course goes too. */
export function without(waypoints: Waypoint[], i: number): Waypoint[] {
  const left = waypoints.filter((_, j) => j !== i);
  while (left.length && !isStop(left[0] as Waypoint)) left.shift();
  return left;
}

const told = new Map<string, Promise<Course>>();

/** The way along the streets, asked for once. */
export function course(city: string, version: string, through: At[], speed?: number): Promise<Course> {
  const text = through.map((p) => `${round(p.lat)},${round(p.lon)}`).join(";");
  const key = [city, version, text, speed ?? ""].join(" ");
  let found = told.get(key);
  if (!found) {
    found = ask("getCourse", { city, version, through: text, speed });
    found.catch(() => told.delete(key));
    told.set(key, found);
    if (told.size > 200) told.delete(told.keys().next().value as string);
  }
  return found;
}

/** The pieces of street that a closure's points stand for. */
export function closure(city: string, version: string, points: [number, number][]): Promise<Closure> {
  return ask("getClosure", { city, version, points: points.map((p) => p.join(",")).join(";") });
}

/** What a shuttle's service takes: seconds from end to end and back, and the vehicles that its headway needs. */
export function cycle(c: Course, stops: number, every: number, oneWay: boolean): { out: number; round: number; vehicles: number } {
  const dwell = 30;
  const out = c.seconds + Math.max(stops - 2, 0) * dwell;
  const round = oneWay ? out : 2 * out;
  return { out, round, vehicles: every > 0 ? Math.ceil((2 * out) / every) : 0 };
}
