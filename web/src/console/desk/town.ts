// What a version of a city's network holds, asked for once.
import { ask, every } from "../api/ask";
import type { Facility, Route, Stop, Vehicle, Venue } from "../api/client";

export type Town = { stops: Stop[]; routes: Route[]; venues: Venue[]; vehicles: Vehicle[]; facilities: Facility[] };

const kept = new Map<string, Promise<Town>>();

export function town(city: string, version: string): Promise<Town> {
  const key = `${city}/${version}`;
  let found = kept.get(key);
  if (!found) {
    found = read(city, version);
    found.catch(() => kept.delete(key));
    kept.set(key, found);
  }
  return found;
}

async function read(city: string, version: string): Promise<Town> {
  const from = { city, version };
  const [stops, routes, venues, vehicles, facilities] = await Promise.all([
    every((offset, limit) => ask("listStops", { ...from, offset, limit })),
    every((offset, limit) => ask("listRoutes", { ...from, offset, limit })),
    every((offset, limit) => ask("listVenues", { ...from, offset, limit })),
    every((offset, limit) => ask("listVehicles", { ...from, offset, limit })),
    every((offset, limit) => ask("listFacilities", { ...from, offset, limit })),
  ]);
  return { stops, routes, venues, vehicles, facilities };
}
