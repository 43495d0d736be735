// Words on the map that never cover one another.

import type { Place } from "./plane";

/** What must be named covers others where no room is. */
export type Wanted = { text: string; at: Place; away: number; must?: boolean };
export type Placed = { text: string; at: Place; anchor: "start" | "end" | "middle" };

type Box = [left: number, top: number, right: number, bottom: number];

const height = 15;

/** Places labels in their order of importance beside their points; what has no room is left out. */
export function place(wanted: Wanted[], width: (text: string) => number, frame: [number, number], taken: Box[] = []): Placed[] {
  const boxes = [...taken];
  const done: Placed[] = [];
  for (const label of wanted) {
    const seen = options(label, width(label.text)).filter(({ box }) => inside(box, frame));
    const fit = seen.find(({ box }) => !boxes.some((other) => overlap(box, other))) ?? (label.must ? seen[0] : undefined);
    if (!fit) continue;
    boxes.push(fit.box);
    done.push(fit.placed);
  }
  return done;
}

/** Right of the point, left of it, below it, above it, then aslant. */
function options({ text, at: [x, y], away }: Wanted, w: number): { placed: Placed; box: Box }[] {
  const gap = away + 5;
  const middle = y + 4;
  return [
    { placed: { text, at: [x + gap, middle], anchor: "start" }, box: [x + gap, y - height / 2, x + gap + w, y + height / 2] },
    { placed: { text, at: [x - gap, middle], anchor: "end" }, box: [x - gap - w, y - height / 2, x - gap, y + height / 2] },
    { placed: { text, at: [x, y + gap + 11], anchor: "middle" }, box: [x - w / 2, y + gap - 1, x + w / 2, y + gap - 1 + height] },
    { placed: { text, at: [x, y - gap - 3], anchor: "middle" }, box: [x - w / 2, y - gap - height + 1, x + w / 2, y - gap + 1] },
    ...[1, -1].flatMap((down) => [1, -1].map((side) => aslant(text, [x + side * gap, y + down * (gap + 4)], w, side))),
  ];
}

function aslant(text: string, [x, y]: Place, w: number, side: number): { placed: Placed; box: Box } {
  const left = side > 0 ? x : x - w;
  return { placed: { text, at: [x, y + 4], anchor: side > 0 ? "start" : "end" }, box: [left, y - height / 2, left + w, y + height / 2] };
}

function inside([left, top, right, bottom]: Box, [width, height]: [number, number]): boolean {
  return left >= 2 && top >= 2 && right <= width - 2 && bottom <= height - 2;
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
