// An ECharts drawing that follows its box and the page's colours.

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type ComposeOption } from "echarts/core";
import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { onTheme, theme, type Theme } from "./theme";
import type { Words } from "./words";

use([LineChart, BarChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export type Option = ComposeOption<
  LineSeriesOption | BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** Draws into box what option gives for its width; the returned function draws anew. */
export function draw(box: HTMLElement, label: () => string, option: (theme: Theme, width: number) => Option): () => void {
  const chart = init(box, undefined, { renderer: "svg" });
  const redraw = () => {
    chart.resize();
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", label());
    chart.setOption(option(theme(), box.clientWidth), { notMerge: true });
    // A view box lets the drawing shrink onto paper.
    const svg = box.querySelector("svg");
    svg?.setAttribute("viewBox", `0 0 ${box.clientWidth} ${box.clientHeight}`);
  };
  redraw();
  onTheme(redraw);
  new ResizeObserver(() => {
    if (box.clientWidth !== chart.getWidth()) redraw();
  }).observe(box);
  return redraw;
}

/** What all charts over the clock share; x is minutes after the event's midnight. */
export function frame(theme: Theme, words: Words, from: number, to: number): Option {
  const text = { color: theme.quiet, fontFamily: theme.font, fontSize: 12 };
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    legend: {
      bottom: 0, left: 8, itemWidth: 26, itemHeight: 9, itemGap: 18,
      textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 12 }, inactiveColor: theme.rule,
    },
    xAxis: {
      type: "value", min: from, max: to, interval: step(to - from),
      axisLabel: { ...text, hideOverlap: true, formatter: (clock: number) => words.tick(clock - words.offset) },
      axisLine: { lineStyle: { color: theme.quiet } }, splitLine: { show: false },
    },
    yAxis: {
      type: "value", minInterval: 1, axisLabel: { ...text, formatter: (n: number) => words.number(n) },
      name: words.say("chart.people"), nameTextStyle: { ...text, align: "right" },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    tooltip: {
      trigger: "axis", backgroundColor: theme.paper, borderColor: theme.rule, padding: 8, confine: true,
      textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 12 },
    },
  };
}

/** Minutes between two ticks, so that about ten fit. */
export function step(minutes: number): number {
  return [5, 10, 15, 30, 60, 120, 180].find((s) => minutes / s <= 12) ?? 360;
}

/** Widens a span of clock minutes to ticks at round times. */
export function rounded(from: number, to: number): [number, number] {
  let s = step(to - from);
  const widened = (): [number, number] => [Math.floor(from / s) * s, Math.ceil(to / s) * s];
  const [a, b] = widened();
  s = step(b - a);
  return widened();
}
