// How full a vehicle is, in five words.

/** Empty, room for all, busy, crowded, full. */
export const levels = ["empty", "low", "mid", "high", "full"] as const;

/** The level of a load, from 0 for nobody on board to 4 for no room for another. */
export function levelOf(load: number, room: number): number {
  if (load <= 0) return 0;
  const share = room > 0 ? load / room : 1;
  return share >= 1 ? 4 : share >= 0.8 ? 3 : share >= 0.5 ? 2 : 1;
}
