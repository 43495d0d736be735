// Changes of service as a scenario writes them: a map with one key, the kind.

import { isStop, type Waypoint } from "./course";

export const kinds = ["headway", "extra_trips", "shuttle", "vehicles", "short_turn", "close_stop", "close_street", "meter", "cancel_trip"] as const;
export type Kind = (typeof kinds)[number];

export type Args = {
  route?: string;
  direction?: number;
  from?: string;
  to?: string;
  every?: string;
  vehicle?: string;
  room?: number;
  stop?: string;
  first_stop?: string;
  last_stop?: string;
  name?: string;
  stops?: Waypoint[];
  points?: [number, number][];
  speed?: number;
  one_way?: boolean;
  facility?: string;
  per_minute?: number;
  trip?: string;
  start?: string;
  note?: string;
};
export type Change = { kind: Kind; args: Args };

/** What each kind is told with, in the order of its form. */
export const told: Record<Kind, (keyof Args)[]> = {
  headway: ["route", "direction", "from", "to", "every"],
  extra_trips: ["route", "direction", "from", "to", "every"],
  shuttle: ["name", "stops", "from", "to", "every", "room", "speed", "one_way"],
  vehicles: ["route", "direction", "from", "to", "vehicle"],
  short_turn: ["route", "direction", "from", "to", "first_stop", "last_stop"],
  close_stop: ["stop", "from", "to"],
  close_street: ["points"],
  meter: ["facility", "per_minute"],
  cancel_trip: ["trip", "start"],
};

/** What may be left out. */
const optional = new Set<keyof Args>(["direction", "first_stop", "last_stop", "one_way", "start", "note", "speed"]);

export function parse(modification: unknown): Change | null {
  const [entry] = Object.entries((modification ?? {}) as Record<string, Args>);
  return entry && (kinds as readonly string[]).includes(entry[0]) ? { kind: entry[0] as Kind, args: { ...entry[1] } } : null;
}

/** The change as a scenario keeps it: without what was left empty. */
export function text({ kind, args }: Change): Record<string, unknown> {
  const names = [...told[kind], "room", "note"] as (keyof Args)[];
  const kept = names.map((n) => [n, args[n]] as const).filter(([, v]) => v !== undefined && v !== "" && v !== false && !(Array.isArray(v) && v.length === 0));
  return { [kind]: Object.fromEntries(kept) };
}

/** What a form still lacks. */
export function lacking({ kind, args }: Change): (keyof Args)[] {
  const out = told[kind].filter((n) => !optional.has(n) && (args[n] === undefined || args[n] === ""));
  if (kind === "shuttle" && !whole(args.stops ?? []) && !out.includes("stops")) out.push("stops");
  if (kind === "close_street" && !args.points?.length && !out.includes("points")) out.push("points");
  if (kind === "short_turn" && !args.first_stop && !args.last_stop) out.push("first_stop");
  if (kind === "vehicles" && args.room) return out.filter((n) => n !== "vehicle");
  return out;
}

/** A course begins and ends at a stop, and has two of them. */
function whole(stops: Waypoint[]): boolean {
  return stops.filter(isStop).length > 1 && isStop(stops[0] as Waypoint) && isStop(stops.at(-1) as Waypoint);
}

/** Seconds of a length of time such as 4m38s. */
export function seconds(length: string): number {
  const [, h = "0", m = "0", s = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(length) ?? [];
  return Number(h) * 3600 + Number(m) * 60 + Number(s);
}

/** A length of time as a scenario writes it. */
export function length(of: number): string {
  const [m, s] = [Math.floor(of / 60), Math.round(of % 60)];
  return (m ? `${m}m` : "") + (s || !m ? `${s}s` : "");
}
