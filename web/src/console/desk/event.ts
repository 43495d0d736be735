// An event file as the console writes it, with where its numbers come from.

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
  origins?: { residents?: { share: number; decay_per_min?: number; speed_m_per_min?: number }; venues?: { venue: string; share: number }[] };
  sources?: Source[];
};

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
