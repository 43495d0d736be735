// A flat map: metres east and north of its middle, and a view onto them.

import type { Point } from "../data";

/** Metres east and south of the middle: the screen's y grows downwards. */
export type Place = [x: number, y: number];

const metersPerDegree = 111195;

/** A projection that is true at the given middle and good for a city around it. */
export function plane(middle: Point): (lat: number, lon: number) => Place {
  const shrink = Math.cos((middle.lat * Math.PI) / 180);
  return (lat, lon) => [(lon - middle.lon) * metersPerDegree * shrink, (middle.lat - lat) * metersPerDegree];
}

/** What part of the plane is on the screen: pixels = metres * scale + shift. */
export type View = { scale: number; x: number; y: number };

export function onScreen(view: View, [x, y]: Place): Place {
  return [x * view.scale + view.x, y * view.scale + view.y];
}

/** The view that shows all places inside of a box with a margin. */
export function fit(places: Place[], width: number, height: number, margin: number): View {
  if (places.length === 0) return { scale: 1, x: width / 2, y: height / 2 };
  const xs = places.map((p) => p[0]);
  const ys = places.map((p) => p[1]);
  const [west, east, north, south] = [least(xs), most(xs), least(ys), most(ys)];
  const scale = Math.min((width - 2 * margin) / Math.max(east - west, 100), (height - 2 * margin) / Math.max(south - north, 100));
  return { scale, x: width / 2 - ((west + east) / 2) * scale, y: height / 2 - ((north + south) / 2) * scale };
}

const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b), Infinity);
const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b), -Infinity);

/** The view zoomed by a factor around a place on the screen. */
export function zoomed(view: View, factor: number, [x, y]: Place): View {
  const scale = Math.min(Math.max(view.scale * factor, 0.0005), 5);
  const by = scale / view.scale;
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** A line moved sideways, to the right of its direction, by pixels. */
export function beside(line: Place[], pixels: number): Place[] {
  return line.map((p, i) => {
    const [a, b] = [line[Math.max(0, i - 1)] ?? p, line[Math.min(line.length - 1, i + 1)] ?? p];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return [p[0] - ((b[1] - a[1]) / length) * pixels, p[1] + ((b[0] - a[0]) / length) * pixels];
  });
}

/** A round length for a scale bar of at most so many pixels: metres and pixels. */
export function scaleBar(view: View, longest: number): { meters: number; pixels: number } {
  const most = longest / view.scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const meters = ([5, 2, 1].find((n) => n * power <= most) ?? 1) * power;
  return { meters, pixels: meters * view.scale };
}
