// The course of arrivals or departures: minutes, and the share of the people until then.

export type Curve = [number, number][];

/** Moves a point: between its neighbours in time and in share; the last stays at all of them. */
export function moved(curve: Curve, i: number, minute: number, share: number): Curve {
  const [before, after] = [curve[i - 1], curve[i + 1]];
  const at = Math.min(Math.max(Math.round(minute), before ? before[0] + 1 : -1440), after ? after[0] - 1 : 1440);
  const part = i === curve.length - 1 ? 1 : Math.min(Math.max(Math.round(share * 100) / 100, before?.[1] ?? 0), after?.[1] ?? 1);
  return curve.map((p, j) => (j === i ? [at, part] : p));
}

/** A point more, in the middle of the longest gap in time. */
export function added(curve: Curve): Curve {
  let widest = 1;
  for (let i = 1; i < curve.length; i++) if (gap(curve, i) > gap(curve, widest)) widest = i;
  const [a, b] = [curve[widest - 1], curve[widest]];
  if (!a || !b || gap(curve, widest) < 2) return curve;
  return [...curve.slice(0, widest), [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) * 50) / 100], ...curve.slice(widest)];
}

const gap = (curve: Curve, i: number): number => (curve[i]?.[0] ?? 0) - (curve[i - 1]?.[0] ?? 0);

/** The curve without a point; two stay, and the last one is all of the people. */
export function dropped(curve: Curve, i: number): Curve {
  if (curve.length <= 2) return curve;
  const left = curve.filter((_, j) => j !== i);
  return left.map((p, j) => (j === left.length - 1 ? [p[0], 1] : p));
}

/** The share until a minute. */
export function share(curve: Curve, minute: number): number {
  for (let i = 0; i < curve.length; i++) {
    const [at, part] = curve[i] as [number, number];
    if (minute > at) continue;
    const before = curve[i - 1];
    if (!before) return minute === at ? part : 0;
    return before[1] + ((part - before[1]) * (minute - before[0])) / (at - before[0]);
  }
  return 1;
}

/** The quarter of an hour in which most come, by its first minute, with their share. */
export function peak(curve: Curve): { minute: number; share: number } {
  let best = { minute: 0, share: 0 };
  const [first, last] = [curve[0]?.[0] ?? 0, curve.at(-1)?.[0] ?? 0];
  for (let m = Math.floor(first / 15) * 15 - 15; m < last; m += 15) {
    const part = share(curve, m + 15) - share(curve, m);
    if (part > best.share + 1e-9) best = { minute: m, share: part };
  }
  return best;
}
