// Where the people of an event come from: other venues, drawn areas, and for the rest their homes.

export type FromVenue = { venue: string; share: number };
export type FromArea = { name: string; outline: [number, number][]; share: number };
export type Origins = { residents?: { share: number; decay_per_min?: number; speed_m_per_min?: number }; venues?: FromVenue[]; areas?: FromArea[] };

/** What is left for residents from all over the city; below zero where too much was given away. */
export function rest(venues: FromVenue[], areas: FromArea[]): number {
  const sum = [...venues, ...areas].reduce((all, o) => all + o.share, 0);
  return Math.round((1 - sum) * 1e6) / 1e6;
}

/** The origins as an event file has them: what names nothing is left out. */
export function origins(old: Origins | undefined, venues: FromVenue[], areas: FromArea[]): Origins {
  const [v, a] = [venues.filter((o) => o.share > 0), areas.filter((o) => o.share > 0)];
  return { residents: { ...old?.residents, share: rest(v, a) }, ...(v.length ? { venues: v } : {}), ...(a.length ? { areas: a } : {}) };
}

/** What is wrong: more than everybody, or an area without a surface. */
export function wrong(venues: FromVenue[], areas: FromArea[]): boolean {
  return rest(venues, areas) < 0 || areas.some((a) => a.share > 0 && (a.outline.length < 3 || !a.name.trim()));
}
