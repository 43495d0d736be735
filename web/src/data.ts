// The figures that the page carries for its charts; the twin of chartdata.go.

export type Point = { lat: number; lon: number };

export type Clear = { percent: number; at: number };

export type Crowd = {
  index: number;
  title: string;
  people: number;
  names: [string, string, string];
  clear: Clear[];
  /** The curve on which the clear times lie: 1 away, 2 arrived. */
  marks: 1 | 2;
  /** Minute, started, away, arrived; people are cumulative at the minute's end. */
  curve: [number, number, number, number][];
  /** Over several seeds: minute, the 10th and the 90th percentile of those away. */
  band?: [number, number, number][];
};

export type Stop = {
  name: string;
  at: Point;
  longest: number;
  /** Minute, waiting at its end, left behind in it. */
  minutes: [number, number, number][];
};

export type Segment = {
  line: string;
  color: string;
  from: string;
  to: string;
  names: [string, string];
  /** Latitude, longitude. */
  points: [number, number][];
  /** Quarter of an hour, on board, room. */
  loads: [number, number, number][];
};

export type Figures = {
  /** Seconds from the event's midnight to the horizon's start. */
  base: number;
  group: string;
  decimal: string;
  /** What stands after the number of a percentage. */
  percent: string;
  texts: Record<string, string>;
  crowds: Crowd[];
  stops: Stop[];
  segments: Segment[];
  /** Streets of the backdrop: latitude and longitude in 1e-5 degrees, then steps from point to point. */
  streets?: number[][];
  venue: { name: string; at: Point };
  gates: { id: string; at: Point }[] | null;
};

export const binMinutes = 15;

/** Reads the page's figures; null where the page carries none. */
export function read(page: Document): Figures | null {
  const text = page.getElementById("figures")?.textContent;
  return text ? (JSON.parse(text) as Figures) : null;
}
