import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { CONTEXT_NAMES } from "../../src/context/context.ts";
import { checkContext } from "../../src/context/envelope.ts";
import { readContext } from "../../src/context/load/files.ts";
import { ACCOMPANYING_KEYS, CONTEXT_FORMS } from "../../src/context/load/forms.ts";
import { loadContextSchemas } from "../../src/context/load/schemas.ts";
import { parseText } from "../../src/documents/parse.ts";
import { createContextDirectory } from "./files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/context.md`, "utf8");

/** The page's code blocks by name. */
const BLOCKS = Object.fromEntries(
  [...PAGE.matchAll(/^```\w+ ([\w.-]+)\n([\s\S]*?)^```$/gm)].map(([, name, text]) => [name!, text!]),
);

const readBlock = async (name: string): Promise<never> =>
  (await parseText(name, BLOCKS[name]!)).documents[0]!.value as never;

describe("docs/context.md", () => {
  it("lists every form with its command, in order", () => {
    const table = PAGE.split(/^## /m)[1]!;
    const rows = [...table.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)].map(([, key, from]) => [key, from]);
    expect(rows.map(([key]) => key)).toEqual(CONTEXT_FORMS.map(({ key }) => key));
    for (const { key, command = "written by hand" } of CONTEXT_FORMS) {
      const [, from] = rows.find(([row]) => row === key)!;
      if (from !== "the same") expect(from).toContain(command);
    }
  });

  it("names every context record, and every key that may accompany a form", () => {
    for (const name of [...CONTEXT_NAMES, ...ACCOMPANYING_KEYS]) expect(PAGE).toContain(`\`${name}\``);
  });

  it("shows the records that its example files give its example request", async () => {
    const { "by-hand.yaml": byHand, "reports.json": reports, "share.yaml": share } = BLOCKS;
    const directory = createContextDirectory({
      "by-hand.yaml": byHand,
      "reports.json": reports,
      "share.yaml": share,
    });
    const { store, warnings } = await readContext([directory]);
    const input = await readBlock("request.yaml");
    expect(warnings).toEqual([]);
    expect(checkContext(input, loadContextSchemas)).toEqual([]);
    expect(store.findRecords(input)).toEqual(JSON.parse(BLOCKS.records!));
    expect(store.organization!.serviceControlPolicies!.levels).toHaveLength(2);
  });
});

describe("schemas/countersign/context.json", () => {
  const schema = JSON.parse(readFileSync(`${ROOT}schemas/countersign/context.json`, "utf8"));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  it("has all hand-written keys", () => {
    const keys = CONTEXT_FORMS.filter(({ command }) => !command).map(({ key }) => key);
    expect(Object.keys(schema.properties).sort()).toEqual(["$schema", ...keys].sort());
  });

  it("accepts the example of docs/context.md", async () => {
    expect(validate(await readBlock("by-hand.yaml"))).toBe(true);
  });

  it.each([
    [{}, ""],
    [{ mountPoint: {} }, ""],
    [{ mountPoints: { "/mnt/fsx": "/a" } }, "/mountPoints"],
    [{ buckets: { a: { acount: "x" } } }, "/buckets/a"],
    [{ buckets: { a: { account: 123456789012 } } }, "/buckets/a/account"],
    [{ gateways: { "sgw-1": {} } }, "/gateways"],
    [{ organization: { serviceControlPolicies: [{}] } }, "/organization/serviceControlPolicies/0"],
  ])("rejects %j", (value, place) => {
    expect(validate(value)).toBe(false);
    expect(validate.errors!.map(({ instancePath }) => instancePath)).toContain(place);
  });
});
