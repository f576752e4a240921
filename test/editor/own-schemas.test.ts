import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FORMATS } from "../../src/schema/formats.ts";
import { ROOT, runCli } from "../cli/run.ts";

const schema = (name: string) =>
  new Ajv({ strict: false, allErrors: true, formats: FORMATS }).compile(
    JSON.parse(readFileSync(join(ROOT, "schemas/countersign", `${name}.json`), "utf8")),
  );

describe("the schemas of Countersign's own formats", () => {
  const rules = readdirSync(join(ROOT, "rules"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".yaml"),
  );

  it.each(rules)("accept rules/%s as a rule file", (name) => {
    const validate = schema("rules");
    validate(parse(readFileSync(join(ROOT, "rules", name), "utf8")));
    expect(validate.errors).toBeNull();
  });

  it("reject a misspelt key in a rule file", () => {
    const validate = schema("rules");
    expect(validate({ operation: "*", rules: [{ id: "a/b", asert: "true" }] })).toBe(false);
    expect(validate.errors!.map((error) => error.params.additionalProperty).filter(Boolean)).toEqual([
      "asert",
    ]);
  });

  it("accept the report that is printed", async () => {
    const validate = schema("report");
    const report = JSON.parse((await runCli(["check", "examples", "--format", "json"])).stdout);
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.diagnostics.length).toBeGreaterThan(10);
    expect(validate({ ...report, outcome: "maybe" })).toBe(false);
  });

  it("accept the configuration in docs/config.md", () => {
    const text = /```yaml countersign\.yaml\n([\s\S]*?)```/.exec(
      readFileSync(join(ROOT, "docs/config.md"), "utf8"),
    )![1]!;
    const validate = schema("config");
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });
});
