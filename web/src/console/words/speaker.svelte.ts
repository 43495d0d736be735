// What the console says, in four languages. The browser's own Intl is not
// asked: some browsers claim Kazakh and write English.

import { catalogue, order, type Word } from "./catalogue";
import { date, fill, moment, number, percent } from "./figures";

export type Language = (typeof order)[number];

export const languages: { code: Language; own: string }[] = [
  { code: "kk", own: "Қазақша" },
  { code: "ru", own: "Русский" },
  { code: "zh", own: "中文" },
  { code: "en", own: "English" },
];

const key = "qala.language";

function first(): Language {
  const wanted = [localStorage.getItem(key) ?? "", ...navigator.languages.map((l) => l.slice(0, 2))];
  return wanted.find((l): l is Language => (order as readonly string[]).includes(l)) ?? "en";
}

class Speaker {
  language = $state<Language>(first());

  turn(to: Language): void {
    this.language = to;
    localStorage.setItem(key, to);
    document.documentElement.lang = to;
  }

  /** The words of a message with its {places} filled in. */
  say(word: Word, args: Record<string, string | number> = {}): string {
    return fill(catalogue[word][order.indexOf(this.language)] ?? word, args, this.language);
  }

  /** A thing's name in this language, else in English, else any, else the fallback. */
  name(names: Record<string, string> | null | undefined, fallback = ""): string {
    return names?.[this.language] || names?.en || names?.[""] || Object.values(names ?? {}).find(Boolean) || fallback;
  }

  number(n: number): string {
    return number(n, this.language);
  }

  percent(share: number): string {
    return percent(share, this.language);
  }

  /** A word of a family of words whose members come from the server; what is new there is told as it is. */
  known(family: string, member: string): string {
    const word = `${family}.${member}`;
    return word in catalogue ? this.say(word as Word) : member;
  }

  bytes(n: number): string {
    return n < 1e6 ? this.say("unit.kilobytes", { n: Math.ceil(n / 1000) }) : this.say("unit.megabytes", { n: Math.round(n / 1e5) / 10 });
  }

  /** A length of time as people say it: 37 min, 1 h 4 min. */
  minutes(seconds: number): string {
    const all = Math.round(seconds / 60);
    const hours = Math.floor(all / 60);
    const min = this.say("unit.minutes", { n: all % 60 });
    return hours === 0 ? min : this.say("unit.hours", { n: hours }) + (this.language === "zh" ? "" : " ") + min;
  }

  /** A short length of time to the second: 4 min 30 s. */
  length(seconds: number): string {
    const [m, s] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
    return [m || !s ? this.say("unit.minutes", { n: m }) : "", s ? this.say("unit.seconds", { n: s }) : ""].filter(Boolean).join(this.language === "zh" ? "" : " ");
  }

  date(iso: string): string {
    return date(iso, this.language);
  }

  /** A day and a minute, where the browser is. */
  moment(iso: string): string {
    return moment(iso, this.language);
  }
}

export const speaker = new Speaker();
document.documentElement.lang = speaker.language;
