// Times of a run: seconds from the start of its horizon, told as the local
// clock of the event's day.

export type Clock = { base: number };

/** The clock of a horizon that starts at a local time of an event's date. */
export function clockOf(start: string, date: string): Clock {
  const [day = date, time = "00:00:00"] = [start.slice(0, 10), start.slice(11, 19)];
  const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / 86_400_000;
  const [h = 0, m = 0, s = 0] = time.split(":").map(Number);
  return { base: (Number.isFinite(days) ? days * 86_400 : 0) + h * 3600 + m * 60 + s };
}

/** 22:15, or 00:32 (+1) on the next day; a dash for never. */
export function tell(clock: Clock, at: number): string {
  if (at < 0) return "–";
  const minutes = Math.floor((clock.base + at) / 60);
  const day = Math.floor(minutes / 1440);
  const rest = minutes - day * 1440;
  const text = `${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
  return day === 0 ? text : `${text} (${day > 0 ? "+" : "−"}${Math.abs(day)})`;
}

/** Seconds of the service day that a person writes as 19:00 or 25:10; null where it is none. */
export function read(text: string): number | null {
  const match = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text.trim());
  if (!match || Number(match[1]) > 47) return null;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

/** Seconds of the service day as 25:10. */
export function write(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(n: number): string {
  return n.toString().padStart(2, "0");
}
