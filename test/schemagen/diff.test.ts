// Tests `schema diff`: each kind of change, for requests and for responses.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../src/cli/commands/schema/diff.run.ts";
import { compareSchemas } from "../../src/schemagen/diff/changes.ts";
import { captured, clearOutputBeforeEach, io } from "./printed.ts";

type Schema = Record<string, unknown>;

const object = (properties: Schema, more: Schema = {}): Schema => ({
  type: "object",
  properties,
  additionalProperties: false,
  ...more,
});
const string = { type: "string" };
const list = (items: Schema, more: Schema = {}) => ({ type: "array", items, ...more });
const map = (value: Schema, more: Schema = {}) => ({ type: "object", additionalProperties: value, ...more });

/** Changes of a member `A`: the message, and whether it breaks requests and readers of responses. */
const CHANGES: [old: Schema, now: Schema, said: string, request: boolean, response: boolean][] = [
  [string, { type: "integer" }, "was a string, and is an integer", true, true],
  [{ type: "integer" }, { type: "number" }, "was an integer, and is a number", false, true],
  [{ type: "number" }, { type: "integer" }, "was a number, and is an integer", true, false],
  [map(string), object({}), "was a map with any keys, and is a structure of named members", true, true],
  [string, { "x-aws-type": "document" }, "was a string, and is any JSON value", false, true],
  [{ ...string, enum: ["a", "b"] }, { ...string, enum: ["a"] }, "no longer takes the value `b`", true, false],
  [
    { ...string, enum: ["a"] },
    { ...string, enum: ["a", "b", "c"] },
    "takes the values `b`, `c` too",
    false,
    true,
  ],
  [string, { ...string, enum: ["a"] }, "takes listed values only: `a`", true, false],
  [{ ...string, enum: ["a"] }, string, "takes any value, no longer `a` only", false, true],
  [string, { ...string, maxLength: 1 }, "takes at most 1 character (before: no limit)", true, false],
  [
    { ...string, minLength: 1 },
    { ...string, minLength: 2 },
    "takes at least 2 characters (before: 1 character)",
    true,
    false,
  ],
  [{ ...string, maxLength: 5 }, string, "is no longer limited to at most 5 characters", false, true],
  [
    list(string, { maxItems: 5 }),
    list(string, { maxItems: 9 }),
    "takes at most 9 items (before: 5 items)",
    false,
    true,
  ],
  [
    { type: "integer", minimum: 0 },
    { type: "integer", minimum: 1 },
    "takes at least 1 (before: 0)",
    true,
    false,
  ],
  [string, { ...string, format: "date" }, "has the format `date`", true, false],
  [
    { ...string, format: "date" },
    { ...string, format: "uri" },
    "has the format `uri` (before: `date`)",
    true,
    true,
  ],
  [{ ...string, format: "date" }, string, "no longer has the format `date`", false, true],
  [string, { ...string, pattern: "^a" }, "has the pattern `^a`", true, false],
  [
    { ...string, pattern: "^a" },
    { ...string, pattern: "^b" },
    "has the pattern `^b` (before: `^a`)",
    true,
    true,
  ],
  [{ ...string, pattern: "^a" }, string, "no longer has the pattern `^a`", false, true],
  [
    object({}),
    object({}, { minProperties: 1, maxProperties: 1 }),
    "takes exactly one of its members now",
    true,
    false,
  ],
  [
    object({}, { minProperties: 1, maxProperties: 1 }),
    object({}),
    "no longer takes only one of its members",
    false,
    true,
  ],
  [map(string), map(string, { propertyNames: { enum: ["k"] } }), "takes listed keys only: `k`", true, false],
  [
    map(string),
    map(string, { propertyNames: { maxLength: 3 } }),
    "each key takes at most 3 characters (before: no limit)",
    true,
    false,
  ],
  [
    map(string, { maxProperties: 2 }),
    map(string, { maxProperties: 1 }),
    "takes at most 1 entry (before: 2 entries)",
    true,
    false,
  ],
  [string, { ...string, "x-autopopulated": true }, "is filled in by the SDKs now", false, false],
  [
    { type: "integer", default: 1 },
    { type: "integer", default: 2 },
    "has the default `2` (before: `1`)",
    false,
    false,
  ],
  [string, { ...string, "x-documented-values": ["v"] }, "has the documented values `v`", false, false],
];

describe("comparing two schemas", () => {
  it.each(CHANGES)("reports a change from %j to %j", (old, now, message, request, response) => {
    const [before, after] = [object({ A: old }), object({ A: now })];
    expect(compareSchemas(before, after, "request")).toEqual([{ pointer: "/A", message, breaking: request }]);
    expect(compareSchemas(before, after, "response")).toEqual([
      { pointer: "/A", message, breaking: response },
    ]);
    expect(compareSchemas(before, before, "request")).toEqual([]);
  });

  it.each<[string, Schema, Schema, string[]]>([
    ["a new member", object({}), object({ A: string }), ["is new"]],
    [
      "a new required member",
      object({}),
      object({ A: string }, { required: ["A"] }),
      ["! is new, and required"],
    ],
    ["a member that is gone", object({ A: string }), object({}), ["! is gone"]],
    [
      "a member that became required",
      object({ A: string }),
      object({ A: string }, { required: ["A"] }),
      ["! has become required"],
    ],
    [
      "a member no longer required",
      object({ A: string }, { required: ["A"] }),
      object({ A: string }),
      ["is no longer required"],
    ],
    [
      "a member that is filled in",
      object({ A: string }),
      object({}, { patternProperties: { "^A$": string } }),
      [],
    ],
    [
      "other words",
      object({ A: { ...string, description: "x" } }),
      object({ A: string }, { title: "y" }),
      [],
    ],
  ])("reports what it finds for %s", (_, old, now, expected) => {
    const found = compareSchemas(old, now, "request");
    expect(found.map(({ message, breaking }) => `${breaking ? "! " : ""}${message}`)).toEqual(expected);
  });

  it("reports a change inside of lists, maps and recursive shapes once", () => {
    const recursive = (leaf: Schema) =>
      object(
        { Filter: { $ref: "#/definitions/Filter" } },
        { definitions: { Filter: object({ Not: { $ref: "#/definitions/Filter" }, Tags: list(map(leaf)) }) } },
      );
    expect(compareSchemas(recursive(string), recursive({ ...string, maxLength: 2 }), "request")).toEqual([
      {
        pointer: "/Filter/Tags/*/*",
        message: "takes at most 2 characters (before: no limit)",
        breaking: true,
      },
    ]);
  });

  it("finds no difference between an inline schema and a reference to it", () => {
    const inline = object({ Filter: object({ Key: string }) });
    const shared = object(
      { Filter: { $ref: "#/definitions/Filter" } },
      { definitions: { Filter: object({ Key: string }) } },
    );
    expect(compareSchemas(inline, shared, "request")).toEqual([]);
  });

  it("survives excessive nesting and circular references", () => {
    const deep = () => Array.from({ length: 5000 }).reduce<Schema>((inner) => list(inner), string);
    const [change] = compareSchemas(deep(), deep(), "request");
    expect(change!.message).toBe("is nested too deep to be compared");
    expect(compareSchemas({ $ref: "#" }, { $ref: "#/nowhere/%" }, "request")).toEqual([]);
  });
});

describe("schema diff", () => {
  let dir: string;
  clearOutputBeforeEach();
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "diff-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const write = (name: string, content: unknown) => {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };

  it("compares two files", async () => {
    const old = write("a.json", object({ A: string, B: string }, { title: "toybox:Play request" }));
    const now = write(
      "b.json",
      object({ B: { ...string, maxLength: 9 }, C: string }, { title: "toybox:Play request" }),
    );
    expect(await run({ old, new: now }, io)).toBe(1);
    expect(captured.stdout).toBe(
      "toybox:Play request\n" +
        "  breaking  `/A` is gone\n" +
        "  breaking  `/B` takes at most 9 characters (before: no limit)\n" +
        "            `/C` is new\n\n" +
        "3 changes in 1 of 1 schema, 2 breaking\n",
    );
  });

  it("compares two directories, also as JSON", async () => {
    write("old/toybox/Play.request.json", object({ A: string }));
    write("old/toybox/Rest.request.json", object({}));
    write("new/toybox/Play.request.json", object({ A: string, B: string }));
    write("new/toybox/Play.response.json", object({}));
    const [old, now] = [join(dir, "old"), join(dir, "new")];
    expect(await run({ old, new: now, format: "json" }, io)).toBe(1);
    expect(JSON.parse(captured.stdout)).toEqual({
      version: 1,
      outcome: "breaking",
      summary: { schemas: 3, changes: 3, breaking: 1 },
      changes: [
        { operation: "toybox:Play", part: "request", pointer: "/B", message: "is new", breaking: false },
        { operation: "toybox:Play", part: "response", pointer: "", message: "is new", breaking: false },
        { operation: "toybox:Rest", part: "request", pointer: "", message: "is gone", breaking: true },
      ],
    });
    rmSync(join(old, "toybox/Rest.request.json"));
    expect(await run({ old, new: now }, io)).toBe(0);
    captured.stdout = "";
    expect(await run({ old: now, new: now }, io)).toBe(0);
    expect(captured.stdout).toBe("no difference in 2 schemas\n");
  });

  it("exits 2 when the arguments can't be compared", async () => {
    const file = write("a.json", "{}");
    const list = write("list.json", "[]");
    const cut = write("cut.json", "{");
    mkdirSync(join(dir, "empty"));
    for (const [old, now, message] of [
      [file, dir, "this is a file, the other a directory"],
      [file, join(dir, "none"), "there is no such file or directory"],
      [file, list, "this is not a schema, but some other JSON value"],
      [cut, file, "this is not JSON"],
      [join(dir, "empty"), dir, "there is no schema in this directory"],
    ] as const) {
      captured.stderr = "";
      expect(await run({ old, new: now }, io)).toBe(2);
      expect(captured.stderr).toContain(`error: ${message}\n`);
    }
  });
});
