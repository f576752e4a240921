import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runCli } from "../cli/run.ts";
import { find, lines, RECORDS, text } from "./find-records.ts";
import { unrelated } from "./records.ts";

describe("a file of records", () => {
  it("may be larger than other documents", async () => {
    const filler = Array.from({ length: 9000 }, (_, index) => unrelated(`f-${index}`, "x".repeat(1000)));
    for (const name of ["t.json", "t.jsonl"]) {
      const content = name === "t.json" ? text(...filler, ...RECORDS) : lines(...filler, ...RECORDS);
      expect((await find({ [name]: content })).requests).toHaveLength(2);
    }
  });
});

describe("a compressed file of records", () => {
  it("may be larger than other documents", async () => {
    const noise = randomBytes(9 * 1024 * 1024)
      .toString("latin1")
      .replace(/[^\x30-\x39\x41-\x7a]|\\/g, "x");
    const filler = Array.from({ length: 900 }, (_, index) =>
      unrelated(`f-${index}`, noise.slice(index * 10_000, (index + 1) * 10_000)),
    );
    const content = gzipSync(text(...filler, ...RECORDS), { level: 0 });
    expect((await find({ "t.json.gz": content })).requests).toHaveLength(2);
    const { stdout, status } = await runCli(["check", "-", "--no-config"], { stdin: content });
    expect([status, stdout]).toEqual([1, expect.stringContaining("run `countersign replay -`")]);
  });
});
