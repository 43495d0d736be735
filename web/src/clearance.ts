// The curves of one crowd: out of the gates, away, arrived.

import { draw, frame, rounded, type Option } from "./chart";
import type { Crowd } from "./data";
import type { Theme } from "./theme";
import { tipContent, type Fact } from "./tip";
import type { Words } from "./words";

const dashes = ["dotted", "solid", "dashed"] as const;

export function drawClearance(box: HTMLElement, crowd: Crowd, words: Words): void {
  const ends = span(crowd);
  const [from, to] = rounded(ends[0] + words.offset, ends[1] + words.offset);
  draw(box, () => words.say("chart.clearance_label", { crowd: crowd.title }), (theme, width) => {
    const marks = placed(crowd, (at) => ((at / 60 + words.offset - from) / (to - from)) * (width - left - right));
    const rows = Math.max(0, ...marks.map((m) => m.row));
    return {
      ...frame(theme, words, from, to),
      grid: { left, right, top: 30 + rows * rowHeight, bottom: 56 },
      legend: { ...(frame(theme, words, from, to).legend as object), data: crowd.band ? [...crowd.names, words.say("chart.band")] : crowd.names },
      series: [...band(crowd, words, theme), ...crowd.names.map((name, curve) => ({
        type: "line", name, showSymbol: false, symbol: "none",
        data: crowd.curve.map((p) => [p[0] + 1 + words.offset, p[(curve + 1) as 1 | 2 | 3]]),
        lineStyle: { width: curve === crowd.marks ? 2.5 : 1.5, type: dashes[curve] },
        color: theme.curves[curve],
        ...(curve === crowd.marks ? { markLine: markLine(marks, theme, words) } : {}),
      }))],
      tooltip: { ...(frame(theme, words, from, to).tooltip as object), formatter: (items: unknown) => tooltip(items, words) },
    } as Option;
  });
}

/** Between which numbers four of five seeds lie: a line that nobody sees and the area on top of it. */
function band(crowd: Crowd, words: Words, theme: Theme) {
  if (!crowd.band) return [];
  const series = (name: string, people: (p: [number, number, number]) => number, shown: boolean) => ({
    type: "line", name, stack: "band", showSymbol: false, symbol: "none", silent: true, color: theme.curves[1],
    data: crowd.band?.map((p) => [p[0] + 1 + words.offset, people(p)]),
    lineStyle: { opacity: 0 }, areaStyle: { opacity: shown ? 0.25 : 0 },
  });
  return [series("", (p) => p[1], false), series(words.say("chart.band"), (p) => p[2] - p[1], true)];
}

const left = 64;
const right = 40;
const rowHeight = 15;

/** The minutes worth showing: from the first person until nothing moves any more. */
export function span(crowd: Pick<Crowd, "curve">): [number, number] {
  const curve = crowd.curve;
  const first = curve.find((p) => p[1] > 0)?.[0] ?? 0;
  const end = curve.at(-1);
  const still = end ? curve.find((p) => p[1] === end[1] && p[2] === end[2] && p[3] === end[3]) : undefined;
  return [first, Math.max(first + 30, (still?.[0] ?? first) + 5)];
}

type Mark = { percent: number; at: number; row: number };

/** Clear times with a row each, so that no label covers another. */
export function placed(crowd: Pick<Crowd, "clear">, x: (at: number) => number): Mark[] {
  const ends: number[] = [];
  return crowd.clear
    .filter((c) => c.at >= 0)
    .map((c) => {
      const middle = x(c.at);
      let row = ends.findIndex((end) => end < middle - labelWidth / 2);
      if (row < 0) row = ends.length;
      ends[row] = middle + labelWidth / 2;
      return { ...c, row };
    });
}

const labelWidth = 84;

function markLine(marks: Mark[], theme: Theme, words: Words) {
  return {
    symbol: "none", silent: true,
    lineStyle: { color: theme.quiet, width: 1, type: "solid" as const, opacity: 0.6 },
    data: marks.map((m) => ({
      xAxis: m.at / 60 + words.offset,
      label: {
        formatter: `${words.percent(m.percent / 100)} ${words.tick(m.at / 60)}`, color: theme.ink, fontFamily: theme.font, fontSize: 11,
        position: "end" as const, distance: 4 + m.row * rowHeight,
      },
    })),
  };
}

function tooltip(items: unknown, words: Words): HTMLElement {
  const points = items as { seriesName: string; value: [number, number] }[];
  const facts = points.filter((p) => p.seriesName && p.seriesName !== words.say("chart.band")).map((p): Fact => [p.seriesName, words.number(p.value[1])]);
  return tipContent(words.clock((points[0]?.value[0] ?? 0) - words.offset), facts);
}
