// An event file as the console writes it, with where its numbers come from.
import { read, write } from "./clock";
import type { Origins } from "./origins";

export type Rough = number | { low: number; middle: number; high: number } | { middle: number; spread: number };
export type Session = { name?: string; start: string; end: string; attendance: Rough; arrive: unknown; leave: unknown };
export type Source = { field: string; kind: "fact" | "computed" | "standard" | "assumption"; source: string };
export type EventText = {
  event: string;
  city: string;
  name: Record<string, string>;
  venue: string;
  date: string;
  seed?: number;
  sessions: Session[];
  transit_share: Rough;
  origins?: Origins;
  sources?: Source[];
};

/** A session as its form has it: lowest, most likely and highest attendance, and where the numbers come from. */
export type Sitting = { name: string; start: string; end: string; low: number; middle: number; high: number; why: string; arrive: unknown; leave: unknown; whyCurve: string };

export function sittingOf(s: Session, i: number, sources: Source[]): Sitting {
  const said = (field: string): string => sources.find((o) => o.field === `sessions[${i}].${field}`)?.source ?? "";
  return { name: s.name ?? "", start: s.start, end: s.end, ...three(s.attendance), why: said("attendance"), arrive: s.arrive, leave: s.leave, whyCurve: said("arrive") || said("leave") };
}

export function sessionOf(s: Sitting): Session {
  return { ...(s.name.trim() ? { name: s.name.trim() } : {}), start: s.start, end: s.end, attendance: rough(s.low, s.middle, s.high), arrive: s.arrive, leave: s.leave };
}

/** The sources of a file with those of its sessions said anew. */
export function citeSessions(sources: Source[], sittings: Sitting[]): Source[] {
  let out = sources.filter((s) => !/^sessions\[/.test(s.field) || stays(s.field, sittings.length));
  sittings.forEach((s, i) => {
    for (const [field, source] of [["attendance", s.why], ["arrive", Array.isArray(s.arrive) ? s.whyCurve : ""], ["leave", Array.isArray(s.leave) ? s.whyCurve : ""]] as const) {
      const path = `sessions[${i}].${field}`;
      if ((out.find((o) => o.field === path)?.source ?? "") !== source.trim()) out = cite(out, path, source);
    }
  });
  return out;
}

const stays = (field: string, sessions: number): boolean => Number(/^sessions\[(\d+)\]/.exec(field)?.[1] ?? 0) < sessions;

/** What is wrong with a session. */
export function faultsOf(s: Sitting): { times: boolean; size: boolean } {
  const [from, to] = [read(s.start), read(s.end)];
  return { times: from === null || to === null || to <= from, size: !(s.low >= 1 && s.low <= s.middle && s.middle <= s.high) };
}

/** One session more, three hours after the last one, as long and as full. */
export function another(last: Sitting): Sitting {
  const [from, to] = [read(last.start) ?? 0, read(last.end) ?? 7200];
  const start = Math.min(to + 3 * 3600, 47 * 3600 - (to - from));
  return { ...structuredClone(last), name: "", start: write(start), end: write(start + to - from) };
}

export type Sort = "football" | "concert" | "exhibition";

/** What an event of a sort is like where nobody knows better. */
export const usual: Record<Sort, { start: string; end: string; arrive: Sort; leave: "stadium" | "closing" }> = {
  football: { start: "19:00", end: "20:50", arrive: "football", leave: "stadium" },
  concert: { start: "19:30", end: "22:30", arrive: "concert", leave: "stadium" },
  exhibition: { start: "10:00", end: "22:00", arrive: "exhibition", leave: "closing" },
};

/** Lowest, most likely and highest of a number that may not be known well. */
export function three(n: Rough): { low: number; middle: number; high: number } {
  if (typeof n === "number") return { low: n, middle: n, high: n };
  if ("spread" in n) return { low: n.middle * (1 - n.spread), middle: n.middle, high: n.middle * (1 + n.spread) };
  return n;
}

/** One number where all three are the same. */
export function rough(low: number, middle: number, high: number): Rough {
  return low === middle && high === middle ? middle : { low, middle, high };
}

/** An id made of a name: letters, digits and hyphens; the fallback where nothing of it is left. */
export function idOf(name: string, fallback: string): string {
  const id = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 48);
  return id || fallback;
}

/** The first Saturday from a day on that lies in a span of days, else the last one in it. */
export function saturday(today: string, first: string, last: string): string {
  const from = today > first ? today : first;
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + ((6 - at.getUTCDay() + 7) % 7));
  if (at.toISOString().slice(0, 10) <= last) return at.toISOString().slice(0, 10);
  const end = new Date(`${last}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() - ((end.getUTCDay() + 1) % 7));
  return end.toISOString().slice(0, 10);
}

/** The sources of a file with one of them said anew. */
export function cite(sources: Source[], field: string, source: string, kind: Source["kind"] = "assumption"): Source[] {
  const others = sources.filter((s) => s.field !== field);
  return source.trim() ? [...others, { field, kind, source: source.trim() }] : others;
}
