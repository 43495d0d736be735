// What steers the map: time, play, line, zoom; and its legend.

import type { Words } from "../words";

export type Steering = {
  first: number;
  last: number;
  busiest: number;
  streets: boolean;
  lines: string[];
  heaviest: number;
  longest: number;
  widest: number;
  largest: number;
  onBin: (bin: number) => void;
  onLine: (line: string) => void;
  onZoom: (by: number) => void;
  onReset: () => void;
  onVenue: () => void;
};

const playMilliseconds = 900;

/** Fills box with the controls around the drawing; tell shows which time is drawn. */
export function controls(box: HTMLElement, svg: SVGSVGElement, words: Words, steer: Steering): { tell: (bin: number, clock: string) => void } {
  const slider = timeSlider(words, steer);
  const clock = document.createElement("output");
  clock.className = "clock";
  const play = player(words, slider, steer);
  const top = document.createElement("div");
  top.className = "mapbar";
  top.append(clock, group(play, slider), group(lineChooser(words, steer)), group(
    button("+", words.say("chart.zoom_in"), () => steer.onZoom(1.5)),
    button("−", words.say("chart.zoom_out"), () => steer.onZoom(1 / 1.5)),
    button(words.say("chart.reset"), "", steer.onReset),
    button(words.say("chart.venue"), "", steer.onVenue),
  ));
  box.append(top, svg, legend(words, steer));
  return {
    tell: (bin, text) => {
      slider.value = String(bin);
      slider.setAttribute("aria-valuetext", text);
      clock.value = text;
    },
  };
}

function timeSlider(words: Words, steer: Steering): HTMLInputElement {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: String(steer.first), max: String(steer.last), step: "1", value: String(steer.busiest) });
  slider.setAttribute("aria-label", words.say("chart.time"));
  slider.addEventListener("input", () => steer.onBin(Number(slider.value)));
  return slider;
}

function player(words: Words, slider: HTMLInputElement, steer: Steering): HTMLButtonElement {
  let timer = 0;
  const play = button("▶ " + words.say("chart.play"), "", () => {
    if (timer) {
      stop();
      return;
    }
    if (Number(slider.value) >= steer.last) steer.onBin(steer.first);
    timer = window.setInterval(next, playMilliseconds);
    play.textContent = "❚❚ " + words.say("chart.pause");
  });
  const stop = () => {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = "▶ " + words.say("chart.play");
  };
  const next = () => (Number(slider.value) >= steer.last ? stop() : steer.onBin(Number(slider.value) + 1));
  slider.addEventListener("input", stop);
  return play;
}

function lineChooser(words: Words, steer: Steering): HTMLElement {
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.add(new Option(words.say("chart.all_lines"), ""));
  for (const line of [...steer.lines].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))) select.add(new Option(line, line));
  select.addEventListener("change", () => steer.onLine(select.value));
  label.append(`${words.say("chart.lines")} `, select);
  return label;
}

function legend(words: Words, steer: Steering): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const [name, id] of [["low", "demand.legend_low"], ["mid", "demand.legend_mid"], ["high", "demand.legend_high"], ["red", "chart.full"]] as const) {
    list.append(item(`<svg width="24" height="8"><path class="load ${name}" d="M0 4H24" stroke-width="6"/></svg>`, words.say(id)));
  }
  const heavy = nice(steer.heaviest);
  for (const people of [heavy, heavy / 4]) {
    const width = (people / steer.heaviest) * steer.widest;
    list.append(item(`<svg width="24" height="18"><path class="sample" d="M0 9H24" stroke-width="${width.toFixed(1)}"/></svg>`, `${words.number(people)} ${words.say("chart.load")}`));
  }
  const long = nice(steer.longest);
  const radius = Math.sqrt(long / steer.longest) * steer.largest;
  const side = Math.ceil(radius * 2 + 3);
  list.append(item(`<svg width="${side}" height="${side}"><circle class="queue" cx="${side / 2}" cy="${side / 2}" r="${radius.toFixed(1)}"/></svg>`, `${words.number(long)} ${words.say("chart.waiting")}`));
  if (steer.streets) list.append(item(`<svg width="24" height="8"><path class="street" d="M0 4H24"/></svg>`, words.say("chart.streets")));
  return list;
}

/** The roundest number of at most n. */
export function nice(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)));
  return ([5, 2, 1].find((m) => m * power <= n) ?? 1) * power;
}

/** A line of the legend: a drawing of ours, then words. */
function item(drawing: string, text: string): HTMLElement {
  const made = document.createElement("li");
  made.innerHTML = drawing;
  made.firstElementChild?.setAttribute("aria-hidden", "true");
  made.append(text);
  return made;
}

function group(...children: HTMLElement[]): HTMLElement {
  const made = document.createElement("span");
  made.className = "controls";
  made.append(...children);
  return made;
}

function button(text: string, label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}
