// The heat table is plain HTML; the script adds a readable box for each cell,
// arrow keys, and the choice of showing only lines that leave people behind.

import { hideTip, showTip, showTipAt, type Fact } from "./tip";

export function enliven(table: HTMLTableElement): void {
  const cells = [...table.querySelectorAll<HTMLTableCellElement>("td[title]")];
  for (const cell of cells) {
    cell.dataset.tip = cell.title;
    cell.setAttribute("aria-label", spoken(cell.title));
    cell.removeAttribute("title");
    cell.tabIndex = -1;
  }
  if (cells[0]) cells[0].tabIndex = 0;
  table.addEventListener("pointerover", (event) => tell(event.target, (told) => showTip(told.title, told.facts, event.clientX, event.clientY)));
  table.addEventListener("pointerleave", hideTip);
  table.addEventListener("focusin", (event) => tell(event.target, (told) => showTipAt(told.title, told.facts, event.target as Element)));
  table.addEventListener("focusout", hideTip);
  table.addEventListener("keydown", (event) => move(event, cells));
}

/** A cell's facts, one a line, a tab between name and value; the first is its title. */
export function facts(tip: string): { title: string; facts: Fact[] } {
  const [title = "", ...lines] = tip.split("\n");
  return { title, facts: lines.map((line): Fact => [line.split("\t")[0] ?? "", line.split("\t")[1] ?? ""]) };
}

function spoken(tip: string): string {
  return tip.replaceAll("\t", " ").replaceAll("\n", ", ");
}

function tell(target: EventTarget | null, show: (told: ReturnType<typeof facts>) => void): void {
  const cell = (target as HTMLElement | null)?.closest<HTMLElement>("td[data-tip]");
  if (!cell?.dataset.tip) return hideTip();
  show(facts(cell.dataset.tip));
}

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Moves to the next cell with demand in the direction of an arrow key. */
function move(event: KeyboardEvent, cells: HTMLTableCellElement[]): void {
  const step = steps[event.key];
  const from = (event.target as HTMLElement).closest<HTMLTableCellElement>("td[data-tip]");
  if (!step || !from) return;
  event.preventDefault();
  const to = nearest(from, cells.filter((c) => !c.closest("tr")?.hidden), step);
  if (!to) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

function nearest(from: HTMLTableCellElement, cells: HTMLTableCellElement[], [dx, dy]: [number, number]) {
  const row = (c: HTMLTableCellElement) => (c.parentElement as HTMLTableRowElement).rowIndex;
  const ahead = cells.filter((c) =>
    dy === 0
      ? row(c) === row(from) && (c.cellIndex - from.cellIndex) * dx > 0
      : c.cellIndex === from.cellIndex && (row(c) - row(from)) * dy > 0,
  );
  const distance = (c: HTMLTableCellElement) => Math.abs(c.cellIndex - from.cellIndex) + Math.abs(row(c) - row(from));
  return ahead.sort((a, b) => distance(a) - distance(b))[0];
}

/** Lets a box hide the rows without a red cell. */
export function onlyRed(box: HTMLInputElement, tables: HTMLTableElement[]): void {
  (box.parentElement as HTMLElement).hidden = false;
  box.addEventListener("change", () => {
    for (const table of tables)
      for (const row of table.tBodies[0]?.rows ?? []) row.hidden = box.checked && !row.classList.contains("anyred");
  });
}
