// What is different between a plan and another one, as far as their texts say.
import type { ApprovalSet } from "../api/client";

export type Difference = {
  /** Changes of service that are new, and those that are not there any more. */
  added: unknown[];
  gone: unknown[];
  /** Parts of the event's text that are others now. */
  event: string[];
};

export function differences(now: ApprovalSet, before: ApprovalSet): Difference {
  const [mine, theirs] = [now.modifications ?? [], before.modifications ?? []];
  const has = (list: unknown[], one: unknown): boolean => list.some((other) => same(one, other));
  const [text, old] = [fields(now.event_text), fields(before.event_text)];
  return {
    added: mine.filter((m) => !has(theirs, m)),
    gone: theirs.filter((m) => !has(mine, m)),
    event: [...new Set([...Object.keys(text), ...Object.keys(old)])].filter((name) => !same(text[name], old[name])).sort(),
  };
}

function fields(text: unknown): Record<string, unknown> {
  return typeof text === "object" && text !== null ? (text as Record<string, unknown>) : {};
}

/** The server writes equal things equally. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
