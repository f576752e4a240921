import * as node from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FILES } from "../../src/playground/stand-ins/files.ts";
import * as memory from "../../src/playground/stand-ins/fs.ts";
import { createHash, isUtf8 } from "../../src/playground/stand-ins/small.ts";
import { directory } from "../cli/run.ts";

const CONTENT: Readonly<Record<string, string | Uint8Array>> = {
  "a.txt": "text\r\nwith \u00e9 and \ud83d\ude00",
  "empty.txt": "",
  "mark.txt": "\ufeffafter a byte order mark",
  "bytes.bin": Uint8Array.from([0xff, 0xfe, 0x41, 0x00]),
  "folder/b.txt": "below",
  "folder/deeper/c.txt": "further below",
};

const root = directory(CONTENT);
FILES.replaceBelow(root, []);
for (const [name, content] of Object.entries(CONTENT)) FILES.write(join(root, name), content);

const PATHS = [...Object.keys(CONTENT), "", "folder", "folder/../a.txt", "missing.txt", "folder/missing"];

type FileSystem = Pick<typeof node, "existsSync" | "readFileSync" | "readdirSync" | "statSync">;

/** What a file system says about a path, errors included. */
function look(fs: FileSystem, path: string) {
  const outcome = (ask: () => unknown): unknown => {
    try {
      return ask();
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  };
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  return {
    exists: fs.existsSync(path),
    stat: stat && [stat.isFile(), stat.isDirectory(), stat.isFile() && stat.size],
    text: outcome(() => fs.readFileSync(path, "utf8")),
    bytes: outcome(() => [...(fs.readFileSync(path) as Uint8Array)]),
    names: outcome(() => fs.readdirSync(path)),
    entries: outcome(() =>
      fs.readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, entry.isDirectory()]),
    ),
    refused: outcome(() => fs.statSync(path).isFile()),
  };
}

describe("the files in memory that the playground gives the library", () => {
  it.each(PATHS)("answer for `%s` as files on a disk do", (path) => {
    const found = look(memory as unknown as FileSystem, join(root, path));
    expect(found).toEqual(look(node, join(root, path)));
  });

  it("are read in pieces as files on a disk are", () => {
    const read = ({ openSync, fstatSync, readSync, closeSync }: typeof node): unknown => {
      const descriptor = openSync(join(root, "a.txt"), "r");
      const target = new Uint8Array(8);
      const counts = [
        readSync(descriptor, target, 0, 4, 5),
        readSync(descriptor, target, 2, 3, null),
        readSync(descriptor, target, 5, 3, null),
      ];
      const { size } = fstatSync(descriptor);
      closeSync(descriptor);
      return { counts, size, target: [...target] };
    };
    expect(read(memory as unknown as typeof node)).toEqual(read(node));
  });

  it("are gone when others take their place", () => {
    FILES.replaceBelow("/gone", [["/gone/a/b.txt", "b"]]);
    FILES.replaceBelow("/gone", [["/gone/c.txt", "c"]]);
    expect(memory.existsSync("/gone/a")).toBe(false);
    expect(memory.readdirSync("/gone")).toEqual(["c.txt"]);
  });

  it("ask for the part that a file is in, and are there after it", () => {
    FILES.announce(["/late/x.json"], (path) => (path === "/late/x.json" ? "x" : undefined));
    expect(memory.existsSync("/late/x.json")).toBe(true);
    expect(memory.existsSync("/late")).toBe(true);
    expect(() => memory.readFileSync("/late/x.json", "utf8")).toThrow("x is not loaded yet");
    expect([...FILES.missingParts]).toEqual(["x"]);
    FILES.write("/late/x.json", "{}");
    expect(memory.readFileSync("/late/x.json", "utf8")).toBe("{}");
  });
});

it("the stand-in for hashes gives SHA-256", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect(createHash().update("").digest("hex")).toBe(empty);
  const parts = createHash()
    .update("a")
    .update(Uint8Array.from([0x62, 0x63]));
  expect(parts.digest("hex")).toMatch(/^ba7816bf8f01cfea/);
});

it("the stand-in for encodings knows UTF-8", () => {
  expect(isUtf8(Uint8Array.from([0xc3, 0xa9]))).toBe(true);
  expect(isUtf8(Uint8Array.from([0xc3]))).toBe(false);
});
