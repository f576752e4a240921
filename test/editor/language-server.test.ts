import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import { LanguageServer } from "./language-server.ts";

/** The settings of docs/editors.md, with the path of this checkout. */
function settingsOfThePage(): { yaml: { schemas: Record<string, string | string[]> } } {
  const page = readFileSync(`${ROOT}docs/editors.md`, "utf8");
  const fence = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const { "yaml.schemas": schemas } = JSON.parse(fence) as { "yaml.schemas": Record<string, string[]> };
  const here = Object.entries(schemas).map(([path, globs]) => [
    pathToFileURL(path.replace("./node_modules/countersign/", ROOT)).href,
    globs,
  ]);
  return { yaml: { schemas: Object.fromEntries(here), validate: true, completion: true } as never };
}

const uriOf = (name: string): string => pathToFileURL(`${ROOT}${name}`).href;

describe("the YAML language server with Countersign's schemas", () => {
  const server = new LanguageServer(settingsOfThePage());
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it("marks nothing in a good request", async () => {
    const text = readFileSync(`${ROOT}examples/good/export-results.yaml`, "utf8");
    expect(await server.open(uriOf("requests/good.yaml"), text)).toEqual([]);
  });

  it("marks a value that isn't in an enum", async () => {
    const text =
      "operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT\n  Report: {Enabled: false}\n";
    const marks = await server.open(uriOf("requests/bad.yaml"), text);
    expect(marks.map(({ range }) => [range.start, range.end])).toEqual([
      [
        { line: 3, character: 8 },
        { line: 3, character: 14 },
      ],
    ]);
    expect(marks[0]?.message).toContain("EXPORT_TO_REPOSITORY");
  });

  it("completes operations and the members of the chosen operation's payload", async () => {
    const text =
      "operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  \n";
    await server.open(uriOf("requests/members.yaml"), text);
    const members = await server.complete(uriOf("requests/members.yaml"), 3, 2);
    expect(members).toEqual(expect.arrayContaining(["Type", "Paths", "Report"]));
    expect(members).not.toContain("LocationARN");
    await server.open(uriOf("requests/operations.yaml"), "operation: \n");
    expect(await server.complete(uriOf("requests/operations.yaml"), 0, 11)).toEqual(
      expect.arrayContaining(["fsx:CreateDataRepositoryTask", "storagegateway:StartCacheReport"]),
    );
  });

  it("marks faults in the configuration and in rule files", async () => {
    const config = await server.open(uriOf("countersign.yaml"), "failOn: warning\nstrickt: true\n");
    expect(config.map(({ message, range }) => [message, range.start.line])).toEqual([
      [expect.stringContaining("strickt"), 1],
    ]);
    const rule = await server.open(
      uriOf("policy/rules/own.yaml"),
      "operation: fsx:CreateDataRepositoryTask\nrules:\n  - id: 3\n",
    );
    expect(rule.some(({ range }) => range.start.line === 2)).toBe(true);
  });
});
