// Numbers and dates as each language writes them. The browser's own Intl is not
// asked: some browsers claim Kazakh and write English.
import type { order } from "./catalogue";

type Language = (typeof order)[number];

const gap = "\u00a0"; // a space at which no line ends

export function fill(text: string, args: Record<string, string | number>, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : typeof value === "number" ? number(value, language) : value;
  });
}

/** At most two digits after the mark. */
export function number(n: number, language: Language): string {
  const comma = language === "kk" || language === "ru";
  const [whole = "0", part] = Math.abs(Math.round(n * 100) / 100).toString().split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma ? gap : ",");
  return (n < 0 ? "−" : "") + grouped + (part ? (comma ? "," : ".") + part : "");
}

/** A share, 1 for all, in percent. */
export function percent(share: number, language: Language): string {
  const digits = number(Math.round(share * 100), language);
  return language === "ru" || language === "kk" ? `${digits}${gap}%` : `${digits}%`;
}

export function date(iso: string, language: Language): string {
  const [year = "", month = "", day = ""] = iso.slice(0, 10).split("-");
  if (language === "zh") return `${year}年${Number(month)}月${Number(day)}日`;
  if (language === "en") return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
  return `${day}.${month}.${year}`;
}

/** A day and a minute, as the clock of the browser's place shows them. */
export function moment(iso: string, language: Language): string {
  const at = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date(`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, language)}${language === "zh" ? " " : ", "}${two(at.getHours())}:${two(at.getMinutes())}`;
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
