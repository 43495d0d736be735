// Handles on a map: points that are dragged with the mouse, or moved with the
// arrow keys and taken away with Delete when they have the focus.
import { Marker, type Map as LibreMap } from "maplibre-gl";
import type { At } from "../desk/course";

export type Handle = { at: At; label: string; kind: "stop" | "point" };
export type Hears = { move: (i: number, to: At) => void; remove: (i: number) => void };

const steps: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Handles {
  private markers: Marker[] = [];
  private list: Handle[] = [];

  constructor(
    private map: LibreMap,
    private hears: Hears,
  ) {}

  /** Shows these handles and no others. One that has the focus keeps it. */
  show(list: Handle[]): void {
    this.list = list;
    for (const marker of this.markers.splice(list.length)) marker.remove();
    list.forEach((h, i) => {
      const marker = (this.markers[i] ??= this.make(i));
      marker.setLngLat([h.at.lon, h.at.lat]);
      const button = marker.getElement();
      button.className = `${[...button.classList].filter((c) => c.startsWith("maplibregl")).join(" ")} handle ${h.kind}`;
      button.setAttribute("aria-label", h.label);
      button.title = h.label;
      button.dataset.number = h.kind === "stop" ? String(list.slice(0, i + 1).filter((o) => o.kind === "stop").length) : "";
    });
  }

  private make(i: number): Marker {
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("keydown", (e) => this.key(e, i));
    button.addEventListener("click", (e) => e.stopPropagation());
    const marker = new Marker({ element: button, draggable: true }).setLngLat([0, 0]).addTo(this.map);
    button.setAttribute("role", "button");
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLngLat();
      this.hears.move(i, { lat, lon: lng });
      const stays = this.list[i];
      if (stays) marker.setLngLat([stays.at.lon, stays.at.lat]);
    });
    return marker;
  }

  private key(e: KeyboardEvent, i: number): void {
    if (e.key === "Delete" || e.key === "Backspace") {
      e.preventDefault();
      this.hears.remove(i);
      (this.markers[i] ?? this.markers.at(-1))?.getElement().focus();
      return;
    }
    const [step, here] = [steps[e.key], this.list[i]];
    if (!step || !here || here.kind === "stop") return;
    e.preventDefault();
    e.stopPropagation();
    const far = e.shiftKey ? 40 : 8;
    const at = this.map.project([here.at.lon, here.at.lat]);
    const to = this.map.unproject([at.x + step[0] * far, at.y + step[1] * far]);
    this.hears.move(i, { lat: to.lat, lon: to.lng });
  }

  remove(): void {
    for (const marker of this.markers) marker.remove();
    this.markers = [];
  }
}
