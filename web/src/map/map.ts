// The map of the loads: streets as wide as they are loaded, circles as large
// as their queues, one quarter of an hour at a time.

import { binMinutes, type Figures, type Stop } from "../data";
import { hideTip, showTip, type Fact } from "../tip";
import type { Words } from "../words";
import { backdrop, placed, ways } from "./backdrop";
import { controls } from "./controls";
import { place, type Wanted } from "./labels";
import { beside, fit, onScreen, plane, scaleBar, zoomed, type Place, type View } from "./plane";
import { bins, busiest, fullness, streets, type Load, type Street } from "./streets";
import { layer, make, path } from "./svg";

type Queue = { stop: Stop; at: Place; bins: Map<number, number> };

const widest = 16; // pixels of the heaviest load
const largest = 16; // pixels of the longest queue's radius
const named = 6; // queues that get a label

export function drawMap(box: HTMLElement, figures: Figures, words: Words): void {
  if (figures.segments.length > 0) new LoadMap(box, figures, words);
}

class LoadMap {
  private view: View = { scale: 1, x: 0, y: 0 };
  private bin: number;
  private shown: Street[];
  private readonly all: Street[];
  private readonly queues: Queue[];
  private readonly project: (lat: number, lon: number) => Place;
  private readonly heaviest: number;
  private readonly longest: number;
  private readonly svg: SVGSVGElement;
  private readonly streets: SVGPathElement | null;
  private readonly panel: ReturnType<typeof controls>;
  private looked: Place[];
  private frame = 0;

  constructor(box: HTMLElement, private readonly figures: Figures, private readonly words: Words) {
    this.project = plane(figures.venue.at);
    this.all = streets(figures.segments, this.project, () => true);
    this.shown = this.all;
    this.queues = figures.stops.map((stop) => ({ stop, at: this.project(stop.at.lat, stop.at.lon), bins: queueByBin(stop) }));
    this.heaviest = Math.max(1, ...this.all.map((s) => Math.max(0, ...[...s.loads.values()].map((l) => l.carried))));
    this.looked = busiest(this.all, this.heaviest);
    this.longest = Math.max(1, ...this.queues.map((q) => q.stop.longest));
    const span = bins(this.all);
    this.bin = span.busiest;
    this.svg = make("svg", { class: "canvas", tabindex: "0", role: "application", "aria-label": words.say("chart.map_label") });
    const drawn = backdrop(figures.streets ?? [], this.project);
    this.streets = drawn ? ways(drawn) : null;
    this.panel = controls(box, this.svg, words, {
      ...span, streets: drawn !== "", lines: [...new Set(figures.segments.map((s) => s.line))], heaviest: this.heaviest, longest: this.longest, widest, largest,
      onBin: (bin) => this.show(bin), onLine: (line) => this.choose(line), onZoom: (by) => this.zoom(by), onReset: () => this.reset(), onVenue: () => this.venue(),
    });
    this.listen();
    new ResizeObserver(() => this.look()).observe(this.svg);
    this.look();
  }

  private get size(): [number, number] {
    return [this.svg.clientWidth || 800, this.svg.clientHeight || 560];
  }

  private show(bin: number): void {
    hideTip();
    this.bin = bin;
    this.later();
  }

  private choose(line: string): void {
    this.shown = streets(this.figures.segments, this.project, (s) => line === "" || s.line === line);
    this.later();
  }

  private reset(): void {
    this.look(this.all.flatMap((s) => s.way), 36);
  }

  private venue(): void {
    this.look([[-1300, -1300], [1300, 1300]], 10);
  }

  /** Shows all of these places, or again those shown last; at first those with the heavy loads. */
  private look(places = this.looked, margin = 44): void {
    this.looked = places;
    const [width, height] = this.size;
    this.view = fit(places, width, height, margin);
    this.later();
  }

  private zoom(by: number, around?: Place): void {
    const [width, height] = this.size;
    this.view = zoomed(this.view, by, around ?? [width / 2, height / 2]);
    this.later();
  }

  private pan(x: number, y: number): void {
    hideTip();
    this.view = { ...this.view, x: this.view.x + x, y: this.view.y + y };
    this.later();
  }

  private later(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.panel.tell(this.bin, `${this.words.clock(this.bin * binMinutes)}–${this.words.clock((this.bin + 1) * binMinutes)}`);
    const loaded = this.shown
      .map((street) => ({ street, load: street.loads.get(this.bin) }))
      .filter((s): s is { street: Street; load: Load } => s.load !== undefined)
      .sort((a, b) => a.load.carried - b.load.carried);
    // A view box lets the drawing shrink onto paper.
    this.svg.setAttribute("viewBox", `0 0 ${this.size.join(" ")}`);
    this.svg.replaceChildren(
      ...(this.streets ? [placed(this.streets, this.view)] : []),
      layer("rails", this.shown.map((s) => path(this.on(s.way), { class: "rail" }))),
      layer("loads", loaded.map(({ street, load }) => this.street(street, load))),
      layer("queues", this.queues.map((q) => this.circle(q)).filter((c) => c !== null)),
      this.place(),
      this.labels(),
      this.bar(),
      ...(this.streets ? [this.credit()] : []),
    );
  }

  private on(way: Place[]): Place[] {
    return way.map((p) => onScreen(this.view, p));
  }

  private street(street: Street, load: Load): SVGElement {
    const width = Math.max(1.2, (load.carried / this.heaviest) * widest);
    const drawn = path(beside(this.on(street.way), width / 2 + 0.8), { class: `load ${fullness(load)}`, "stroke-width": width.toFixed(1) });
    return this.telling(drawn, `${street.names[0]} → ${street.names[1]}`, [
      [this.words.say("chart.lines"), street.lines.join(", ")],
      [this.words.say("chart.load"), this.words.number(load.carried)],
      [this.words.say("chart.room"), this.words.number(load.room)],
      [this.words.say("chart.fullness"), load.room > 0 ? this.words.percent(load.carried / load.room) : "—"],
    ]);
  }

  private circle(queue: Queue): SVGElement | null {
    const waiting = queue.bins.get(this.bin) ?? 0;
    if (waiting === 0) return null;
    const [x, y] = onScreen(this.view, queue.at);
    const drawn = make("circle", { class: "queue", cx: x.toFixed(1), cy: y.toFixed(1), r: this.radius(waiting).toFixed(1) });
    return this.telling(drawn, queue.stop.name, [[this.words.say("chart.waiting"), this.words.number(waiting)]]);
  }

  private radius(waiting: number): number {
    return Math.max(2.5, Math.sqrt(waiting / this.longest) * largest);
  }

  private place(): SVGElement {
    const gates = (this.figures.gates ?? []).map((gate) => {
      const [x, y] = onScreen(this.view, this.project(gate.at.lat, gate.at.lon));
      const mark = make("rect", { class: "gate", x: x - 2.5, y: y - 2.5, width: 5, height: 5 });
      return this.telling(mark, `${this.words.say("chart.gate")} ${gate.id}`, []);
    });
    const [x, y] = onScreen(this.view, [0, 0]);
    const venue = make("path", { class: "venue", d: `M${x} ${y - 9}L${x + 9} ${y}L${x} ${y + 9}L${x - 9} ${y}Z` });
    return layer("place", [...gates, this.telling(venue, this.figures.venue.name, [])]);
  }

  private labels(): SVGElement {
    const queues = this.queues
      .map((q) => ({ ...q, waiting: q.bins.get(this.bin) ?? 0 }))
      .filter((q) => q.waiting > 0)
      .sort((a, b) => b.waiting - a.waiting)
      .slice(0, named);
    const wanted: Wanted[] = [
      { text: this.figures.venue.name, at: onScreen(this.view, [0, 0]), away: 9, must: true },
      ...queues.map((q) => ({ text: `${q.stop.name} · ${this.words.number(q.waiting)}`, at: onScreen(this.view, q.at), away: this.radius(q.waiting) })),
    ];
    const [width, height] = this.size;
    const circles = queues.map((q) => around(onScreen(this.view, q.at), this.radius(q.waiting)));
    const taken = [...this.taken(), ...circles, around(onScreen(this.view, [0, 0]), 9)];
    const fitting = place(wanted, (text) => textWidth(this.svg, text), [width, height], taken);
    return layer("labels", fitting.map(({ text, at, anchor }) => {
      const label = make("text", { x: at[0].toFixed(1), y: at[1].toFixed(1), "text-anchor": anchor, class: text === this.figures.venue.name ? "name venue-name" : "name" });
      label.textContent = text;
      return label;
    }));
  }

  /** Where the scale and the streets' credit stand. */
  private taken(): [number, number, number, number][] {
    const [width, height] = this.size;
    const scale: [number, number, number, number] = [0, height - 34, 190, height];
    if (!this.streets) return [scale];
    return [scale, [width - textWidth(this.svg, this.words.say("chart.streets_credit")) - 12, height - 24, width, height]];
  }

  private bar(): SVGElement {
    const [, height] = this.size;
    const { meters, pixels } = scaleBar(this.view, 130);
    const text = make("text", { x: 16, y: height - 18, class: "scale" });
    text.textContent = meters >= 1000
      ? this.words.say("chart.kilometers", { n: this.words.number(meters / 1000) })
      : this.words.say("chart.meters", { n: this.words.number(meters) });
    return layer("scalebar", [path([[16, height - 16], [16, height - 11], [16 + pixels, height - 11], [16 + pixels, height - 16]], { class: "scale" }), text]);
  }

  private credit(): SVGElement {
    const [width, height] = this.size;
    const text = make("text", { x: width - 8, y: height - 8, class: "scale", "text-anchor": "end" });
    text.textContent = this.words.say("chart.streets_credit");
    return text;
  }

  private telling<E extends SVGElement>(element: E, title: string, facts: Fact[]): E {
    element.addEventListener("pointermove", (event) => showTip(title, facts, event.clientX, event.clientY));
    element.addEventListener("pointerleave", hideTip);
    return element;
  }

  private listen(): void {
    this.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== this.svg) return;
      event.preventDefault();
      const corner = this.svg.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 400), [event.clientX - corner.left, event.clientY - corner.top]);
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => {
      this.svg.setPointerCapture(event.pointerId);
      this.svg.focus();
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (this.svg.hasPointerCapture(event.pointerId)) this.pan(event.movementX, event.movementY);
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => this.pan(60, 0), ArrowRight: () => this.pan(-60, 0),
      ArrowUp: () => this.pan(0, 60), ArrowDown: () => this.pan(0, -60),
      "+": () => this.zoom(1.4), "=": () => this.zoom(1.4), "-": () => this.zoom(1 / 1.4), "0": () => this.reset(),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }
}

/** The box around a circle. */
function around([x, y]: Place, radius: number): [number, number, number, number] {
  return [x - radius, y - radius, x + radius, y + radius];
}

/** The longest queue of a stop in each quarter of an hour. */
export function queueByBin(stop: Pick<Stop, "minutes">): Map<number, number> {
  const byBin = new Map<number, number>();
  for (const [minute, queue] of stop.minutes) {
    const bin = Math.floor(minute / binMinutes);
    byBin.set(bin, Math.max(byBin.get(bin) ?? 0, queue));
  }
  return byBin;
}

let ruler: CanvasRenderingContext2D | null = null;

function textWidth(svg: SVGSVGElement, text: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * 8;
  ruler.font = `600 12px ${getComputedStyle(svg).fontFamily}`;
  return ruler.measureText(text).width + 4;
}
