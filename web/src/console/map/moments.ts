// Loads of lines and queues at stops at a moment, on a map.
import type { ExpressionSpecification, Map as LibreMap } from "maplibre-gl";
import { binMinutes, loads, queues, type Outcome } from "../desk/outcome";
import type { Theme } from "../desk/theme.svelte";

const colours: Record<Theme, { low: string; mid: string; high: string; red: string; ink: string; halo: string }> = {
  light: { low: "#a9c3d6", mid: "#5f93bb", high: "#eba43c", red: "#9b1c1c", ink: "#1b2126", halo: "#ffffff" },
  dark: { low: "#33506a", mid: "#4a82b3", high: "#c98a2b", red: "#f29a93", ink: "#e4e8eb", halo: "#15191d" },
};

const state = (name: string): ExpressionSpecification => ["coalesce", ["feature-state", name], 0];

/** Puts what moves on a map, below its names. */
export function lay(map: LibreMap, o: Outcome, theme: Theme): void {
  const c = colours[theme];
  const lines = o.segments.map((s, id) => ({ type: "Feature" as const, id, properties: { route: s.route }, geometry: { type: "LineString" as const, coordinates: (s.line ?? []).map((p) => [p.lon, p.lat]) } }));
  const points = o.stops.map((s, id) => ({ type: "Feature" as const, id, properties: { id: s.id }, geometry: { type: "Point" as const, coordinates: [s.at.lon, s.at.lat] } }));
  map.addSource("loads", { type: "geojson", data: { type: "FeatureCollection", features: lines } });
  map.addSource("queues", { type: "geojson", data: { type: "FeatureCollection", features: points } });
  const under = map.getStyle().layers.find((l) => l.id.endsWith("-names"))?.id;
  map.addLayer({
    id: "loads", type: "line", source: "loads", layout: { "line-join": "round" },
    paint: {
      "line-color": ["interpolate", ["linear"], state("percent"), 0, c.low, 50, c.mid, 80, c.high, 100, c.red],
      "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 9, ["max", 0.6, ["/", ["sqrt", state("carried")], 14]], 13, ["max", 1, ["/", ["sqrt", state("carried")], 5]], 16, ["max", 1.5, ["/", ["sqrt", state("carried")], 2.5]]],
      "line-offset": ["interpolate", ["linear"], ["zoom"], 11, 0, 14, 2.5, 16, 5],
    },
  }, under);
  map.addLayer({
    id: "queues", type: "circle", source: "queues",
    paint: {
      "circle-color": ["case", [">=", state("queue"), 100], c.red, [">=", state("queue"), 30], c.high, c.ink],
      "circle-opacity": 0.85,
      "circle-radius": ["interpolate", ["exponential", 1.6], ["zoom"], 9, ["max", 0.6, ["/", ["sqrt", state("queue")], 5]], 13, ["max", 1.6, ["/", ["sqrt", state("queue")], 2]], 16, ["max", 3.5, ["/", ["sqrt", state("queue")], 1]]],
      "circle-stroke-color": c.halo, "circle-stroke-width": 0.8,
    },
  }, under);
}

/** Shows moments of an outcome: only what changes is told to the map. */
export function player(o: Outcome): (map: LibreMap, minute: number) => void {
  const [queueAt, loadAt] = [queues(o.stops), loads(o.segments)];
  return (map, minute) => {
    if (!map.getSource("queues")) return;
    map.removeFeatureState({ source: "queues" });
    for (const [id, queue] of queueAt(minute)) map.setFeatureState({ source: "queues", id }, { queue });
    map.removeFeatureState({ source: "loads" });
    for (const [id, load] of loadAt(Math.floor(minute / binMinutes))) map.setFeatureState({ source: "loads", id }, load);
  };
}
