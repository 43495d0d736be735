import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask, guardWith, Refusal, whenAnother, whenStranger } from "../src/console/api/ask";

type Sent = { method: string; url: string; headers: Headers };

/** A server that gives these answers, one after the other. */
function server(...answers: [number, unknown, Record<string, string>?][]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    sent.push({ method: init.method ?? "", url, headers: new Headers(init.headers) });
    const [status, body, headers] = answers.shift() ?? [500, {}];
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json", ...headers } }));
  });
  return sent;
}

beforeEach(() => vi.stubGlobal("document", { documentElement: { lang: "kk" } }));
afterEach(() => vi.unstubAllGlobals());

test("a request says its language and, to change something, its guard", async () => {
  guardWith("g1");
  const sent = server([200, { items: [] }], [204, null]);
  await ask("myKeys", {});
  await ask("removeKey", { key: "a/b" });
  expect(sent.map((s) => [s.method, s.url, s.headers.get("X-Qala-Csrf"), s.headers.get("Accept-Language")])).toEqual([
    ["GET", "/api/v1/me/keys", null, "kk"], ["DELETE", "/api/v1/me/keys/a%2Fb", "g1", "kk"],
  ]);
});

test("a refusal has its code and how long to wait", async () => {
  server([429, { status: 429, code: "wait", detail: "wait for 7s" }, { "Retry-After": "7" }]);
  const refusal = await ask("signIn", {}, { body: { login: "a", password: "b" } }).catch((e: unknown) => e);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ status: 429, code: "wait", wait: 7, message: "wait for 7s" });
});

test("the guard of another session is asked for again, for the same person only", async () => {
  const other = { status: 403, code: "word", detail: "send the word" };
  for (const [same, answers, requests] of [[true, "again", 2], [false, "refused", 1]] as const) {
    guardWith("old");
    whenAnother(() => {
      guardWith("new");
      return Promise.resolve(same);
    });
    const sent = server([403, other], [204, null]);
    const got = await ask("removeKey", { key: "k" }).then(() => "again", () => "refused");
    expect([got, sent.length, sent.at(-1)?.headers.get("X-Qala-Csrf")]).toEqual([answers, requests, same ? "new" : "old"]);
  }
});

test("whoever is not known any more is told so, but not while he asks who he is", async () => {
  const heard = vi.fn();
  whenStranger(heard);
  server([401, { status: 401, code: "sign-in" }], [401, { status: 401, code: "refused" }]);
  await expect(ask("myKeys", {})).rejects.toMatchObject({ code: "sign-in" });
  expect(heard).toHaveBeenCalledTimes(1);
  await expect(ask("signIn", {}, { body: { login: "a", password: "b" } })).rejects.toMatchObject({ code: "refused" });
  expect(heard).toHaveBeenCalledTimes(1);
});
