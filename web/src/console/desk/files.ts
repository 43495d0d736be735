// The files that describe a city, as the console fills them in: what a person
// wrote in them stays, with its comments.
import type { Document, YAMLMap } from "yaml";
import { address, ask, send } from "../api/ask";
import type { City } from "../api/client";

export type Gate = { id: string; lat: number; lon: number; per_minute?: number };
export type VenueText = { id: string; kind: string; name: Record<string, string>; lat: number; lon: number; capacity?: number; source?: string; gates: Gate[] };
export type RoomText = { route: string; room: number; source: string };

export const venueKinds = ["stadium", "arena", "exhibition", "station", "airport", "landmark", "park"] as const;

/** The text of a city's file; "" where there is none. */
async function read(city: City, path: string): Promise<string> {
  if (!city.files.some((f) => f.path === path)) return "";
  return (await send("GET", address("getFile", { city: city.id, path }))) as string;
}

async function write(city: City, path: string, text: string): Promise<City> {
  return await ask("putFile", { city: city.id, path }, { body: new Blob([text]), revision: city.revision });
}

/** Which file city.yaml names for something; where it names none, the usual one is put in. */
async function named(city: City, key: string, usual: string): Promise<{ path: string; city: City }> {
  const { parseDocument } = await import("yaml");
  const doc = parseDocument(await read(city, "city.yaml"));
  const path = doc.get(key);
  if (typeof path === "string") return { path, city };
  doc.set(key, usual);
  return { path: usual, city: await write(city, "city.yaml", String(doc)) };
}

/** Takes a venue into the file of venues, in place of the one with its id. */
export async function keepVenue(city: City, venue: VenueText): Promise<City> {
  const file = await named(city, "venues", "venues.yaml");
  const doc = await listed(file.city, file.path);
  const items = doc.contents as unknown as { items: YAMLMap[]; add: (n: unknown) => void };
  const text = { ...venue, basis: "assumption", source: venue.source || "console", gates: venue.gates.map((g) => ({ ...g, share: undefined })) };
  const node = doc.createNode(strip(text)) as YAMLMap;
  const old = items.items.findIndex((v) => v.get("id") === venue.id);
  if (old >= 0) items.items[old] = node;
  else items.add(node);
  return await write(file.city, file.path, String(doc));
}

/** What the file of venues says of one; null where it says nothing. */
export async function venueText(city: City, id: string): Promise<VenueText | null> {
  const { parseDocument } = await import("yaml");
  const path = parseDocument(await read(city, "city.yaml")).get("venues");
  if (typeof path !== "string" || /json$/.test(path)) return null;
  const all = parseDocument(await read(city, path)).toJS() as VenueText[] | null;
  const found = all?.find((v) => v.id === id);
  return found ? { ...found, gates: found.gates ?? [] } : null;
}

async function listed(city: City, path: string): Promise<Document> {
  const { parseDocument } = await import("yaml");
  const doc = parseDocument((await read(city, path)) || "[]");
  if (doc.contents && "flow" in doc.contents) doc.contents.flow = false;
  return doc as unknown as Document;
}

/** An object without what is undefined. */
const strip = (of: unknown): unknown => JSON.parse(JSON.stringify(of));

/** Takes the room of lines into the table of capacities. */
export async function keepRooms(city: City, rooms: RoomText[], feeds: boolean): Promise<City> {
  const file = await named(city, "capacities", "capacities.csv");
  const text = (await read(file.city, file.path)).replace(/\s+$/, "") || "feed,route_id,room,basis,source";
  const header = (text.split("\n")[0] ?? "").trim().split(",");
  const missing = ["route_id", "room", "basis", "source", ...(feeds ? ["feed"] : [])].filter((c) => !header.includes(c));
  if (missing.length) throw new Error(`${file.path}: ${missing.join(", ")}`);
  const rows = rooms.map((r) => {
    const [feed, route] = feeds && r.route.includes(":") ? [r.route.slice(0, r.route.indexOf(":")), r.route.slice(r.route.indexOf(":") + 1)] : ["", r.route];
    const cells: Record<string, string> = { feed, route_id: route, room: String(r.room), basis: r.source ? "fact" : "assumption", source: r.source };
    return header.map((c) => cell(cells[c] ?? "")).join(",");
  });
  return await write(file.city, file.path, [text, ...rows, ""].join("\n"));
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
