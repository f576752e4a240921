// Tests `schema generate` and `schema check` on files.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as check } from "../../src/cli/commands/schema/check.run.ts";
import { run as generate } from "../../src/cli/commands/schema/generate.run.ts";
import { captured, clearOutputBeforeEach, io } from "./printed.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const PAINT = join(FIXTURES, "paint_block.rst");

let dir: string;
let out: string;
clearOutputBeforeEach();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "generate-"));
  out = join(dir, "schemas");
});
afterEach(() => rmSync(dir, { recursive: true }));

const files = (path: string) => readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
const schema = (name: string) => join(out, "toybox", name);

describe("schema generate", () => {
  it("writes the schemas of a directory of pages deterministically", async () => {
    expect(await generate({ pages: [FIXTURES], out }, io)).toBe(0);
    expect(captured.stdout).toBe(`8 schemas of 5 pages written to ${out}\n`);
    expect(captured.stderr).toMatch(/build_tower\.rst:22: note: the request is too large to render/);
    expect(files(out)).toEqual([
      "toybox",
      "toybox/BuildTower.response.json",
      "toybox/DescribeTower.request.json",
      "toybox/DescribeTower.response.json",
      "toybox/PaintBlock.request.json",
      "toybox/PaintBlock.response.json",
      "toybox/StackBlocks.request.json",
      "toybox/StackBlocks.response.json",
      "toybox/WindUp.request.json",
    ]);
    const before = files(out).map((name) => name.endsWith(".json") && readFileSync(join(out, name), "utf8"));
    await generate({ pages: [FIXTURES], out }, io);
    expect(files(out).map((name) => name.endsWith(".json") && readFileSync(join(out, name), "utf8"))).toEqual(
      before,
    );
    expect(before.join("")).not.toContain(dir);
  });

  it("reports every invalid page and writes nothing", async () => {
    const bad = ["a.rst", "b.rst"].map((name) => join(dir, name));
    writeFileSync(bad[0]!, "no page\n");
    writeFileSync(bad[1]!, Buffer.from([0xff, 0xfe, 0x41, 0x00]));
    expect(await generate({ pages: [PAINT, ...bad, join(dir, "c.rst")], out }, io)).toBe(2);
    expect(captured.stderr.replaceAll(dir, "")).toBe(
      [
        "/c.rst:1:1: error: there is no such file",
        "  help: give pages, service models, or directories of them",
        "/a.rst:1:1: error: this is not the documentation page of an operation: the first line is `no page`",
        "  help: give a page of boto3's reference documentation of one client operation, in reStructuredText (`service/client/operation_name.rst`)",
        "/b.rst:1:1: error: this is not UTF-8",
        "  help: give a text file in UTF-8",
        "nothing was written: 3 errors",
        "",
      ].join("\n"),
    );
    expect(files(dir)).toEqual(["a.rst", "b.rst"]);
  });

  it("keeps existing schemas when a page is invalid", async () => {
    await generate({ pages: [PAINT], out }, io);
    writeFileSync(schema("PaintBlock.request.json"), "{}\n");
    writeFileSync(join(dir, "bad.rst"), "no page\n");
    expect(await generate({ pages: [PAINT, join(dir, "bad.rst")], out }, io)).toBe(2);
    expect(readFileSync(schema("PaintBlock.request.json"), "utf8")).toBe("{}\n");
  });

  it("rejects two pages for one operation, and a directory without pages", async () => {
    mkdirSync(join(dir, "empty"));
    expect(await generate({ pages: [PAINT, PAINT, join(dir, "empty")], out }, io)).toBe(2);
    expect(captured.stderr).toMatch(/paint_block\.rst` documents `toybox:PaintBlock` too/);
    expect(captured.stderr).toMatch(/there is no `\.rst` file and no `service-2\.json` in this directory/);
  });

  it("reports file system errors", async () => {
    writeFileSync(join(dir, "file"), "");
    expect(await generate({ pages: [PAINT], out: join(dir, "file") }, io)).toBe(2);
    expect(captured.stderr).toMatch(
      /file:1:1: error: the file system refuses: E[A-Z]+\n {2}help: look at the path/,
    );
    captured.stderr = "";
    symlinkSync("loop.rst", join(dir, "loop.rst"));
    expect(await generate({ pages: [join(dir, "loop.rst")], out }, io)).toBe(2);
    expect(captured.stderr).toMatch(/loop\.rst:1:1: error: the file system refuses: ELOOP\n/);
  });

  it("reports its progress", async () => {
    const steps: string[] = [];
    const progress = (done: number, total: number) => void steps.push(`${done}/${total}`);
    await generate({ pages: [FIXTURES], out }, { ...io, progress });
    expect(steps).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
  });

  it("applies the limits file in the output directory", async () => {
    mkdirSync(join(out, "toybox"), { recursive: true });
    const limits =
      "operation: toybox:PaintBlock\nsource: https://example.com\nparts: [request]\nrequest: { /Name: { maxLength: 7 } }\n";
    writeFileSync(schema("PaintBlock.limits.yaml"), limits);
    expect(await generate({ pages: [PAINT], out }, io)).toBe(0);
    expect(files(out)).toEqual(["toybox", "toybox/PaintBlock.limits.yaml", "toybox/PaintBlock.request.json"]);
    expect(JSON.parse(readFileSync(schema("PaintBlock.request.json"), "utf8")).properties.Name).toEqual({
      type: "string",
      maxLength: 7,
    });
  });
});

describe("schema generate for an operation that lost a part", () => {
  it("removes the part's schema, but no file that it didn't generate", async () => {
    await generate({ pages: [FIXTURES], out }, io);
    writeFileSync(schema("WindUp.response.json"), readFileSync(schema("WindUp.request.json")));
    writeFileSync(schema("BuildTower.request.json"), "{}");
    captured.stderr = "";
    expect(await generate({ pages: [FIXTURES], out }, io)).toBe(0);
    expect(captured.stderr).toContain("WindUp.response.json: note: removed: ");
    expect(files(out)).not.toContain("toybox/WindUp.response.json");
    expect(files(out)).toContain("toybox/BuildTower.request.json");
  });
});

describe("schema check", () => {
  it("finds no difference right after generating", async () => {
    await generate({ pages: [FIXTURES], out }, io);
    captured.stdout = "";
    expect(await check({ pages: [FIXTURES], schemas: out }, io)).toBe(0);
    expect(captured.stdout).toBe("8 schemas checked: each says what its source says (5 pages)\n");
  });

  it("reports every kind of difference", async () => {
    await generate({ pages: [FIXTURES], out }, io);
    captured.stdout = "";
    const path = schema("PaintBlock.request.json");
    const changed = JSON.parse(readFileSync(path, "utf8"));
    changed.properties.Colour.enum.pop();
    changed.properties.Extra = { type: "string" };
    delete changed.properties.Dry;
    writeFileSync(path, JSON.stringify(changed));
    rmSync(schema("WindUp.request.json"));
    writeFileSync(schema("StackBlocks.request.json"), "{");
    writeFileSync(schema("BuildTower.request.json"), "{}");
    const formatted = schema("DescribeTower.request.json");
    writeFileSync(formatted, JSON.stringify(JSON.parse(readFileSync(formatted, "utf8"))));
    expect(await check({ pages: [FIXTURES], schemas: out }, io)).toBe(1);
    const lines = captured.stdout.replaceAll(`${out}/toybox/`, "").split("\n");
    expect(lines.slice(0, 2)).toEqual([
      "BuildTower.request.json: superfluous: the operation doesn't have this part",
      "DescribeTower.request.json: not as it is generated: only its formatting or the order of its keys differs",
    ]);
    expect(lines).toContain(
      'PaintBlock.request.json: /properties/Colour/enum: `["red","deep blue"]` here, `["red","deep blue","o\'clock"]` in what it is generated from',
    );
    expect(lines).toContain(
      'PaintBlock.request.json: /properties/Extra: `{"type":"string"}` here, nothing in what it is generated from',
    );
    expect(lines).toContain(
      'PaintBlock.request.json: /properties/Dry: nothing here, `{"type":"boolean"}` in what it is generated from',
    );
    expect(lines.some((line) => line.startsWith("StackBlocks.request.json: not JSON: "))).toBe(true);
    expect(lines).toContain(
      "WindUp.request.json: missing: the operation has this part, but there is no schema",
    );
    expect(lines).toContain("5 files of 8 differ");
  });

  it("reports an invalid page", async () => {
    mkdirSync(out);
    writeFileSync(join(dir, "bad.rst"), "no page\n");
    expect(await check({ pages: [join(dir, "bad.rst")], schemas: out }, io)).toBe(2);
    expect(captured.stderr).toMatch(/^.*bad\.rst:1:1: error: /);
  });

  it("exits 2 when the schema directory does not exist", async () => {
    expect(await check({ pages: [PAINT], schemas: join(dir, "nowhere") }, io)).toBe(2);
    expect(captured.stderr).toMatch(/nowhere:1:1: error: there is no such directory\n/);
  });

  it("shows where long values differ", async () => {
    await generate({ pages: [PAINT], out }, io);
    const path = schema("PaintBlock.request.json");
    const changed = JSON.parse(readFileSync(path, "utf8"));
    const values = Array.from({ length: 40 }, (_, i) => `colour-${i}`);
    changed.properties.Colour.enum = [...values, "red"];
    changed.title = `${changed.title} ${"x".repeat(200)} end`;
    writeFileSync(path, JSON.stringify(changed));
    captured.stdout = "";
    expect(await check({ pages: [PAINT], schemas: out }, io)).toBe(1);
    expect(captured.stdout).toContain('/enum: also `"colour-0"`, `"colour-1"`');
    expect(captured.stdout).toContain('and 35 more here, also `"deep blue"`, `"o\'clock"` in what');
    const [here, there] = /title: (.*) here, (.*) in what/.exec(captured.stdout)!.slice(1);
    expect(here).not.toBe(there);
  });
});
