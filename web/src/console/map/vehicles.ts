// Vehicles on a map, above it on a canvas of their own: while they move, the map below
// is not drawn again. Loaded only where there are vehicles to draw.
import { ScatterplotLayer } from "@deck.gl/layers";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { Map as LibreMap } from "maplibre-gl";
import type { Standing } from "../desk/fleet";
import type { Theme } from "../desk/theme.svelte";
import { levelOf } from "./levels";

type Rgba = readonly [number, number, number, number];

// Empty to full. Who does not see the colours sees the size, and the ring of full ones.
const fills: Record<Theme, readonly Rgba[]> = {
  light: [[255, 255, 255, 235], [127, 180, 187, 255], [47, 116, 160, 255], [235, 164, 60, 255], [155, 28, 28, 255]],
  dark: [[40, 52, 61, 235], [70, 130, 145, 255], [110, 178, 226, 255], [231, 163, 60, 255], [255, 107, 94, 255]],
};
const rings: Record<Theme, readonly [Rgba, Rgba]> = {
  light: [[60, 72, 82, 255], [16, 22, 30, 255]],
  dark: [[150, 164, 175, 255], [255, 255, 255, 255]],
};
const full = fills.light.length - 1;
const dim = 70; // how opaque a vehicle of another line is while one line is looked at

export class Vehicles {
  readonly #overlay = new MapLibreOverlay({
    interleaved: false, layers: [], getCursor: () => "",
    deviceProps: { type: "webgl", webgl: { antialias: false } }, // circles have soft edges of their own
  });
  readonly #map: LibreMap;
  readonly #radius: Float32Array;
  readonly #width: Float32Array;
  readonly #fill: Uint8ClampedArray;
  readonly #line: Uint8ClampedArray;
  #theme: Theme;

  constructor(map: LibreMap, most: number, theme: Theme) {
    this.#map = map;
    this.#theme = theme;
    this.#radius = new Float32Array(most);
    this.#width = new Float32Array(most);
    this.#fill = new Uint8ClampedArray(4 * most);
    this.#line = new Uint8ClampedArray(4 * most);
    map.addControl(this.#overlay);
  }

  turn(theme: Theme): void {
    this.#theme = theme;
  }

  /** Draws vehicles where they stand; of a line that is looked at the others are dim. */
  show(now: Standing, among: (trip: number) => boolean): void {
    const n = now.length;
    for (let i = 0; i < n; i++) this.#dress(i, now.load[i] ?? 0, now.room[i] ?? 0, among(now.trip[i] ?? 0));
    const attributes = {
      getPosition: { value: now.at.slice(0, 2 * n), size: 2 },
      getRadius: { value: this.#radius.slice(0, n), size: 1 },
      getLineWidth: { value: this.#width.slice(0, n), size: 1 },
      getFillColor: { value: this.#fill.slice(0, 4 * n), size: 4 },
      getLineColor: { value: this.#line.slice(0, 4 * n), size: 4 },
    };
    const layer = new ScatterplotLayer({
      id: "vehicles", data: { length: n, attributes } as never, stroked: true, filled: true, radiusUnits: "pixels", lineWidthUnits: "pixels",
      radiusScale: scale(this.#map.getZoom()), pickable: false, antialiasing: true,
    });
    this.#overlay.setProps({ layers: [layer] });
  }

  #dress(i: number, load: number, room: number, plain: boolean): void {
    const level = levelOf(load, room);
    this.#radius[i] = 2.6 + Math.sqrt(load) / 3.4;
    this.#width[i] = level === full ? 2.4 : 0.9;
    const fill = fills[this.#theme][level] ?? fills.light[0]!;
    const ring = rings[this.#theme][level === full ? 1 : 0];
    for (let c = 0; c < 4; c++) {
      this.#fill[4 * i + c] = fill[c] ?? 0;
      this.#line[4 * i + c] = ring[c] ?? 0;
    }
    if (!plain) this.#fill[4 * i + 3] = this.#line[4 * i + 3] = dim;
  }

  remove(): void {
    this.#map.removeControl(this.#overlay);
  }
}

/** Vehicles grow with the map, but less than it. */
function scale(zoom: number): number {
  return Math.min(2.2, Math.max(0.45, 2 ** ((zoom - 12.5) / 2.6)));
}
