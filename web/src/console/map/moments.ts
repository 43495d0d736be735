// Loads of lines and queues at stops at a moment, on a map.
import type { ExpressionSpecification, GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import { binMinutes } from "../desk/outcome";
import type { Moments } from "../desk/moments";
import type { Theme } from "../desk/theme.svelte";

const colours: Record<Theme, { low: string; mid: string; high: string; red: string; ink: string; halo: string }> = {
  light: { low: "#a9c3d6", mid: "#5f93bb", high: "#eba43c", red: "#9b1c1c", ink: "#1b2126", halo: "#ffffff" },
  dark: { low: "#33506a", mid: "#4a82b3", high: "#c98a2b", red: "#f29a93", ink: "#e4e8eb", halo: "#15191d" },
};

const state = (name: string): ExpressionSpecification => ["coalesce", ["feature-state", name], 0];

/** Puts what moves on a map, below its names. */
export function lay(map: LibreMap, theme: Theme): void {
  const c = colours[theme];
  const none = { type: "FeatureCollection" as const, features: [] };
  map.addSource("loads", { type: "geojson", data: none });
  map.addSource("queues", { type: "geojson", data: none });
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
      "circle-opacity": ["case", [">", state("queue"), 0], 0.7, 0],
      "circle-stroke-opacity": ["case", [">", state("queue"), 0], 1, 0],
      "circle-radius": ["interpolate", ["exponential", 1.6], ["zoom"], 9, ["max", 0.6, ["/", ["sqrt", state("queue")], 5]], 13, ["max", 1.6, ["/", ["sqrt", state("queue")], 2]], 16, ["max", 3.5, ["/", ["sqrt", state("queue")], 1]]],
      "circle-stroke-color": c.halo, "circle-stroke-width": 0.8,
    },
  }, under);
}

/** Puts the lines and stops of a run into what lay made. */
export function fill(map: LibreMap, m: Moments): void {
  const lines = m.segments.map((s, id) => ({ type: "Feature" as const, id, properties: { route: s.line?.route ?? "", direction: s.line?.direction ?? 0 }, geometry: { type: "LineString" as const, coordinates: s.path } }));
  const points = m.stops.flatMap((s, id) => (s.max_queue > 0 ? [{ type: "Feature" as const, id, properties: { id: s.id }, geometry: { type: "Point" as const, coordinates: [s.at.lon, s.at.lat] } }] : []));
  void map.getSource<GeoJSONSource>("loads")?.setData({ type: "FeatureCollection", features: lines });
  void map.getSource<GeoJSONSource>("queues")?.setData({ type: "FeatureCollection", features: points });
}

/** Shows moments of a run: only what changes is told to the map. */
export function player(m: Moments): (map: LibreMap, minute: number, anew?: boolean) => void {
  let [queues, loads, bin] = [new Map<number, number>(), new Map<number, object>(), -1];
  return (map, minute, anew = false) => {
    if (!map.getSource("queues")) return;
    if (anew) {
      [queues, loads, bin] = [new Map<number, number>(), new Map<number, object>(), -1];
      map.removeFeatureState({ source: "queues" });
      map.removeFeatureState({ source: "loads" });
    }
    const waiting = m.queues(minute);
    for (const id of queues.keys()) if (!waiting.has(id)) map.setFeatureState({ source: "queues", id }, { queue: 0 });
    for (const [id, queue] of waiting) if (queues.get(id) !== queue) map.setFeatureState({ source: "queues", id }, { queue });
    queues = waiting;
    const next = Math.floor(minute / binMinutes);
    if (next === bin) return;
    bin = next;
    const riding = m.loads(bin);
    for (const id of loads.keys()) if (!riding.has(id)) map.setFeatureState({ source: "loads", id }, { carried: 0, percent: 0 });
    for (const [id, load] of riding) map.setFeatureState({ source: "loads", id }, load);
    loads = riding;
  };
}
