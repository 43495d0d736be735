// Differences of two runs on a map. More is a full line and a full circle, less a broken
// line and a ring; each says by how much.
import type { ExpressionSpecification, GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import type { SegmentChange, StopChange } from "../desk/difference";
import type { Moments } from "../desk/moments";
import type { Theme } from "../desk/theme.svelte";
import { mapFont } from "../fonts";

const colours: Record<Theme, { more: string; less: string; halo: string; ink: string }> = {
  light: { more: "#b3471e", less: "#1f5fa8", halo: "#ffffff", ink: "#16202a" },
  dark: { more: "#ff9a66", less: "#7db8f5", halo: "#15191d", ink: "#e7edf1" },
};

const by: ExpressionSpecification = ["abs", ["get", "change"]];
const grows = (a: number, b: number, c: number): ExpressionSpecification => ["interpolate", ["exponential", 1.6], ["zoom"], 9, a, 13, b, 16, c];

export function layChanges(map: LibreMap, theme: Theme): void {
  const c = colours[theme];
  const none = { type: "FeatureCollection" as const, features: [] };
  map.addSource("all-lines", { type: "geojson", data: none });
  map.addLayer({ id: "all-lines", type: "line", source: "all-lines", paint: { "line-color": c.ink, "line-opacity": 0.16, "line-width": 1 } });
  map.addSource("changed-loads", { type: "geojson", data: none });
  map.addSource("changed-queues", { type: "geojson", data: none });
  const width: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 9, ["+", 0.8, ["/", by, 50]], 13, ["+", 1.5, ["/", by, 20]], 16, ["+", 2.5, ["/", by, 10]]];
  const offset = grows(0.5, 2.5, 6);
  map.addLayer({ id: "loads-less", type: "line", source: "changed-loads", filter: ["<", ["get", "change"], 0], paint: { "line-color": c.less, "line-width": width, "line-offset": offset, "line-dasharray": [1.6, 1.2] } });
  map.addLayer({ id: "loads-more", type: "line", source: "changed-loads", filter: [">", ["get", "change"], 0], layout: { "line-cap": "round" }, paint: { "line-color": c.more, "line-width": width, "line-offset": offset } });
  const radius: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 9, ["+", 1.5, ["/", ["sqrt", by], 3]], 13, ["+", 2.5, ["/", ["sqrt", by], 1.6]], 16, ["+", 4, ["sqrt", by]]];
  map.addLayer({ id: "queues-less", type: "circle", source: "changed-queues", filter: ["<", ["get", "change"], 0], paint: { "circle-color": c.halo, "circle-opacity": 0.4, "circle-stroke-color": c.less, "circle-stroke-width": 2.5, "circle-radius": radius } });
  map.addLayer({ id: "queues-more", type: "circle", source: "changed-queues", filter: [">", ["get", "change"], 0], paint: { "circle-color": c.more, "circle-opacity": 0.8, "circle-stroke-color": c.halo, "circle-stroke-width": 1, "circle-radius": radius } });
  map.addLayer({
    id: "queues-text", type: "symbol", source: "changed-queues",
    layout: { "text-field": ["get", "text"], "text-font": mapFont, "text-size": 12, "text-offset": [0, -1.3], "symbol-sort-key": ["-", 0, by] },
    paint: { "text-color": c.ink, "text-halo-color": c.halo, "text-halo-width": 1.6 },
  });
}

/** Draws all lines of a run faintly, so that a change is seen to lie on one. */
export function showLines(map: LibreMap, m: Moments): void {
  const features = m.segments.map((s) => ({ type: "Feature" as const, properties: {}, geometry: { type: "LineString" as const, coordinates: s.path } }));
  void map.getSource<GeoJSONSource>("all-lines")?.setData({ type: "FeatureCollection", features });
}

export function showChanges(map: LibreMap, segments: SegmentChange[], stops: StopChange[], write: (n: number) => string): void {
  const lines = segments.map((s) => ({ type: "Feature" as const, properties: { change: s.after - s.before, route: s.route }, geometry: { type: "LineString" as const, coordinates: s.path } }));
  const points = stops.map((s) => ({ type: "Feature" as const, properties: { id: s.stop.id, change: s.after - s.before, text: write(s.after - s.before) }, geometry: { type: "Point" as const, coordinates: [s.stop.at.lon, s.stop.at.lat] } }));
  void map.getSource<GeoJSONSource>("changed-loads")?.setData({ type: "FeatureCollection", features: lines });
  void map.getSource<GeoJSONSource>("changed-queues")?.setData({ type: "FeatureCollection", features: points });
}
