import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_BYTES } from "../../src/documents/limits.ts";
import { readSource } from "../../src/files/source.ts";

let directory: string;
const at = (name: string): string => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "countersign-source-"));
  writeFileSync(at("plain.yaml"), "a: 1\n");
  writeFileSync(at("empty.yaml"), "");
  writeFileSync(at("latin.yaml"), Buffer.from("a: 1\nb: caf\xe9\n", "latin1"));
  writeFileSync(at("most.yaml"), Buffer.alloc(MAX_BYTES, "#"));
  writeFileSync(at("more.yaml"), Buffer.alloc(MAX_BYTES + 1, "#"));
  mkdirSync(at("folder.yaml"));
  symlinkSync("loop-b.yaml", at("loop-a.yaml"));
  symlinkSync("loop-a.yaml", at("loop-b.yaml"));
  symlinkSync("nowhere.yaml", at("broken.yaml"));
  symlinkSync("plain.yaml", at("link.yaml"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TOO_LARGE = {
  code: "document/too-large",
  message: "the file is larger than 8 MiB",
  help: "a request is far smaller; name the request files, or leave this one out",
  place: { line: 1, column: 1, endLine: 1, endColumn: 1 },
};

describe("readSource() on files", () => {
  test.each([
    ["plain.yaml", "a: 1\n"],
    ["link.yaml", "a: 1\n"],
    ["empty.yaml", ""],
  ])("reads %s", (name, text) => {
    expect(readSource(at(name))).toEqual({ file: at(name), text });
  });

  test("reads a file at the size limit and rejects one that is a byte larger", () => {
    expect(readSource(at("most.yaml"))).toHaveProperty("text.length", MAX_BYTES);
    expect(readSource(at("more.yaml"))).toMatchObject({ file: at("more.yaml"), problem: TOO_LARGE });
  });

  test.each([
    ["none.yaml", "there is no file of this name", true],
    ["broken.yaml", "there is no file of this name", true],
    ["plain.yaml/x.yaml", "a part of this path is a file, not a directory", true],
    ["folder.yaml", "this is a directory, not a file", undefined],
    ["loop-a.yaml", "this symbolic link leads back to itself", undefined],
    [`${"x".repeat(300)}.yaml`, "this name is longer than the file system allows", undefined],
    ["a\0b.yaml", "reading failed (ERR_INVALID_ARG_VALUE)", undefined],
  ])("rejects %s: %s", (name, message, missing) => {
    const source = readSource(at(name));
    expect(source).toHaveProperty("problem.code", "document/unreadable");
    expect(source).toHaveProperty("problem.message", message);
    expect("problem" in source && source.problem.missing).toBe(missing);
  });

  test("reports the position of a byte that is not UTF-8", () => {
    const { problem } = readSource(at("latin.yaml")) as { problem: object };
    expect(problem).toMatchObject({
      code: "document/encoding",
      message: "the byte 0xe9 in line 2 is not UTF-8",
      help: "save the file as UTF-8; it may be Latin-1 or binary",
      place: { line: 2, column: 7, endLine: 2, endColumn: 7 },
    });
  });

  test("rejects a file without read permission", () => {
    writeFileSync(at("secret.yaml"), "a: 1");
    chmodSync(at("secret.yaml"), 0);
    chmodSync(directory, 0o755);
    // The superuser may read any file, so drop the privileges temporarily.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(readSource(at("secret.yaml"))).toHaveProperty("problem.message", "this file may not be read");
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe.skipIf(process.platform === "win32")("readSource() on pipes and descriptors", () => {
  /** Reads what a script writes to a named pipe. */
  function throughPipe(name: string, script: string): ReturnType<typeof readSource> {
    execFileSync("mkfifo", [at(name)]);
    const writer = spawn(process.execPath, ["-e", script, at(name)], { stdio: "ignore" });
    try {
      return readSource(at(name));
    } finally {
      writer.kill();
    }
  }
  const write = (content: string): string =>
    `const fs = require("fs"); const out = fs.openSync(process.argv[1], "w"); ${content}`;

  test("joins pieces that arrive slowly", () => {
    const script = write(
      `let left = 5; const step = () => { fs.writeSync(out, "é" + left); if (--left) setTimeout(step, 20); }; step();`,
    );
    expect(throughPipe("slow", script)).toEqual({ file: at("slow"), text: "é5é4é3é2é1" });
  });

  test("joins more than one buffer", () => {
    const source = throughPipe("long", write(`fs.writeFileSync(out, "ab".repeat(200000));`));
    expect("text" in source && source.text).toBe("ab".repeat(200_000));
  });

  test("rejects an endless pipe as too large", () => {
    const script = write(`for (;;) fs.writeSync(out, "x".repeat(65536));`);
    expect(throughPipe("endless", script)).toMatchObject({ file: at("endless"), problem: TOO_LARGE });
  });

  test("reads an empty pipe as an empty text", () => {
    expect(throughPipe("nothing", write(""))).toEqual({ file: at("nothing"), text: "" });
  });

  test("reads a descriptor from its current position and leaves it open", () => {
    const descriptor = openSync(at("plain.yaml"), "r");
    expect(readSource("stdin", descriptor)).toEqual({ file: "stdin", text: "a: 1\n" });
    expect(readSource("stdin", descriptor)).toEqual({ file: "stdin", text: "" });
    expect(() => closeSync(descriptor)).not.toThrow();
    expect(readSource("stdin", descriptor)).toHaveProperty("problem.message", "reading failed (EBADF)");
  });
});
