// When a change of service holds, and how often a line leaves.

export type Band = { from: number; to: number; every?: number };

/** The headway of departures as a line of steps: at each departure the time since the one before, in a window. */
export function headways(departures: number[], first: number, last: number): { at: number; every: number }[] {
  const inside = departures.filter((at, i, all) => at >= first && at <= last && at !== all[i - 1]);
  return inside.slice(1).flatMap((at, i) => {
    const before = inside[i] as number;
    return [{ at: before, every: at - before }, { at, every: at - before }];
  });
}

/** The vehicles that a headway takes on a line: its round trip by its headway, turning at both ends. */
export function needed(runTimes: number[], turnback: number, every: number): { round: number; vehicles: number } {
  const round = runTimes.reduce((sum, t) => sum + t + turnback, 0);
  return { round, vehicles: every > 0 ? Math.ceil(round / every) : 0 };
}
