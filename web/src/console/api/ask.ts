// Asks the server. What it refuses comes as a Refusal, with its findings.
import { ways, type Operations, type Problem, type Told } from "./client";

export type Operation = keyof Operations;
export type Answer<O extends Operation> = Operations[O]["answers"];

type Takes<O extends Operation> = Operations[O]["takes"];
type More<O extends Operation> = { body?: Operations[O]["body"]; revision?: number; signal?: AbortSignal };

/** Why the server did not do what it was asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: Problem["code"];
  readonly findings: Told[];
  /** Seconds after which another try makes sense; 0 where that is not the reason. */
  readonly wait: number;

  constructor(status: number, problem: Partial<Problem>, wait = 0) {
    const errors = (problem.errors ?? []).map((e) => [e.location, e.message].filter(Boolean).join(": "));
    super([problem.detail ?? problem.title ?? String(status), ...errors].join("; "));
    this.status = status;
    this.code = problem.code;
    this.wait = wait;
    this.findings = problem.findings ?? [];
  }
}

/** The secret that writes of a signed-in person carry; empty on an open server. */
let guard = "";

export function guardWith(csrf: string): void {
  guard = csrf;
}

let stranger: (() => void) | null = null;
/** What a map asks for goes another way; it says so here when nobody knows who asks. */
export function strange(): void {
  stranger?.();
}

let another: (() => Promise<boolean>) | null = null;

/** Hears of it when the server no longer knows who asks. */
export function whenStranger(then: () => void): void {
  stranger = then;
}

/** Hears of it when the guard is that of another session, and tells whether it is the same person's: a request is then sent once more. */
export function whenAnother(then: () => Promise<boolean>): void {
  another = then;
}

export async function ask<O extends Operation>(operation: O, takes: Takes<O>, more: More<O> = {}): Promise<Answer<O>> {
  const [method, , media] = ways[operation];
  const headers = new Headers();
  if (media && more.body !== undefined) headers.set("Content-Type", media);
  if (more.revision !== undefined) headers.set("If-Match", `"r${more.revision}"`);
  const body = more.body === undefined ? undefined : media === "application/json" ? JSON.stringify(more.body) : (more.body as BodyInit);
  return (await send(method, address(operation, takes), { headers, body, signal: more.signal })) as Answer<O>;
}

/** Sends a request with the guard that writes need; the answer is JSON, text or nothing. */
export async function send(method: string, url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await reach(method, url, init);
  if (answer.status === 204) return undefined;
  return isJSON(answer) ? answer.json() : answer.text();
}

/** An answer as it is, for what is not to be read as a text; else a Refusal. */
export async function reach(method: string, url: string, init: RequestInit = {}, again = true): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", document.documentElement.lang || "en"); // the person's, which need not be the browser's
  if (guard && method !== "GET") headers.set("X-Qala-Csrf", guard);
  const answer = await fetch(url, { ...init, method, headers });
  if (answer.ok) return answer;
  if (answer.status === 401 && !url.startsWith(ways.getSession[1])) stranger?.();
  const refusal = new Refusal(answer.status, isJSON(answer) ? ((await answer.json()) as Problem) : { title: answer.statusText }, Number(answer.headers.get("Retry-After")));
  if (refusal.code !== "word" || !again || !(await another?.())) throw refusal;
  return reach(method, url, init, false);
}

function isJSON(answer: Response): boolean {
  return /json/.test(answer.headers.get("Content-Type") ?? "");
}

/** The URL of an operation with its places filled in. */
export function address<O extends Operation>(operation: O, takes: Takes<O>): string {
  const given = new Map(Object.entries(takes as Record<string, string | number | undefined>));
  const path = ways[operation][1].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(given.get(name) ?? "");
    given.delete(name);
    return encodeURIComponent(value); // the slashes of a path too: it is one part of the address
  });
  const query = new URLSearchParams();
  for (const [name, value] of given) if (value !== undefined && value !== "") query.set(name, String(value));
  return query.size ? `${path}?${query}` : path;
}

/** Every item of a list that the server answers in parts by offset. */
export async function every<T>(page: (offset: number, limit: number) => Promise<{ items: T[]; total: number }>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const { items, total } = await page(all.length, 1000);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}
