import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "./run.ts";

const PACK = `operation: fsx:CreateDataRepositoryTask
rules:
  - id: acme/one-path
    severity: error
    at: /Paths
    assert: size(orElse(request.Paths, [])) <= 1
    message: more than one path
    why: the lab's tasks are small
    examples:
      pass: [{ request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Paths: [a], Report: { Enabled: false } } }]
      fail: [{ request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Paths: [a, b], Report: { Enabled: false } } }]
`;
const CONFIG = `rulePacks: [packs]
rules:
  acme/one-path: warning
  fsx/paths-no-comma: off
`;
const repository = (): string => directory({ "countersign.yaml": CONFIG, "packs/acme.yaml": PACK });

describe("commands that read the configuration", () => {
  it("list its packs' rules, with the severities that it sets", async () => {
    const { stdout } = await runCli(["rules", "list"], { cwd: repository() });
    expect(stdout).toMatch(/^acme\/one-path +warning/m);
    expect(stdout).toMatch(/^fsx\/paths-no-comma +off/m);
    const without = await runCli(["rules", "list", "--no-config"], { cwd: repository() });
    expect(without.stdout).not.toContain("acme/");
  });

  it("show such a rule, and what the configuration says of it", async () => {
    const { status, stdout } = await runCli(["rules", "show", "acme/one-path"], { cwd: repository() });
    expect(status).toBe(0);
    expect(stdout).toContain("The lab's tasks are small");
    expect(stdout).toContain('in the configuration: {"severity":"warning"}');
  });

  it("explain such a rule", async () => {
    const { status, stdout } = await runCli(["explain", "acme/one-path"], { cwd: repository() });
    expect(status).toBe(0);
    expect(stdout).toContain("acme/one-path");
    expect((await runCli(["explain", "acme/one-pat"], { cwd: repository() })).stderr).toContain(
      "did you mean `acme/one-path`",
    );
  });

  it("test its packs", async () => {
    const { stdout } = await runCli(["rules", "test"], { cwd: repository() });
    expect(stdout).toContain("1 rule, 2 examples: all came out as they say");
  });

  it("show its schemas", async () => {
    const cwd = directory({ "countersign.yaml": "schemas: [more]\n" });
    mkdirSync(join(cwd, "more/toy"), { recursive: true });
    writeFileSync(join(cwd, "more/toy/Run.request.json"), JSON.stringify({ type: "object", title: "toy" }));
    expect((await runCli(["schema", "list"], { cwd })).stdout).toContain("toy:Run");
    expect((await runCli(["schema", "show", "toy:Run"], { cwd })).stdout).toContain('"title": "toy"');
    expect((await runCli(["schema", "show", "toy:Run", "--no-config"], { cwd })).status).toBe(2);
  });
});

describe("schema generate --operation", () => {
  it.each(["sfn:StartExecution", "states:StartExecution", "stepfunctions:StartExecution"])(
    "takes %s for an operation of stepfunctions",
    async (operation) => {
      const cwd = directory({});
      const pages = join(ROOT, "test/schemagen");
      const { status, stderr } = await runCli(
        ["schema", "generate", pages, "--operation", operation, "--out", "out"],
        { cwd },
      );
      expect(status).toBe(2);
      expect(stderr).toContain("`stepfunctions");
    },
  );
});
