// Streets as a quiet backdrop: one path in metres, moved and scaled by the view.

import type { Place, View } from "./plane";
import { make } from "./svg";

const steps = 1e5; // a degree has

/** The path of all streets in metres around the map's middle; "" without any. */
export function backdrop(streets: number[][], project: (lat: number, lon: number) => Place): string {
  return streets.map((street) => piece(street, project)).join("");
}

function piece(street: number[], project: (lat: number, lon: number) => Place): string {
  let [lat, lon] = [0, 0];
  let d = "";
  for (let i = 0; i + 1 < street.length; i += 2) {
    lat += street[i] ?? 0;
    lon += street[i + 1] ?? 0;
    const [x, y] = project(lat / steps, lon / steps);
    d += `${i === 0 ? "M" : "L"}${Math.round(x)} ${Math.round(y)}`;
  }
  return d;
}

/** Puts the streets where the view has them. */
export function placed(ways: SVGPathElement, view: View): SVGPathElement {
  ways.setAttribute("transform", `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(6)})`);
  return ways;
}

export function ways(d: string): SVGPathElement {
  return make("path", { class: "street", d, "vector-effect": "non-scaling-stroke" });
}
