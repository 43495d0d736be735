// The queue at one stop, chosen from those with the longest.

import { draw, frame, rounded, type Option } from "./chart";
import type { Stop } from "./data";
import { tipContent, type Fact } from "./tip";
import type { Words } from "./words";

export function drawQueue(box: HTMLElement, stops: Stop[], words: Words): void {
  const first = stops[0];
  if (!first) return;
  let stop = first;
  const chooser = choose(stops, words);
  box.before(chooser.label);
  const redraw = draw(box, () => words.say("chart.queue_label", { stop: stop.name }), (theme) => {
    const ends = span(stop);
    const [from, to] = rounded(ends[0] + words.offset, ends[1] + 1 + words.offset);
    const base = frame(theme, words, from, to);
    return {
      ...base,
      grid: { left: 64, right: 40, top: 40, bottom: 56 },
      tooltip: { ...(base.tooltip as object), formatter: (items: unknown) => tooltip(items, words) },
      series: [
        {
          type: "line", name: words.say("chart.queue"), data: dense(stop, ...ends).map((m) => [m[0] + 1 + words.offset, m[1]]),
          showSymbol: false, symbol: "none", color: theme.queue, lineStyle: { width: 1.5 }, areaStyle: { color: theme.fill, opacity: 0.5 },
        },
        {
          type: "bar", name: words.say("chart.denied"), data: dense(stop, ...ends).map((m) => [m[0] + 1 + words.offset, m[2]]),
          color: theme.bar, barWidth: 2,
        },
      ],
    } as Option;
  });
  const show = (index: number) => {
    stop = stops[index] ?? first;
    chooser.select.value = String(index);
    redraw();
  };
  chooser.select.addEventListener("change", () => show(Number(chooser.select.value)));
  for (const row of document.querySelectorAll<HTMLElement>("tr[data-stop]")) {
    row.addEventListener("click", () => show(Number(row.dataset.stop)));
  }
}

/** The minutes in which the stop has a queue worth drawing: a fiftieth of its longest. */
export function span(stop: Pick<Stop, "minutes" | "longest">): [number, number] {
  const worth = stop.minutes.filter((m) => m[1] * 50 >= stop.longest || m[2] > 0);
  const from = worth[0]?.[0] ?? 0;
  return [from, Math.max(worth.at(-1)?.[0] ?? 0, from + 30)];
}

/** A stop's minutes without gaps: those that are not stored had no queue. */
export function dense(stop: Pick<Stop, "minutes">, from: number, to: number): [number, number, number][] {
  const stored = new Map(stop.minutes.map((m) => [m[0], m]));
  return Array.from({ length: to - from + 2 }, (_, i) => stored.get(from + i) ?? [from + i, 0, 0]);
}

function choose(stops: Stop[], words: Words): { label: HTMLElement; select: HTMLSelectElement } {
  const label = document.createElement("label");
  label.className = "controls";
  const select = document.createElement("select");
  stops.forEach((stop, i) => select.add(new window.Option(`${stop.name} (${words.number(stop.longest)})`, String(i))));
  label.append(`${words.say("chart.stop")} `, select);
  return { label, select };
}

function tooltip(items: unknown, words: Words): HTMLElement {
  const points = items as { seriesName: string; value: [number, number] }[];
  const facts = points.map((p): Fact => [p.seriesName, words.number(p.value[1])]);
  return tipContent(words.clock((points[0]?.value[0] ?? 0) - words.offset), facts);
}
