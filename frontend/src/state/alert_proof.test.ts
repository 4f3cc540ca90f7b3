import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { proofOf, solve } from "./alert_proof.ts";
import { hex, sha256 } from "./alert_sha256.ts";

describe("SHA-256", () => {
  it("is the standard's, at every length around a block's end", () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = randomBytes(length);
      expect(hex(sha256(bytes))).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
});

describe("the work", () => {
  const salt = "0123abcd?expires=1795000000&";
  const asked = (number: number) => ({
    algorithm: "SHA-256",
    challenge: createHash("sha256")
      .update(salt + number)
      .digest("hex"),
    maxnumber: 5000,
    salt,
    signature: "00ff",
  });

  it("finds the number and says how far it is", () => {
    const told: number[] = [];
    expect(solve(asked(4321), (part) => told.push(part))).toBe(4321);
    expect(told.length).toBe(2);
    expect(told.every((part) => part > 0 && part < 1)).toBe(true);
    expect(solve(asked(0))).toBe(0);
  });

  it("gives up where there is none", () => {
    expect(solve(asked(5001))).toBeNull();
  });

  it("is handed in as the server reads it", () => {
    const { maxnumber: _, ...rest } = asked(7);
    expect(JSON.parse(atob(proofOf(asked(7), 7)))).toEqual({ ...rest, number: 7 });
  });
});
