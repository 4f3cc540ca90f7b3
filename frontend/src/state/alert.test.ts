import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const api = vi.hoisted(() => ({
  readChallenge: vi.fn(),
  sendAlert: vi.fn(),
  readState: vi.fn(),
  addToAlert: vi.fn(),
  withdrawAlert: vi.fn(),
}));
const prove = vi.hoisted(() => vi.fn());
vi.mock("../api/alerts.ts", () => api);
vi.mock("./alert_work.ts", () => ({ prove }));

import { Failure } from "../api/client.ts";
import { AlertDesk } from "./alert.ts";
import { EMPTY, isMainland, lacking, MAX_BYTES, pairs, withFiles } from "./alert_form.ts";
import { troubleOf } from "./alert_held.ts";

const TAKEN = { receipt: "ABCD-EFGH", files: { kept: 0, refused: [] } };
const problem = (kind: string, status: number) =>
  new Failure(status, {
    type: `/api/v1/docs#${kind}`,
    title: "",
    status,
    titles: {},
    parameter: null,
    errors: [],
  });

function desk(): AlertDesk {
  const made = new AlertDesk("zh", () => undefined);
  made.edit({ kinds: ["wage_arrears"], texts: { ...EMPTY.texts, story: "发生的事" } });
  made.show("check");
  return made;
}

beforeEach(() => {
  api.readChallenge.mockResolvedValue({});
  prove.mockResolvedValue("proof");
  api.sendAlert.mockResolvedValue(TAKEN);
});
afterEach(() => {
  vi.resetAllMocks();
});

const keys = () => api.sendAlert.mock.calls.map(([, , { key }]) => key);

describe("sending", () => {
  it("forgets what was typed once it was taken, and keeps the receipt", async () => {
    const made = desk();
    await made.send();
    expect(made.held).toMatchObject({ screen: "sent", taken: TAKEN, draft: EMPTY });
  });

  it("keeps the text and the key while it fails, whatever the reason", async () => {
    const made = desk();
    api.sendAlert.mockRejectedValueOnce(new Failure(0, null));
    await made.send();
    expect(made.held).toMatchObject({ screen: "check", trouble: "away", sending: null });
    expect(made.held.draft.texts.story).toBe("发生的事");
    await made.send();
    expect(made.held.screen).toBe("sent");
    const [first, second] = keys();
    expect(first).toMatch(/^[0-9a-f]{48}$/);
    expect(second).toBe(first);
  });

  it("takes another key for other words, and for the next alert", async () => {
    const made = desk();
    api.sendAlert.mockRejectedValueOnce(new Failure(503, null));
    await made.send();
    made.edit({ ticks: ["exact_place"] });
    await made.send();
    made.clear();
    made.edit({ kinds: ["other"], texts: { ...EMPTY.texts, story: "x" } });
    await made.send();
    expect(new Set(keys()).size).toBe(3);
  });

  it("goes on without a proof where the work cannot be done, and stops where the server is away", async () => {
    prove.mockRejectedValueOnce(new Error("no worker"));
    await desk().send();
    expect(api.sendAlert.mock.calls[0]?.[2].proof).toBeNull();
    api.readChallenge.mockRejectedValueOnce(new Failure(0, null));
    const made = desk();
    await made.send();
    expect(made.held.trouble).toBe("away");
    expect(api.sendAlert).toHaveBeenCalledTimes(1);
  });

  it("can be given up", async () => {
    let given: AbortSignal | undefined;
    prove.mockImplementationOnce((_, __, signal: AbortSignal) => {
      given = signal;
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    });
    const made = desk();
    const sending = made.send();
    await vi.waitFor(() => expect(given).toBeDefined());
    made.cancel();
    await sending;
    expect(made.held).toMatchObject({ sending: null, trouble: null, screen: "check" });
    expect(made.held.draft.texts.story).toBe("发生的事");
    expect(api.sendAlert).not.toHaveBeenCalled();
  });

  it.each([
    [problem("no-alerts", 503), "closed"],
    [problem("busy", 503), "busy"],
    [problem("too-large", 413), "large"],
    [problem("idempotency-conflict", 422), "changed"],
    [problem("invalid-parameter", 422), "refused"],
    [new Failure(409, null), "running"],
    [new Failure(502, null), "away"],
  ])("%s is %s", (failure, trouble) => {
    expect(troubleOf(failure)).toBe(trouble);
  });
});

describe("a receipt", () => {
  it("unknown, withdrawn, and away", async () => {
    const made = desk();
    made.editAsked({ code: "0000" });
    api.readState.mockResolvedValueOnce({ state: "unknown" });
    await made.ask();
    expect(made.held.asked.status).toBe("unknown");
    api.readState.mockRejectedValueOnce(new Failure(0, null));
    await made.ask();
    expect(made.held.asked).toMatchObject({ trouble: "away", code: "0000" });
    api.withdrawAlert.mockResolvedValueOnce({ known: true });
    await made.withdraw();
    expect(made.held.asked.status).toBe("withdrawn");
  });

  it("keeps what was to be added when that fails", async () => {
    const made = desk();
    made.editAsked({ code: "0000", text: "更多" });
    api.addToAlert.mockRejectedValueOnce(new Failure(503, null));
    await made.add();
    expect(made.held.asked).toMatchObject({ text: "更多", trouble: "busy" });
    api.addToAlert.mockResolvedValueOnce({ known: true, files: TAKEN.files });
    await made.add();
    expect(made.held.asked).toMatchObject({ text: "", status: "added" });
  });
});

describe("the form", () => {
  it("asks for a kind and a story, and for sense in the rest", () => {
    expect(lacking(EMPTY)).toEqual(["kind", "story"]);
    const texts = {
      ...EMPTY.texts,
      story: "x",
      happened: "昨天",
      people: "many",
      amount_owed: "12,000.50",
      email: "a@qq.com",
    };
    const draft = { ...EMPTY, kinds: ["other"] as const, texts };
    expect(lacking(draft)).toEqual(["happened", "people", "email_anyway"]);
  });

  it.each([
    ["a@qq.com", true],
    ["a@vip.163.com", true],
    ["a@example.cn", true],
    ["a＠QQ.com", true],
    ["a@example.org", false],
    ["qq.com", false],
    ["a@notqq.com", false],
  ])("%s is of the mainland: %s", (email, expected) => {
    expect(isMainland(email)).toBe(expected);
  });

  it("is sent without what is empty, and with a consent only where there is a contact", () => {
    const texts = { ...EMPTY.texts, story: " x ", contact_phone: "19900001234" };
    const draft = { ...EMPTY, kinds: ["other", "hours"] as const, texts };
    expect(pairs(draft, "en")).toEqual([
      ["kind", "other"],
      ["kind", "hours"],
      ["story", "x"],
      ["contact_phone", "19900001234"],
      ["consent_phone", "staff"],
      ["reply_lang", "en"],
    ]);
  });

  it("takes five files of the right kinds and sizes", () => {
    const file = (type: string, size = 10) => new File([new Uint8Array(size)], "x", { type });
    const png = file("image/png");
    expect(withFiles([], [png, file("text/html")]).faults).toEqual(["type"]);
    expect(withFiles([], [file("image/jpeg", MAX_BYTES + 1), file("image/png", 0)])).toEqual({
      files: [],
      faults: ["size"],
    });
    const many = withFiles([png, png, png], [png, png, png]);
    expect(many).toMatchObject({ files: { length: 5 }, faults: ["many"] });
  });
});
