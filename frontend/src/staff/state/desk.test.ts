/** Acts of the desk: one at a time, refusals said in words, late answers dropped. */
import { describe, expect, test } from "vitest";
import { Store } from "../../parts/store.ts";
import { Refusal } from "../api/client.ts";
import type { Me, Problem } from "../api/types.ts";
import { Asked } from "./asked.ts";
import { Desk } from "./desk.ts";
import type { State } from "./store.ts";

const ME: Me = {
  name: "mo",
  role: "moderator",
  fresh: false,
  operations: ["GET /staff/alerts"],
  token: null,
};

function desk(lang: "zh" | "en" | null = null): Desk {
  const page = { room: "alerts", id: null, query: {}, lang } as const;
  const state = { me: ME, page, said: null, help: false, keys: true, menu: false };
  return new Desk(new Store<State>(state), "zh");
}

const WRONG: Problem = {
  type: "/api/v1/docs#invalid-parameter",
  title: "参数无效",
  status: 422,
  titles: { zh: "参数无效", en: "Invalid parameter" },
  parameter: "name",
  errors: [{ parameter: "name", zh: "已有此名", en: "there is one of this name" }],
};

describe("acts", () => {
  test("the answer, or what was refused in the language in force", async () => {
    const one = desk("en");
    expect(await one.act(() => Promise.resolve(7))).toEqual({ answer: 7 });
    expect(await one.act(() => Promise.reject(new Refusal(422, WRONG)))).toBeNull();
    expect(one.state.said).toEqual({
      text: "Invalid parameter",
      trouble: true,
      faults: ["name: there is one of this name"],
    });
  });

  test("nothing is said of what the caller takes, nor of a server that is away but that", async () => {
    const one = desk();
    await one.act(
      () => Promise.reject(new Refusal(409, { ...WRONG, type: "#edited-meanwhile" })),
      ({ kind }) => kind === "edited-meanwhile",
    );
    expect(one.state.said).toBeNull();
    await one.act(() => Promise.reject(new Refusal(0, null)));
    expect(one.state.said?.text).toBe(one.words.shell.away);
  });

  test("a second act is not begun while the first is on its way", async () => {
    const one = desk();
    let finish = (_: number) => undefined as unknown;
    const first = one.act(() => new Promise<number>((done) => (finish = done)));
    expect(one.busy).toBe(true);
    expect(await one.act(() => Promise.resolve(2))).toBeNull();
    finish(1);
    expect(await first).toEqual({ answer: 1 });
    expect(one.busy).toBe(false);
  });

  test("may what the login may, and nothing before there is one", () => {
    const one = desk();
    expect(one.may("GET /staff/alerts")).toBe(true);
    expect(one.may("GET /staff/audit")).toBe(false);
    one.store.set({ me: null });
    expect(one.may("GET /staff/alerts")).toBe(false);
    expect(() => one.me).toThrow();
  });
});

describe("asked", () => {
  test("an earlier question that answers later is dropped", async () => {
    const asked = new Asked<string>(desk());
    let late = (_: string) => undefined as unknown;
    const first = asked.ask(() => new Promise((done) => (late = done)));
    await asked.ask(() => Promise.resolve("second"));
    late("first");
    expect(await first).toBeNull();
    expect(asked.data).toBe("second");
  });

  test("the last answer stays when the next fails, and goes when it is cleared", async () => {
    const asked = new Asked<string>(desk());
    await asked.ask(() => Promise.resolve("there"));
    await asked.ask(() => Promise.reject(new Refusal(503, null)));
    expect([asked.status, asked.data, asked.refusal?.status]).toEqual(["failed", "there", 503]);
    asked.clear();
    expect([asked.status, asked.data, asked.refusal]).toEqual(["idle", null, null]);
  });
});
