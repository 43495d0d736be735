// Rights as the server writes them: a role, where it holds, and until when.
import type { Grant } from "../api/client";

export const roles = ["viewer", "planner", "dispatcher", "administrator", "organiser", "police", "depot"] as const;
export type Role = (typeof roles)[number];

export const areas = ["everything", "city", "event", "agency"] as const;
export type Area = (typeof areas)[number];

/** A place as a form has it: which of its parts count, the area says. */
export type Where = { area: Area; city: string; own: string };

/** Organiser, police and depot are guests of an event, until some day. */
export function guest(role: string): boolean {
  return role === "organiser" || role === "police" || role === "depot";
}

export function whereOf(scope: string): Where {
  const [area = "", id = ""] = scope.split(/:(.*)/);
  const [city = "", own = ""] = id.split(/\/(.*)/);
  return (areas as readonly string[]).includes(area) ? { area: area as Area, city, own } : { area: "everything", city: "", own: "" };
}

export function scopeOf({ area, city, own }: Where): string {
  if (area === "everything") return area;
  return area === "city" ? `city:${city}` : `${area}:${city}/${own}`;
}

/** The last moment of a day, where the browser is; an empty day has none. */
export function endOf(day: string): string | undefined {
  return day ? new Date(`${day}T23:59:59`).toISOString() : undefined;
}

/** The day of a moment, where the browser is. */
export function dayOf(moment: string | undefined): string {
  if (!moment) return "";
  const at = new Date(moment);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/** A grant whose parts go together: guests have an event, an administrator has everything. */
export function sound(grant: Grant): boolean {
  const { area, city, own } = whereOf(grant.scope);
  if (guest(grant.role) && (area !== "event" || !grant.until)) return false;
  if (grant.role === "administrator" && area !== "everything") return false;
  return area === "everything" || (city !== "" && (area === "city" || own !== ""));
}
