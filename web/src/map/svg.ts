// Making SVG elements.

import type { Place } from "./plane";

export function make<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

export function layer(name: string, children: SVGElement[]): SVGElement {
  const group = make("g", { class: name });
  group.append(...children);
  return group;
}

export function path(line: Place[], attributes: Record<string, string | number>): SVGElement {
  const d = line.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return make("path", { ...attributes, d });
}
