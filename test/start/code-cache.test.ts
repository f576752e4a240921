import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCode, removeOldCode, writeCode } from "../../src/start/code-cache.ts";

const DATA = { data: Buffer.from("what V8 compiled"), runs: 3 };

function stored(): { directory: string; path: string } {
  const directory = mkdtempSync(join(tmpdir(), "countersign-code-"));
  writeCode(directory, "core", DATA);
  return { directory, path: join(directory, "core") };
}

describe("stored code", () => {
  it("is read as it was written, and leaves no other file", () => {
    const { directory } = stored();
    expect(readCode(directory, "core")).toEqual(DATA);
    expect(readdirSync(directory)).toEqual(["core"]);
  });

  it("isn't used with any byte flipped", () => {
    const { directory, path } = stored();
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1;
      writeFileSync(path, flipped);
      expect(readCode(directory, "core"), `byte ${at}`).toBeUndefined();
    }
  });

  it("isn't used at any other length", () => {
    const { directory, path } = stored();
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      expect(readCode(directory, "core"), `${length} bytes`).toBeUndefined();
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from([0])]));
    expect(readCode(directory, "core")).toBeUndefined();
  });

  it("isn't used by another name", () => {
    const { directory, path } = stored();
    renameSync(path, join(directory, "other"));
    expect(readCode(directory, "other")).toBeUndefined();
  });

  it("isn't used through a link, or when others may write it", () => {
    const { directory, path } = stored();
    symlinkSync(path, join(directory, "link"));
    expect(readCode(directory, "link")).toBeUndefined();
    chmodSync(path, 0o620);
    expect(readCode(directory, "core")).toBeUndefined();
  });

  it("isn't missed where nothing can be written", () => {
    expect(() => writeCode("/nowhere/at/all", "core", DATA)).not.toThrow();
    expect(readCode("/nowhere/at/all", "core")).toBeUndefined();
  });

  it("goes away after 30 days", () => {
    const { directory, path } = stored();
    const old = Date.now() / 1000 - 31 * 24 * 3600;
    utimesSync(path, old, old);
    writeCode(directory, "new", DATA);
    removeOldCode(directory);
    expect(readdirSync(directory)).toEqual(["new"]);
  });
});

describe("a file that was left unfinished", () => {
  it("is never taken for code", () => {
    const { directory } = stored();
    writeFileSync(join(directory, "core.1-abc"), "half");
    expect(readCode(directory, "core")).toEqual(DATA);
    expect(readCode(directory, "core.1-abc")).toBeUndefined();
  });
});
