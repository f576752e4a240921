import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import type { PolicySource } from "../../src/run/outer-policy.ts";
import { directory } from "../cli/run.ts";
import { connectInProcess, textOf } from "./client.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const EVICT = `aws storagegateway evict-files-failing-upload --file-share-arn ${SHARE}`;
const TASK = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["dir1"],
  Report: { Enabled: false },
};
const BROKEN = `operation: fsx:CreateDataRepositoryTask\nrequest: ${JSON.stringify({ ...TASK, Type: "EXPORT" })}\n`;
const SECRET = "aws_secret_access_key = wJalrXUtnFEMI";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function connect(files: Record<string, string | Uint8Array> = {}, policy: PolicySource = {}) {
  const root = directory(files);
  const connected = await connectInProcess(root, policy);
  closing.push(connected.close);
  return { root, ...connected };
}

interface Checked {
  outcome: string;
  requests: { file: string; operation: string }[];
  diagnostics: { code: string; file: string; message: string }[];
  omitted: { requests: number; diagnostics: number };
  warnings: string[];
}

const checkedOf = ({ structuredContent }: CallToolResult) => structuredContent as unknown as Checked;
const codesOf = (answer: CallToolResult): string[] => checkedOf(answer).diagnostics.map(({ code }) => code);

describe("countersign mcp", () => {
  it("lists four tools that only read, each with a schema of its answer", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["check", "explain", "context_plan", "schema"]);
    for (const { annotations, outputSchema, inputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(outputSchema?.type).toBe("object");
      expect(inputSchema.additionalProperties).toBe(false);
    }
  });

  it("checks files below the root, with the same findings in words and as data", async () => {
    const { call } = await connect({ "requests/a.yaml": BROKEN });
    for (const paths of [["."], ["requests"], ["requests/a.yaml"], ["requests/*.yaml"], ["./requests/"]]) {
      const answer = await call("check", { paths });
      expect(checkedOf(answer).outcome).toBe("fail");
      expect(codesOf(answer)).toContain("schema/enum");
      expect(JSON.parse(textOf(answer))).toEqual(answer.structuredContent);
    }
  });

  it("checks a text as the file that its name says", async () => {
    const { call } = await connect();
    const script = await call("check", { text: `${EVICT} --force-remove\n`, name: "command.sh" });
    expect(checkedOf(script).requests).toMatchObject([
      { file: "command.sh", operation: "storagegateway:EvictFilesFailingUpload" },
    ]);
    expect(codesOf(script)).toContain("storagegateway/force-remove-justified");
    const bare = await call("check", {
      text: JSON.stringify({ ...TASK, Type: "EXPORT" }),
      name: "task.json",
      operation: "fsx:CreateDataRepositoryTask",
    });
    expect(codesOf(bare)).toContain("schema/enum");
  });

  it("never passes where nothing was found", async () => {
    const { call } = await connect({ "a.yaml": "x: 1\n" });
    for (const given of [
      { paths: ["."] },
      { paths: ["a.yaml"] },
      { paths: ["none.yaml"] },
      { text: "hello", name: "command.sh" },
    ])
      expect(checkedOf(await call("check", given)).outcome).toBe("fail");
    expect(textOf(await call("check", { paths: ["*.none"] }))).toContain("no file was found in `*.none`");
  });

  it("plans how to gather facts, and runs nothing", async () => {
    const { call } = await connect();
    const planned = await call("context_plan", { text: EVICT, name: "command.sh" });
    expect(planned.structuredContent).toMatchObject({ needed: true, byHand: [] });
    expect(planned.structuredContent?.script).toContain("describe-nfs-file-shares");
    const none = await call("context_plan", { text: "echo", name: "command.sh" });
    expect(none.structuredContent).toMatchObject({ needed: false, undecided: 0, script: "" });
  });

  it("explains codes and rules", async () => {
    const { call } = await connect();
    expect((await call("explain", { code: "schema/enum" })).structuredContent).toMatchObject({
      kind: "code",
      severity: "error",
    });
    expect((await call("explain", { code: "fsx/paths-linked" })).structuredContent).toMatchObject({
      kind: "rule",
      severity: "error",
    });
    const mistyped = await call("explain", { code: "fsx/paths-link" });
    expect(mistyped.isError).toBe(true);
    expect(textOf(mistyped)).toContain("did you mean `fsx/paths-linked`?");
  });

  it("shows schemas", async () => {
    const { call } = await connect();
    const { operations } = (await call("schema")).structuredContent as { operations: string[] };
    expect(operations).toContain("fsx:CreateDataRepositoryTask");
    const shown = await call("schema", { operation: "fsx:CreateDataRepositoryTask" });
    expect(shown.structuredContent).toMatchObject({ schema: { properties: { Paths: {} } } });
    expect(textOf(await call("schema", { operation: "fsx:CreateDataRepositoryTasks" }))).toContain("error: ");
  });
});

describe("the root of countersign mcp", () => {
  it.each([
    ["an absolute path", "/etc/passwd"],
    ["a path upwards", "../outside.yaml"],
    ["a path that goes up inside", "a/../../outside.yaml"],
    ["a backslash", "..\\outside.yaml"],
    ["a drive", "C:/outside.yaml"],
    ["standard input", "-"],
    ["nothing", ""],
    ["a zero byte", "a\0b"],
  ])("refuses %s", async (_name, path) => {
    const { call } = await connect();
    for (const tool of ["check", "context_plan"]) {
      const answer = await call(tool, { paths: [path] });
      expect(answer.isError).toBe(true);
      expect(textOf(answer)).toMatch(/^error: .*(?:is not below the root|is no path)/);
      const named = await call(tool, { text: EVICT, name: path });
      expect(named.isError).toBe(true);
    }
  });

  it("follows no link out of it", async () => {
    const outside = directory({ "a.yaml": BROKEN, "sub/b.yaml": BROKEN });
    const { root, call } = await connect({ "c.yaml": BROKEN });
    symlinkSync(join(outside, "a.yaml"), join(root, "link.yaml"));
    symlinkSync(join(outside, "sub"), join(root, "dir"));
    symlinkSync("c.yaml", join(root, "inside.yaml"));
    for (const path of ["link.yaml", "dir", "dir/b.yaml", "dir/*.yaml"])
      expect(textOf(await call("check", { paths: [path] }))).toContain("leads out of the root");
    const all = await call("check", { paths: ["."] });
    expect(checkedOf(all).requests.map(({ file }) => file)).toEqual(["c.yaml", "inside.yaml"]);
  });

  it("reads no file from outside that a text names", async () => {
    const outside = directory({ "task.json": SECRET });
    const { root, call } = await connect({ "task.json": JSON.stringify({ ...TASK, Type: "EXPORT" }) });
    symlinkSync(join(outside, "task.json"), join(root, "link.json"));
    const check = async (name: string) =>
      call("check", {
        text: `aws fsx create-data-repository-task --cli-input-json file://${name}\n`,
        name: "command.sh",
      });
    expect(codesOf(await check("task.json"))).toContain("schema/enum");
    for (const name of [
      join(outside, "task.json"),
      "link.json",
      `../${outside.split("/").at(-1)}/task.json`,
    ]) {
      const answer = await check(name);
      expect(checkedOf(answer).outcome).not.toBe("pass");
      expect(textOf(answer)).not.toContain("wJalr");
    }
  });

  it("reads nothing above it, although the repository's root is", async () => {
    const repository = directory({ "task.json": SECRET, "sub/a.sh": "" });
    mkdirSync(join(repository, ".git"));
    const { call, close } = await connectInProcess(join(repository, "sub"));
    closing.push(close);
    const answer = await call("check", {
      text: "cd .. && aws fsx create-data-repository-task --cli-input-json file://task.json\n",
      name: "a.sh",
    });
    expect(checkedOf(answer).outcome).not.toBe("pass");
    expect(textOf(answer)).not.toContain("wJalr");
  });

  it("doesn't wait for a named pipe", async () => {
    const { root, call } = await connect();
    spawnSync("mkfifo", [join(root, "pipe.yaml"), join(root, "pipe.json")]);
    expect(codesOf(await call("check", { paths: ["pipe.yaml"] }))).toEqual(["document/unreadable"]);
    const named = await call("check", {
      text: "aws fsx create-data-repository-task --cli-input-json file://pipe.json\n",
      name: "command.sh",
    });
    expect(checkedOf(named).outcome).not.toBe("pass");
  });
});

describe("the policy of countersign mcp", () => {
  const OFF = "rules: { fsx/export-paths-relative: off }\n";
  const WRONG = `operation: fsx:CreateDataRepositoryTask\nrequest: ${JSON.stringify({ ...TASK, Paths: ["s3://b/x"] })}\n`;

  it("is not that of the directory, which its caller may write", async () => {
    const { call } = await connect({ "countersign.yaml": OFF, "a.yaml": WRONG });
    expect(codesOf(await call("check", { paths: ["a.yaml"] }))).toContain("fsx/export-paths-relative");
  });

  it("is that of the server's command line", async () => {
    const config = join(directory({ "countersign.yaml": OFF }), "countersign.yaml");
    const { call } = await connect({ "a.yaml": WRONG }, { config });
    expect(codesOf(await call("check", { paths: ["a.yaml"] }))).not.toContain("fsx/export-paths-relative");
  });

  it("comes with a commit", async () => {
    const { root, call } = await connect(
      { "countersign.yaml": "rules: {}\n", "a.yaml": WRONG },
      { policyFrom: "HEAD" },
    );
    const git = (...words: string[]) =>
      spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: root });
    git("init");
    git("add", ".");
    git("commit", "-m", "policy");
    writeFileSync(join(root, "countersign.yaml"), OFF);
    expect(codesOf(await call("check", { paths: ["a.yaml"] }))).toContain("fsx/export-paths-relative");
    expect((await call("explain", { code: "fsx/paths-linked" })).isError).toBeUndefined();
  });

  it.each(["config", "rules", "rulePacks", "schemas", "policy_from", "root", "context", "baseline"])(
    "can't be given with a call: `%s`",
    async (name) => {
      const { call } = await connect({ "countersign.yaml": OFF, "a.yaml": WRONG });
      const answer = await call("check", { paths: ["a.yaml"], [name]: "countersign.yaml" });
      expect(answer.isError).toBe(true);
      expect(textOf(answer)).toContain(`\`${name}\` is no argument: the policy is that of the server`);
    },
  );
});

describe("hostile arguments of countersign mcp", () => {
  it.each([
    ["no target", "check", {}, "one of `paths` and `text` is wanted"],
    ["two targets", "check", { paths: ["a"], text: "b", name: "c" }, "one of `paths` and `text` is wanted"],
    ["a text without a name", "check", { text: "a" }, "the argument `name` is missing"],
    ["a name without a text", "check", { paths: ["a"], name: "b" }, "`name` belongs to `text`"],
    ["a number", "check", { text: 1, name: "a.sh" }, "`text` is not a string"],
    ["null", "check", { paths: null }, "`paths` is not a list"],
    ["an object", "check", { paths: { 0: "a" } }, "`paths` is not a list"],
    ["a list of numbers", "check", { paths: [1] }, "item 0 of `paths` is not a string"],
    ["an empty list", "check", { paths: [] }, "`paths` has 0 items"],
    ["a long list", "check", { paths: Array(2000).fill("a") }, "`paths` has 2000 items"],
    ["a long path", "check", { paths: ["a".repeat(5000)] }, "item 0 of `paths` has 5000 characters"],
    ["a large text", "check", { text: "a".repeat(2 << 20), name: "a.sh" }, "`text` has 2097152 characters"],
    ["binary", "check", { text: "\x7fELF\0\0", name: "a.sh" }, "the text of `a.sh` is binary"],
    ["an unknown argument", "check", { path: ["a"] }, "did you mean `paths`?"],
    [
      "a prototype",
      "check",
      JSON.parse('{"__proto__": {"paths": ["a"]}, "constructor": 1}'),
      "is no argument",
    ],
    ["no code", "explain", {}, "the argument `code` is missing"],
    ["a code of a prototype", "explain", { code: "__proto__" }, "there is no code `__proto__`"],
    ["a code with a path", "explain", { code: "../../package" }, "there is no code `../../package`"],
    ["an operation that is none", "schema", { operation: "../x" }, "error: "],
    ["an unknown operation", "check", { text: "{}", name: "a.json", operation: "a:B" }, "error: "],
    ["an unknown tool", "run", {}, "there is no tool `run`"],
  ])("get a clear error: %s", async (_name, tool, given, message) => {
    const { call } = await connect();
    const answer = await call(tool, given);
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toMatch(/^error: /);
    expect(textOf(answer)).toContain(message);
    expect(textOf(answer)).not.toContain("fault of countersign");
  });

  it("can't make an answer endless", async () => {
    const { call } = await connect();
    const text = Array(700).fill(BROKEN).join("---\n");
    const { diagnostics, omitted } = checkedOf(await call("check", { text, name: "a.yaml" }));
    expect(diagnostics).toHaveLength(500);
    expect(omitted.diagnostics).toBeGreaterThan(0);
  });

  it("are refused where a file is binary", async () => {
    const { call } = await connect({ "a.yaml": new Uint8Array([0xff, 0xfe, 0, 1, 2]) });
    expect(codesOf(await call("check", { paths: ["a.yaml"] }))).toEqual(["document/encoding"]);
  });
});
