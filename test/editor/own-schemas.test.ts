import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FORMATS } from "../../src/schema/formats.ts";
import { ROOT, run } from "../cli/run.ts";

const schema = (name: string) =>
  new Ajv({ strict: false, allErrors: true, formats: FORMATS }).compile(
    JSON.parse(readFileSync(join(ROOT, "schemas/countersign", `${name}.json`), "utf8")),
  );

describe("the schemas of our own formats", () => {
  const rules = readdirSync(join(ROOT, "rules"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".yaml"),
  );

  it.each(rules)("rules.json fits rules/%s", (name) => {
    const validate = schema("rules");
    validate(parse(readFileSync(join(ROOT, "rules", name), "utf8")));
    expect(validate.errors).toBeNull();
  });

  it("rules.json marks a misspelt key", () => {
    const validate = schema("rules");
    expect(validate({ operation: "*", rules: [{ id: "a/b", asert: "true" }] })).toBe(false);
    expect(validate.errors!.map((error) => error.params.additionalProperty).filter(Boolean)).toEqual([
      "asert",
    ]);
  });

  it("report.json fits what is printed", () => {
    const validate = schema("report");
    const report = JSON.parse(run(["check", "examples", "--format", "json"]).stdout);
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.diagnostics.length).toBeGreaterThan(10);
    expect(validate({ ...report, outcome: "maybe" })).toBe(false);
  });

  it("config.json fits the example of its page", () => {
    const text = /```yaml countersign\.yaml\n([\s\S]*?)```/.exec(
      readFileSync(join(ROOT, "docs/config.md"), "utf8"),
    )![1]!;
    const validate = schema("config");
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });
});
