// What gates and other facilities are called.
import type { Facility } from "../api/client";
import { speaker } from "../words/speaker.svelte";
import type { Town } from "./town";

/** A gate of a venue by the venue's name and its way; anything else by its own. */
export function gateName(town: Town, f: Facility): string {
  if (!f.venue) return f.name ? `${f.name} · ${f.id}` : f.id;
  return `${speaker.name(town.venues.find((v) => v.id === f.venue)?.names, f.venue)}: ${f.name} (${speaker.say(f.way === "in" ? "gate.in" : "gate.out")})`;
}
