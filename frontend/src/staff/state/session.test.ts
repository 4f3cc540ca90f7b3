// @vitest-environment happy-dom
/** Who is there: what covers the page, and whose memory is forgotten. */
import { afterEach, expect, test, vi } from "vitest";
import { Store } from "../../parts/store.ts";
import { ask } from "../api/client.ts";
import { Desk } from "./desk.ts";
import { Session } from "./session.ts";
import type { State } from "./store.ts";

const ME = { role: "moderator", fresh: false, operations: [], token: null };
const HALF_HOUR = 30 * 60_000;

function answering(...answers: readonly [number, object][]): void {
  const left = [...answers];
  const answer = () => {
    const [status, body] = left.shift() ?? [500, {}];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  };
  vi.stubGlobal("fetch", vi.fn(answer));
}

function begin(): { desk: Desk; session: Session; forgotten: () => number } {
  const page = { room: null, id: null, query: {}, lang: null };
  const state = { me: undefined, page, said: null, help: false, keys: true, menu: false };
  const desk = new Desk(new Store<State>(state), "zh");
  let forgotten = 0;
  const session = new Session(desk, () => {
    forgotten += 1;
  });
  return { desk, session, forgotten: () => forgotten };
}

const refusal = (kind: string, more: object = {}) => ({
  type: `/api/v1/docs#${kind}`,
  titles: { zh: "请先登录", en: "Log in first" },
  errors: [],
  ...more,
});

afterEach(() => vi.unstubAllGlobals());

test("nobody at first; whoever logs in enters, and another one finds no memory", async () => {
  const { desk, session, forgotten } = begin();
  answering(
    [401, refusal("not-logged-in")],
    [401, refusal("wrong-login")],
    [200, { ...ME, name: "mo" }],
    [401, refusal("not-logged-in")],
    [200, { ...ME, name: "mo" }],
    [401, refusal("not-logged-in")],
    [200, { ...ME, name: "pu" }],
  );
  await session.start();
  expect([desk.state.me, session.ended]).toEqual([null, false]);
  expect(await session.login("mo", "wrong", "000000")).toBe(false);
  expect(session.refusal?.kind).toBe("wrong-login");
  expect(await session.login("mo", "right", "000001")).toBe(true);
  expect([desk.me.name, session.refusal]).toEqual(["mo", null]);
  await expect(ask("GET", "/staff/alerts")).rejects.toThrow();
  expect([desk.state.me, session.ended]).toEqual([null, true]);
  await session.login("mo", "right", "000002");
  expect([desk.me.name, session.ended, forgotten()]).toEqual(["mo", false, 0]);
  await expect(ask("GET", "/staff/alerts")).rejects.toThrow();
  await session.login("pu", "right", "000003");
  expect([desk.me.name, forgotten()]).toEqual(["pu", 1]);
});

test("after half an hour without anybody the page is covered", async () => {
  const { desk, session } = begin();
  answering([200, { ...ME, name: "mo" }]);
  await session.start();
  const now = performance.now();
  session.watch(now + HALF_HOUR - 1000);
  expect(desk.state.me).toBeTruthy();
  session.touched(now + HALF_HOUR);
  session.watch(now + HALF_HOUR + 5000);
  expect(desk.state.me).toBeTruthy();
  session.watch(now + 2 * HALF_HOUR + 5000);
  expect([desk.state.me, session.ended]).toEqual([null, true]);
});

test("a password that was given by somebody else is asked for whenever an answer says so", async () => {
  const { desk, session } = begin();
  answering([200, { ...ME, name: "mo" }], [403, refusal("forbidden", { fresh: true })]);
  await session.start();
  await expect(ask("GET", "/staff/alerts")).rejects.toThrow();
  expect(desk.me.fresh).toBe(true);
});

test("a server that is away is no login that is missing", async () => {
  const { desk, session } = begin();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("away")));
  await session.start();
  expect([desk.state.me, session.away]).toEqual([undefined, true]);
});
