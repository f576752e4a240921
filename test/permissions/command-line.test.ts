import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Diagnostic } from "../../src/index.ts";
import { createValidator } from "../../src/index.ts";
import { directory, reportOf, runBuilt, runCli, withoutMissingFacts } from "../cli/run.ts";
import type { World } from "./world.ts";
import { ALICE, allow, contextFilesOf, deny, inlineStatementsOf, OPERATOR, SHARE, world } from "./world.ts";

const EVICT = "storagegateway:EvictFilesFailingUpload";

/** A directory with the context files of a world, and EvictFilesFailingUpload requests. */
function evicting(bend: (w: World) => void, envelopes: object[] = [{}], more: Record<string, string> = {}) {
  const w = world("EvictFilesFailingUpload");
  bend(w);
  const requests = envelopes.map((envelope) => ({ operation: EVICT, request: w.request, ...envelope }));
  const files = Object.entries(contextFilesOf(w)).map(([name, text]) => [`context/${name}`, text]);
  return directory({ ...Object.fromEntries(files), "evict.yaml": stringify({ requests }), ...more });
}

const check = async (cwd: string, ...args: string[]) =>
  reportOf(
    await runCli(["check", "evict.yaml", "--context", "context", "--format", "json", ...args], { cwd }),
  );

const iamOf = (report: { diagnostics: Diagnostic[] }): string[] =>
  report.diagnostics.map(({ code }) => code).filter((code) => code.startsWith("iam/"));

const denied = (w: World): unknown => inlineStatementsOf(w.operator).splice(0, 1);

describe("the caller", () => {
  it("is taken from the request, from --caller or from the configuration, in that order", async () => {
    const config = { "countersign.yaml": `caller: ${OPERATOR}\n` };
    expect(iamOf(await check(evicting(denied), "--caller", OPERATOR))).toEqual(["iam/implicit-deny"]);
    expect(iamOf(await check(evicting(denied, [{}], config)))).toEqual(["iam/implicit-deny"]);
    expect(iamOf(await check(evicting(denied, [{}], config), "--caller", ALICE))).toEqual([]);
    const own = evicting(denied, [{ caller: ALICE }], config);
    expect(iamOf(await check(own, "--caller", OPERATOR))).toEqual([]);
    expect(iamOf(await check(evicting(denied)))).toEqual(["iam/undecided"]);
  });

  it("has to be an ARN in the configuration", async () => {
    const cwd = evicting(denied, [{}], { "countersign.yaml": "caller: StorageOperator\n" });
    const { status, stderr } = await runCli(["check", "evict.yaml"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain("the ARN of a user, a role or a role session");
  });

  it("is an option of createValidator()", () => {
    const cwd = evicting(denied);
    const { validate } = createValidator({ context: join(cwd, "context"), caller: OPERATOR });
    const { outcome, diagnostics } = validate({ operation: EVICT, request: { FileShareARN: SHARE } });
    expect(outcome).toBe("fail");
    const [denial, ...others] = withoutMissingFacts(diagnostics);
    expect([denial, others]).toMatchObject([{ code: "iam/implicit-deny", operation: EVICT }, []]);
    expect(denial).not.toHaveProperty("pointer");
  });
});

describe("permission findings", () => {
  it("point at the deciding statements", async () => {
    const cwd = evicting((w) => inlineStatementsOf(w.operator).push(deny("*", "*", { Sid: "No" })));
    const { diagnostics } = await check(cwd, "--caller", OPERATOR);
    const { line, column, message } = diagnostics[0].related[0];
    expect(diagnostics[0].related).toMatchObject([{ file: "context/iam.json" }]);
    expect(diagnostics[0]?.message).toContain(`(context/iam.json:${line}:${column})`);
    expect(message).toContain("`Deny` statement `No`");
  });

  it("respect configured severities and waivers", async () => {
    const bend = (w: World) => (inlineStatementsOf(w.operator)[0] = allow("storagegateway:*", "*"));
    const rules = (setting: string) => ({
      "countersign.yaml": `caller: ${OPERATOR}\nrules: { ${setting} }\n`,
    });
    const outcome = async (files: Record<string, string>) =>
      withoutMissingFacts<Diagnostic>((await check(evicting(bend, [{}], files))).diagnostics);
    expect(await outcome(rules("iam/over-permissive: error"))).toMatchObject([{ severity: "error" }]);
    expect(await outcome(rules("iam/over-permissive: off"))).toEqual([]);
    const waiver = "waivers: [{ code: iam/over-permissive, reason: they are administrators }]";
    expect(await outcome({ "countersign.yaml": `caller: ${OPERATOR}\n${waiver}\n` })).toMatchObject([
      { status: "waived" },
    ]);
  });

  it.each([
    ["iam/undecided: error", "`iam/undecided` is neither passed nor failed, so that it can only be `off`"],
    ["iam/implict-deny: off", "there is no rule `iam/implict-deny`"],
    ["iam/implicit-deny: { params: { x: 1 } }", "`x` is not a parameter of `iam/implicit-deny`"],
  ])("reject the setting %s", async (setting, message) => {
    const cwd = evicting(denied, [{}], { "countersign.yaml": `rules: { ${setting} }\n` });
    const { status, stderr } = await runCli(["check", "evict.yaml"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it("about policies are reported once a run, at the policy's place", async () => {
    const bend = (w: World) => (inlineStatementsOf(w.operator)[0].Acton = "x");
    const cwd = evicting(bend, [{ caller: OPERATOR }, { caller: OPERATOR }]);
    const { diagnostics, summary } = await check(cwd);
    const malformed = diagnostics.filter(({ code }: Diagnostic) => code === "iam/malformed-policy");
    expect(malformed).toMatchObject([{ file: "context/iam.json", severity: "error", status: "failed" }]);
    expect(malformed[0]).not.toHaveProperty("operation");
    expect(summary.errors).toBe(diagnostics.filter(({ status }: Diagnostic) => status === "failed").length);
    expect(iamOf(await check(evicting(bend, [{ caller: ALICE }])))).toEqual([]);
  });
});

describe("permissions of a rule pack", () => {
  const PACK = `operation: ${EVICT}
permissions:
  - id: audit
    principal: caller
    actions: [storagegateway:DescribeNFSFileShares]
    resource: request.FileShareARN
    at: /FileShareARN
    why: our operators look at the share first
`;

  it("are evaluated like the built-in ones", async () => {
    const cwd = evicting((w) => (w.caller = ALICE), [{ caller: OPERATOR }], { "pack/own.yaml": PACK });
    const diagnostics: Diagnostic[] = withoutMissingFacts((await check(cwd, "--rules", "pack")).diagnostics);
    expect(diagnostics).toMatchObject([{ code: "iam/implicit-deny", pointer: "/FileShareARN" }]);
    expect(diagnostics[0]?.message).toContain("`storagegateway:DescribeNFSFileShares`");
  });

  it("end the run with their place when they are malformed", async () => {
    const wrong = PACK.replace("FileShareARN\n    at", "FileShareArn\n    at");
    const cwd = evicting(() => {}, [{}], { "pack/own.yaml": wrong });
    const { status, stderr } = await runCli(["check", "evict.yaml", "--rules", "pack"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain("pack/own.yaml:6:23");
  });
});

describe("a check without policies", () => {
  /** Prints the path of every file that is opened. */
  const HOOK = `const fs = require("node:fs");
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => { process._rawDebug("LOADED " + path); return openSync(path, ...rest); };`;

  it("loads no code that evaluates policies", () => {
    const cwd = evicting(() => {}, [{ caller: OPERATOR }]);
    writeFileSync(join(cwd, "hook.cjs"), HOOK);
    const env = { NODE_OPTIONS: "--require=./hook.cjs" };
    const loaded = (...args: string[]) =>
      runBuilt(["check", "evict.yaml", ...args], { cwd, env }).stderr.match(/LOADED .*parts\/late-iam/);
    expect(loaded()).toBeNull();
    expect(loaded("--context", "context")).not.toBeNull();
  });
});

describe("malformed IAM details", () => {
  const HOSTILE: [string, (w: World) => void][] = [
    ["a policy without a document", (w) => delete w.operator.RolePolicyList[0].PolicyDocument],
    ["policies without names", (w) => (w.operator.RolePolicyList = [{}])],
    ["attached policies without ARNs", (w) => (w.operator.AttachedManagedPolicies = [{}])],
    ["a policy that isn't JSON", (w) => (w.operator.RolePolicyList[0].PolicyDocument = "{")],
    ["a boundary that is a number", (w) => (w.operator.PermissionsBoundary = 5)],
    [
      "versions without a default",
      (w) => {
        w.operator.AttachedManagedPolicies = [{ PolicyName: "x", PolicyArn: "arn:x" }];
        w.iam.Policies = [{ Arn: "arn:x", PolicyVersionList: [{}] }];
      },
    ],
    [
      "names with control characters and backticks",
      (w) => (w.operator.RolePolicyList[0].PolicyName = "\u001b[31m`x`\n"),
    ],
    ["a trust policy that is null", (w) => (w.writer.AssumeRolePolicyDocument = "null")],
  ];

  it.each(HOSTILE)("give readable messages: %s", async (_name, bend) => {
    const { diagnostics } = await check(evicting(bend, [{ caller: OPERATOR }]));
    for (const { message, help = "" } of diagnostics) {
      expect(`${message}${help}`).not.toMatch(/[\u0000-\u001f]|undefined|\[object/);
    }
  });
});
