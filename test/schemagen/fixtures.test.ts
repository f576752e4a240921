// Compares the schemas of each page in fixtures/ with the file next to it. Set UPDATE_FIXTURES=1 to rewrite
// those files.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { generateFromPage } from "../../src/schemagen/index.ts";
import { REAL_PAGES } from "./real-pages.ts";

const DIR = join(import.meta.dirname, "fixtures");
const pages = readdirSync(DIR).filter((name) => name.endsWith(".rst"));

describe("generateFromPage()", () => {
  it.each(pages)("generates the expected schemas for the fixture %s", (name) => {
    const generated = generateFromPage(readFileSync(join(DIR, name), "utf8"), name);
    const path = join(DIR, name.replace(".rst", ".json"));
    if (process.env.UPDATE_FIXTURES) writeFileSync(path, `${JSON.stringify(generated, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(generated))).toEqual(JSON.parse(readFileSync(path, "utf8")));
    const ajv = new Ajv({ strict: false, allowUnionTypes: true });
    for (const part of [generated.request, generated.response]) if (part) ajv.compile(part);
  });
});

describe.skipIf(!existsSync(REAL_PAGES))("generateFromPage() on real pages outside of the repository", () => {
  const real = existsSync(REAL_PAGES)
    ? readdirSync(REAL_PAGES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rst"))
    : [];
  it.each(real)("generates both schemas for %s without notes", (name) => {
    const generated = generateFromPage(readFileSync(join(REAL_PAGES, name), "utf8"), name);
    expect(generated.request).toBeDefined();
    expect(generated.response).toBeDefined();
    expect(generated.notes).toEqual([]);
  });
});
