import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { createValidator } from "../../src/index.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";
import type { World } from "./world.ts";
import {
  addBoundary,
  allow,
  BUCKET,
  contextFilesOf,
  deny,
  diagnose,
  encryptWithKey,
  FILE_SYSTEM,
  inlineStatementsOf,
  policy,
  setPolicy,
  setTrustPolicy,
  WRITER,
  withEveryone,
  world,
} from "./world.ts";

const only = (operation: string, bend: (w: World) => unknown): Diagnostic => {
  const [first, ...others] = diagnose(operation, (w) => void bend(w));
  expect(others.map(({ code }) => code)).toEqual([]);
  return first!;
};

const start = (bend: (w: World) => unknown) => only("StartCacheReport", bend);

describe("help of a permission finding", () => {
  it("names the policy that limits the grant", () => {
    const { help } = start((w) => addBoundary(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`))));
    expect(help).toMatch(/^add to the permissions boundary: /);
  });

  it("mentions a Deny that removes another part", () => {
    const { help } = start((w) => {
      inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`;
      inlineStatementsOf(w.writer).push(deny("s3:*", `${BUCKET}/locked/*`));
    });
    expect(help).toContain("a `Deny` takes a part away as well");
  });

  it("asks only for the key policy when that is sufficient", () => {
    const { help } = start((w) =>
      encryptWithKey(w, [allow("kms:*", "*", { Principal: { AWS: `${WRITER}s` } })], false),
    );
    expect(help).toMatch(/^add to the key's policy: [^;]*$/);
  });

  it("names the principal to grant access to instead of everyone", () => {
    const { code, help } = start((w) => setPolicy(w, withEveryone(allow("s3:*", `${BUCKET}/*`))));
    expect(code).toBe("iam/over-permissive");
    expect(help).toContain(`{"AWS":"${WRITER}"}`);
  });

  it("doesn't ask for a condition key that only the service sends", () => {
    const { help } = start((w) => setTrustPolicy(w.writer, { StringEquals: { "sts:ExternalId": "x" } }));
    expect(help).not.toContain("conditionKeys");
    expect(help).toContain("leave the condition out");
  });

  it("suggests a replacement for NotPrincipal", () => {
    const names = { NotPrincipal: { AWS: [WRITER, WRITER.replace(/role.*/, "root")] } };
    expect(start((w) => setPolicy(w, deny("s3:*", `${BUCKET}/*`, names))).help).toContain("aws:PrincipalArn");
  });

  it("explains patterns in StringEquals rather than share ARNs", () => {
    const gateways = { "aws:SourceArn": "arn:aws:storagegateway:eu-west-1:123456789012:gateway/*" };
    const { help } = start((w) => setTrustPolicy(w.writer, { StringEquals: gateways }));
    expect(help).toMatch(/^`StringEquals` takes `\*` literally/);
  });

  it("explains account ids that YAML read as numbers", () => {
    const zero = "012345678901";
    const { help } = start((w) => {
      setTrustPolicy(w.writer, { StringEquals: { "aws:SourceAccount": Number(zero) } });
      Object.assign(w, JSON.parse(JSON.stringify(w).replaceAll("123456789012", zero)));
    });
    expect(help).toMatch(/^the account `12345678901` has lost its leading zeros/);
  });

  it("asks for tags that are placeholders", () => {
    const condition = { StringEquals: { "aws:RequestTag/team": "a" } };
    const help = (tags: unknown) =>
      start((w) => {
        w.request.Tags = tags;
        inlineStatementsOf(w.operator)[0].Condition = condition;
      }).help;
    expect(help("${TAGS}")).toContain("check the request again");
    expect(help([{ Key: "${KEY}", Value: "a" }])).toContain("check the request again");
  });
});

describe("findings that depend on conditions", () => {
  it("name the met conditions of a Deny", () => {
    const condition = { Condition: { Null: { "aws:RequestTag/CostCenter": "true" } } };
    const { code, help } = start((w) =>
      inlineStatementsOf(w.operator).push(deny("storagegateway:*", "*", condition)),
    );
    expect(code).toBe("iam/explicit-deny");
    expect(help).toMatch(/; it applies because `Null aws:RequestTag\/CostCenter` is met$/);
  });

  it("are undecided for a duplicate tag", () => {
    const found = diagnose("StartCacheReport", (w) => {
      w.request.Tags = ["a", "b"].map((Value) => ({ Key: "team", Value }));
      inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/team": "a" } };
    });
    expect(found).toMatchObject([{ code: "iam/undecided", status: "undecided" }]);
    expect(found[0]!.message).toContain("several values");
  });
});

describe("message of a permission finding", () => {
  it("names only the unguarded statement of a trust policy", () => {
    const { message, related } = start((w) =>
      w.writer.AssumeRolePolicyDocument.Statement.push({
        Sid: "Open",
        Effect: "Allow",
        Principal: { Service: "storagegateway.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    );
    expect(message).toContain("`Allow` statement `Open`");
    expect(related).toHaveLength(1);
  });

  it("names no near miss on an unrelated resource", () => {
    const { message } = only("CreateDataRepositoryTask", (w) => {
      inlineStatementsOf(w.operator)[2].Resource = FILE_SYSTEM.replace("0123", "9999");
      inlineStatementsOf(w.operator)[2].Condition = { StringEquals: { "aws:RequestTag/a": "x" } };
    });
    expect(message).not.toContain("asks for");
  });

  it("introduces examples as such", () => {
    const { message } = start((w) => inlineStatementsOf(w.writer).push(deny("s3:*", `${BUCKET}/locked/*`)));
    expect(message).toContain(`for example on \`${BUCKET}/x\`, and not on \`${BUCKET}/locked/x\``);
  });
});

describe("createValidator()", () => {
  it.each<[string, (w: World) => unknown]>([
    ["no findings", () => {}],
    ["denials", (w) => inlineStatementsOf(w.operator).splice(0)],
    ["a partial grant", (w) => addBoundary(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`)))],
    [
      "an undecided finding",
      (w) => {
        w.bucket = undefined;
        inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`;
      },
    ],
    ["warnings", (w) => setTrustPolicy(w.writer)],
  ])("reports the same findings as the command line: %s", async (_name, bend) => {
    const w = world("StartCacheReport");
    bend(w);
    const files = Object.entries(contextFilesOf(w)).map(([name, text]) => [`context/${name}`, text]);
    const { caller, request } = w;
    const input = { operation: "storagegateway:StartCacheReport", caller, request };
    const cwd = directory({ ...Object.fromEntries(files), "request.json": JSON.stringify(input) });
    const report = reportOf(
      await runCli(["check", "request.json", "--context", "context", "--format", "json"], { cwd }),
    );
    const { outcome, diagnostics } = createValidator({ context: join(cwd, "context") }).validate(
      input as never,
    );
    const text = (all: readonly Diagnostic[]) =>
      all
        .map(({ code, status, severity, message, help, pointer }) =>
          [code, status, severity, pointer, message.replaceAll(`${cwd}/`, ""), help].join("\n"),
        )
        .sort();
    expect(text(diagnostics)).toEqual(text(report.diagnostics));
    expect(outcome).toBe(report.outcome);
  });
});
