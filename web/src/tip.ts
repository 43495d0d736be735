// One box for all that is said about a thing under the pointer or in focus.

export type Fact = [name: string, value: string];

const box = document.createElement("div");
box.className = "tip";
box.setAttribute("role", "status");
box.hidden = true;

export function mountTip(): void {
  document.body.append(box);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });
  document.addEventListener("scroll", follow, { capture: true, passive: true });
}

let anchor: Element | null = null;

/** Shows the box beside a place on the screen, inside of the window. */
export function showTip(title: string, facts: Fact[], x: number, y: number): void {
  anchor = null;
  box.replaceChildren(tipContent(title, facts));
  box.hidden = false;
  move(x, y);
}

/** Shows the box under an element, where it stays while the page scrolls. */
export function showTipAt(title: string, facts: Fact[], element: Element): void {
  showTip(title, facts, 0, 0);
  anchor = element;
  follow();
}

function follow(): void {
  if (!anchor) return hideTip();
  const place = anchor.getBoundingClientRect();
  move(place.left, place.bottom);
}

function move(x: number, y: number): void {
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(4, Math.min(x + 12, window.innerWidth - width - 8))}px`;
  box.style.top = `${y + 14 + height > window.innerHeight ? Math.max(4, y - height - 10) : y + 14}px`;
}

export function hideTip(): void {
  anchor = null;
  box.hidden = true;
}

/** A title over names and values. */
export function tipContent(title: string, facts: Fact[]): HTMLElement {
  const content = document.createElement("div");
  content.append(element("b", title));
  const list = document.createElement("dl");
  for (const [name, value] of facts) list.append(element("dt", name), element("dd", value));
  content.append(list);
  return content;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
