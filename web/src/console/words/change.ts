// A change of service as one line.
import { seconds, type Change } from "../desk/change";
import { isStop } from "../desk/course";
import { speaker } from "./speaker.svelte";

/** What the ids of stops, lines and gates are called, and where a line goes, if that is known. */
export type Called = { stop: (id: string) => string; route: (id: string) => string; gate: (id: string) => string; toward?: (route: string, direction: number) => string | undefined };

export function told({ kind, args: a }: Change, called: Called): string {
  const parts = [
    a.name !== speaker.say(`change.${kind}`) && a.name,
    a.route && called.route(a.route),
    a.direction === undefined ? "" : (called.toward?.(a.route ?? "", a.direction) ?? `${speaker.say("field.direction")} ${a.direction}`),
    a.stops?.filter(isStop).map(called.stop).join(" – "),
    a.stop && called.stop(a.stop),
    a.first_stop && speaker.say("change.begins", { stop: called.stop(a.first_stop) }),
    a.last_stop && speaker.say("change.ends", { stop: called.stop(a.last_stop) }),
    a.facility && called.gate(a.facility),
    a.per_minute && speaker.say("change.perMinute", { n: a.per_minute }),
    a.trip,
    a.start,
    a.points && speaker.say("close.points", { n: a.points.length }),
    a.every && speaker.say("change.every", { every: speaker.length(seconds(a.every)) }),
    a.vehicle,
    a.room && speaker.say("event.people", { n: a.room }),
    a.from && a.to && `${a.from}–${a.to}`,
  ];
  return `${speaker.say(`change.${kind}`)}: ${parts.filter(Boolean).join(", ")}`;
}
