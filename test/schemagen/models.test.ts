// Tests service models on disk: generated schemas, selection, and errors.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as generate } from "../../src/cli/commands/schema/generate.run.ts";
import { captured, clearOutputBeforeEach, io } from "./printed.ts";

const FIXTURES = join(import.meta.dirname, "model-fixtures");
const MODEL = join(FIXTURES, "toybox/2020-01-01/service-2.json");
const PAINT = join(import.meta.dirname, "fixtures/paint_block.rst");

let dir: string;
let out: string;
clearOutputBeforeEach();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "models-"));
  out = join(dir, "schemas");
});
afterEach(() => rmSync(dir, { recursive: true }));

const files = () => readdirSync(join(out, "toybox")).sort();
const schema = (name: string) => JSON.parse(readFileSync(join(out, "toybox", name), "utf8"));

describe("schema generate from a service model", () => {
  it("writes the expected schemas (UPDATE_FIXTURES=1 rewrites them)", async () => {
    expect(await generate({ pages: [FIXTURES], out }, io)).toBe(0);
    expect(captured).toEqual({ stdout: `5 schemas of 1 model written to ${out}\n`, stderr: "" });
    const found = Object.fromEntries(files().map((name) => [name, schema(name)]));
    const path = join(FIXTURES, "expected.json");
    if (process.env.UPDATE_FIXTURES) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(path, "utf8")));
    expect(JSON.stringify(found)).not.toContain(FIXTURES);
    const ajv = new Ajv({ strict: false, unicodeRegExp: true });
    for (const one of Object.values(found)) ajv.compile(one);
  });

  it("writes the same schemas from a compressed model", async () => {
    const folder = join(dir, "toybox/2020-01-01");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "service-2.json.gz"), gzipSync(readFileSync(MODEL)));
    await generate({ pages: [MODEL], out, operation: ["toybox:PaintBlock"] }, io);
    const plain = schema("PaintBlock.request.json");
    const { additions: _, ...source } = plain["x-source"];
    await generate({ pages: [join(dir, "toybox")], out, operation: ["toybox:PaintBlock"] }, io);
    expect(schema("PaintBlock.request.json")).toEqual({ ...plain, "x-source": source });
  });

  it("writes only the operations that `--operation` selects, and suggests names for unknown ones", async () => {
    expect(await generate({ pages: [FIXTURES], out, operation: ["toybox:Shake", "toybox:Sort"] }, io)).toBe(
      0,
    );
    expect(files()).toEqual(["Shake.request.json", "Sort.request.json", "Sort.response.json"]);
    expect(await generate({ pages: [FIXTURES], out, operation: ["toybox:Shak", "toybx", "!"] }, io)).toBe(2);
    expect(captured.stderr).toContain("error: `!` names no operation");
    captured.stderr = "";
    expect(await generate({ pages: [FIXTURES], out, operation: ["toybox:Shak", "toybx"] }, io)).toBe(2);
    expect(captured.stderr).toBe(
      "error: nothing that was given describes `toybox:Shak`\n  help: did you mean `toybox:Shake`?\n" +
        "error: nothing that was given describes `toybx`\n  help: did you mean `toybox`?\n" +
        "nothing was written: 2 errors\n",
    );
  });

  it("requires `--service` if the path doesn't contain the service", async () => {
    const lone = join(dir, "model.json");
    writeFileSync(lone, readFileSync(MODEL));
    expect(await generate({ pages: [lone], out }, io)).toBe(2);
    expect(captured.stderr).toMatch(/model\.json:1:1: error: the path doesn't tell the service/);
    expect(await generate({ pages: [lone], out, service: "toybox" }, io)).toBe(0);
    expect(schema("Shake.request.json")["x-source"].model).toBe("toybox/2020-01-01/service-2.json");
  });

  it("applies a limits file and notes where it corrects the model", async () => {
    mkdirSync(join(out, "toybox"), { recursive: true });
    const limits =
      "operation: toybox:Sort\nsource: https://example.com\nrequest:\n  /Filter/All: { maxItems: 4 }\n  /Filter/Key: { description: A key. }\n";
    writeFileSync(join(out, "toybox/Sort.limits.yaml"), limits);
    expect(await generate({ pages: [MODEL], out, operation: ["toybox:Sort"] }, io)).toBe(0);
    expect(captured.stderr).toMatch(
      /limits\.yaml:4: note: `maxItems` of `\/Filter\/All` is `4`; the model says `5`/,
    );
    const { definitions } = schema("Sort.request.json");
    expect(definitions.Filters.maxItems).toBe(4);
    expect(definitions.Filter.properties.Key.description).toBe("A key.");
    writeFileSync(
      join(out, "toybox/Sort.limits.yaml"),
      `${limits}  /Filter/Not/Key: { description: Not here. }\n`,
    );
    expect(await generate({ pages: [MODEL], out, operation: ["toybox:Sort"] }, io)).toBe(2);
    expect(captured.stderr).toContain(
      "`/Filter/Not/Key` is a shape that is written once for all of its places",
    );
  });
});

describe("schema generate from a page and a model of one operation", () => {
  it("writes the model's schema and notes the differences", async () => {
    expect(await generate({ pages: [PAINT, MODEL], out, operation: ["toybox:PaintBlock"] }, io)).toBe(0);
    expect(schema("PaintBlock.request.json")["x-source"].model).toBeDefined();
    const notes = captured.stderr.split("\n").map((line) => line.replace(/^.*note: /, ""));
    expect(notes).toContain("request `/Coats` is required by the page, not by the model");
    expect(notes).toContain("request `/Colour` has values only on the page: `o'clock`");
    expect(notes).toContain("request `/Source` is only on the page");
    expect(notes).toContain("request `/Layers` is only in the model");
    expect(captured.stderr).toMatch(/^\S+paint_block\.rst:\d+: note: /);
  });

  it("uses the page if the model lacks the operation", async () => {
    const wind = join(import.meta.dirname, "fixtures/wind_up.rst");
    expect(await generate({ pages: [wind, MODEL], out }, io)).toBe(0);
    expect(captured.stderr).toContain(
      "the model of `toybox` doesn't have `toybox:WindUp`: the schema is the page's",
    );
    expect(schema("WindUp.request.json")["x-source"].page).toBe("toybox/wind_up.rst");
  });
});

describe("schema generate from an invalid model", () => {
  const whole = readFileSync(MODEL, "utf8");
  const bad: [what: string, content: string | Buffer, message: RegExp][] = [
    ["cut off", whole.slice(0, 700), /:\d+:\d+: error: this is not JSON: it is damaged here, or cut off/],
    ["damaged", whole.replace('"Dry": {', '"Dry" {'), /:34:15: error: this is not JSON/],
    ["another file", '{"pagination": {}}', /:1:1: error: this is not a service model: it has no `metadata`/],
    ["a list", "[]", /error: this is not a service model/],
    ["not text", Buffer.from([0xff, 0xfe, 0x41]), /error: this is not UTF-8/],
    [
      "a damaged archive",
      gzipSync(whole).subarray(0, 300),
      /error: the compressed file is damaged, or cut off/,
    ],
    [
      "a missing shape",
      whole.replace('"shape": "Gloss"', '"shape": "Glass"'),
      /:32:18: error: `shapes\/PaintBlockRequest\/members\/Gloss`: there is no shape `Glass` in this model/,
    ],
    [
      "an unknown type",
      whole.replace('"double"', '"triple"'),
      /`shapes\/Gloss\/type`: expected a shape's type here/,
    ],
    [
      "no members",
      whole.replace('"members": {}, "document"', '"document"'),
      /`shapes\/Recipe\/members`: expected an object/,
    ],
    [
      "an odd limit",
      whole.replace('"min": 1, "max": 20', '"min": -1'),
      /`shapes\/Name\/min`: expected a count here/,
    ],
    [
      "an odd enum",
      whole.replace('["red", "deep blue"]', '"red"'),
      /`shapes\/Colour\/enum`: expected a list of texts/,
    ],
    [
      "an odd name",
      whole.replace('"Shake": {', '"../Shake": {'),
      /`operations\/\.\.\/Shake`: this is no operation's name/,
    ],
    [
      "an odd input",
      whole.replace('"PaintBlockRequest" }', '"Text" }'),
      /a request or response has to be a structure/,
    ],
    ["crossed limits", whole.replace('"min": 1, "max": 9', '"min": 10, "max": 9'), /no value is allowed/],
  ];
  it.each(bad)("exits 2 with the error and writes nothing: %s", async (_, content, message) => {
    writeFileSync(join(dir, "bad.json"), content);
    expect(await generate({ pages: [join(dir, "bad.json")], out, service: "toybox" }, io)).toBe(2);
    expect(captured.stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });
});
