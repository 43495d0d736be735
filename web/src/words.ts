// Numbers and times in the page's language. The browser's own Intl is not
// asked: some browsers claim Kazakh and write English.

import type { Figures } from "./data";

export class Words {
  private readonly figures: Pick<Figures, "base" | "group" | "decimal" | "percent" | "texts">;

  constructor(figures: Pick<Figures, "base" | "group" | "decimal" | "percent" | "texts">) {
    this.figures = figures;
  }

  /** The text of an id of the catalogue with its {placeholders} filled in. */
  say(id: string, args: Record<string, string> = {}): string {
    const text = this.figures.texts[id] ?? id;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
  }

  number(n: number): string {
    const sign = n < 0 ? "-" : "";
    return sign + Math.abs(Math.round(n)).toString().replace(/\B(?=(\d{3})+$)/g, this.figures.group);
  }

  percent(share: number): string {
    return this.number(share * 100) + this.figures.percent;
  }

  /** Local time of day at a minute of the horizon, 00:32 (+1) on the next day. */
  clock(minute: number): string {
    const minutes = Math.floor(this.figures.base / 60 + minute);
    const day = Math.floor(minutes / 1440);
    const rest = minutes - day * 1440;
    const clock = `${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
    return day === 0 ? clock : `${clock} (${day > 0 ? "+" : ""}${day})`;
  }

  /** Time of day without the day, for the ticks of an axis. */
  tick(minute: number): string {
    return this.clock(minute).slice(0, 5);
  }

  /** Minutes to add to the horizon's minute to come to a whole hour of the clock. */
  get offset(): number {
    return Math.floor(this.figures.base / 60);
  }
}

function two(n: number): string {
  return n.toString().padStart(2, "0");
}
