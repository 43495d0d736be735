// What the report's page does once it is open: it draws its charts from the
// figures that it carries. It loads nothing.

import "./report.css";
import { drawClearance } from "./clearance";
import { read } from "./data";
import { enliven, onlyRed } from "./heat";
import { drawMap } from "./map/map";
import { drawQueue } from "./queue";
import { mountTip } from "./tip";
import { Words } from "./words";

function open(): void {
  const figures = read(document);
  if (!figures) return;
  const words = new Words(figures);
  mountTip();
  for (const crowd of figures.crowds) {
    const box = document.querySelector<HTMLElement>(`[data-chart="clearance"][data-index="${crowd.index}"]`);
    if (box) drawClearance(opened(box), crowd, words);
  }
  const queue = document.querySelector<HTMLElement>('[data-chart="queue"]');
  if (queue && figures.stops.length > 0) drawQueue(opened(queue), figures.stops, words);
  const map = document.querySelector<HTMLElement>('[data-chart="map"]');
  if (map) drawMap(opened(map), figures, words);
  const heat = [...document.querySelectorAll<HTMLTableElement>("table.heat")];
  heat.forEach(enliven);
  const box = document.querySelector<HTMLInputElement>("[data-only-red]");
  if (box) onlyRed(box, heat);
}

/** An empty box takes no room on the page; one that is drawn in does. */
function opened(box: HTMLElement): HTMLElement {
  box.classList.add("drawn");
  return box;
}

open();
