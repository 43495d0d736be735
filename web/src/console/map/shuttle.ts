// The shuttles and closed streets of a scenario on a map: those of its list thin, what is
// being drawn bold, with a handle for each of its stops and points.
import type { GeoJSONSource, Map as LibreMap, MapMouseEvent } from "maplibre-gl";
import type { Closure, Course } from "../api/client";
import type { At } from "../desk/course";
import { Handles, type Handle, type Hears } from "./handles";

type Features = { type: "FeatureCollection"; features: { type: "Feature"; geometry: { type: "LineString"; coordinates: [number, number][] }; properties: Record<string, unknown> }[] };

export class ShuttleMap {
  private map: LibreMap | null = null;
  private handles: Handles | null = null;
  private drawn: Features = none();
  private listed: Features = none();
  private shut: Features = none();
  private shown: Handle[] = [];

  /** `insert` hears of a point that is pulled out of a leg. */
  constructor(private hears: Hears & { insert: (leg: number, at: At) => void }) {}

  /** Puts the layers on a map whose style is new. */
  lay(map: LibreMap): void {
    for (const [id, data] of [["shut", this.shut], ["shuttles", this.listed], ["shuttle", this.drawn]] as const) map.addSource(id, { type: "geojson", data });
    map.addLayer({ id: "shut", type: "line", source: "shut", layout: { "line-cap": "butt" }, paint: { "line-color": "#b3261e", "line-width": 9, "line-opacity": 0.35 } });
    map.addLayer({ id: "shut-bars", type: "line", source: "shut", paint: { "line-color": "#b3261e", "line-width": 9, "line-dasharray": [0.25, 0.9] } });
    const dash = (straight: boolean): { filter: ["==", ["get", string], boolean] } => ({ filter: ["==", ["get", "straight"], straight] });
    for (const straight of [false, true]) {
      const dashes = straight ? { "line-dasharray": [2, 1.5] } : {};
      map.addLayer({ id: `shuttles${straight ? "-straight" : ""}`, type: "line", source: "shuttles", ...dash(straight), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#c8102e", "line-width": 3, "line-opacity": 0.65, ...dashes } });
      map.addLayer({ id: `shuttle${straight ? "-straight" : ""}`, type: "line", source: "shuttle", ...dash(straight), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#c8102e", "line-width": 5, ...dashes } });
    }
    map.addLayer({ id: "shuttle-grip", type: "line", source: "shuttle", paint: { "line-color": "#c8102e", "line-opacity": 0.01, "line-width": 18 } });
    if (this.map === map) return;
    this.map = map;
    this.handles = new Handles(map, this.hears);
    this.handles.show(this.shown);
    map.on("mousedown", "shuttle-grip", (e) => this.pull(e));
  }

  draw(course: Course | null, handles: Handle[]): void {
    this.drawn = featuresOf(course);
    this.shown = handles;
    void this.map?.getSource<GeoJSONSource>("shuttle")?.setData(this.drawn);
    this.handles?.show(handles);
  }

  list(courses: Course[]): void {
    this.listed = { type: "FeatureCollection", features: courses.flatMap((c) => featuresOf(c).features) };
    void this.map?.getSource<GeoJSONSource>("shuttles")?.setData(this.listed);
  }

  /** The streets that are closed, and handles of the closure that is being drawn, if one is. */
  close(closures: Closure[], handles?: Handle[]): void {
    this.shut = { type: "FeatureCollection", features: closures.flatMap((c) => c.features.map((f) => ({ type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: f.geometry.coordinates as [number, number][] }, properties: {} }))) };
    void this.map?.getSource<GeoJSONSource>("shut")?.setData(this.shut);
    if (!handles) return;
    this.shown = handles;
    this.handles?.show(handles);
  }

  /** Pulls a point out of the line: it is put in where the mouse lets go. */
  private pull(e: MapMouseEvent & { features?: { properties: Record<string, unknown> }[] }): void {
    const [map, leg] = [this.map, Number(e.features?.[0]?.properties.leg)];
    if (!map || !Number.isInteger(leg)) return;
    e.preventDefault(); // the map stays
    const canvas = map.getCanvas();
    canvas.style.cursor = "grabbing";
    map.once("mouseup", (up) => {
      canvas.style.cursor = "";
      this.hears.insert(leg, { lat: up.lngLat.lat, lon: up.lngLat.lng });
    });
  }
}

function none(): Features {
  return { type: "FeatureCollection", features: [] };
}

function featuresOf(course: Course | null): Features {
  const features = (course?.features ?? []).map((f, leg) => ({ type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: f.geometry.coordinates as [number, number][] }, properties: { leg, straight: f.properties.straight } }));
  return { type: "FeatureCollection", features };
}
