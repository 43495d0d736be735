// Where in the console a person is: a path and what is picked, both in the
// address, so that a link shows exactly this view.

import { link, parse, type Picked } from "./hash";

class Place {
  path = $state<string[]>([]);
  picked = $state<Picked>({});
  /** The city, event and scenario that what is shown belongs to, where the path does not say so. */
  within = $state<string[]>([]);

  constructor() {
    this.read();
    window.addEventListener("hashchange", () => this.read());
  }

  private read(): void {
    const { path, picked } = parse(location.hash);
    if (path.join("/") !== this.path.join("/")) this.within = [];
    this.path = path;
    this.picked = picked;
  }

  /** Tells whose city, event and scenario a path shows; nothing when it was left meanwhile. */
  belongs(path: string[], whose: string): void {
    if (path.join("/") === this.path.join("/")) this.within = whose.split("/");
  }

  go(path: string[], picked: Picked = {}): void {
    location.hash = link(path, picked);
  }

  /** Goes where the way back does not lead here again. */
  replace(path: string[]): void {
    history.replaceState(null, "", link(path));
    this.read();
  }

  /** Picks something in this view; the way back leads out of the view. */
  pick(change: Picked): void {
    if (parse(location.hash).path.join("/") !== this.path.join("/")) return; // somebody is on the way to another view
    this.picked = Object.fromEntries(Object.entries({ ...this.picked, ...change }).filter(([, value]) => value !== ""));
    history.replaceState(null, "", link(this.path, this.picked));
  }
}

export const place = new Place();
