import { afterEach, describe, expect, it, vi } from "vitest";
import type { SimulationQuery } from "../../src/iam/aws/index.ts";
import { openLiveClient } from "../../src/iam/aws/index.ts";
import { environment, ROLE } from "./account.ts";
import type { Handler, Server, Xml } from "./server.ts";
import { fault, result, serve } from "./server.ts";

let server: Server | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
});

async function ask(handler: Handler, ...queries: SimulationQuery[]) {
  server = await serve({ SimulatePrincipalPolicy: handler });
  for (const [name, value] of Object.entries(environment(server.url))) vi.stubEnv(name, value);
  const live = await openLiveClient({ sleep: async () => {}, random: () => 0 });
  try {
    return await live.simulate(queries);
  } finally {
    live.close();
  }
}

/** The items of a list parameter in a call, in order. */
const itemsOf = (call: URLSearchParams, name: string): string[] =>
  [...call].filter(([key]) => new RegExp(`^${name}\\.member\\.\\d+$`).test(key)).map(([, value]) => value);

const results = (...EvaluationResults: Xml[]) =>
  result("SimulatePrincipalPolicy", { EvaluationResults, IsTruncated: false });

const one = (
  action: string,
  resource: string,
  decision: string,
  more: { [name: string]: Xml } = {},
): Xml => ({
  EvalActionName: action,
  EvalResourceName: resource,
  EvalDecision: decision,
  ...more,
});

/** Allows resources with an even number, in the newer form of answer: one result per action. */
const evens: Handler = (input) => {
  const verdict = (arn: string) => (/[13579]$/.test(arn) ? "implicitDeny" : "allowed");
  const arns = itemsOf(input, "ResourceArns");
  return results(
    ...itemsOf(input, "ActionNames").map((action) =>
      one(action, "arn:aws:s3:::${BucketName}/${ObjectName}", "implicitDeny", {
        ResourceSpecificResults: arns.map((arn) => ({
          EvalResourceName: arn,
          EvalResourceDecision: verdict(arn),
          MissingContextValues: [],
        })),
      }),
    ),
  );
};

const object = (index: number): string => `arn:aws:s3:::reports/${index}`;
const queryOn = (resources: readonly string[], actions = ["s3:PutObject"]): SimulationQuery => ({
  principal: ROLE,
  actions,
  resources,
});

describe("simulating with AWS", () => {
  it("gives a decision for each resource, with twenty in a call", async () => {
    const resources = Array.from({ length: 45 }, (_, index) => object(index));
    const { answers, failed } = await ask(evens, queryOn(resources, ["s3:PutObject", "s3:GetObject"]));
    expect(failed).toEqual([]);
    expect(server!.calls.map((call) => itemsOf(call, "ResourceArns").length).sort()).toEqual([20, 20, 5]);
    expect(answers).toHaveLength(90);
    for (const { resource, verdict } of answers)
      expect(verdict).toBe(/[13579]$/.test(resource) ? "implicitDeny" : "allowed");
    expect(new Set(answers.map(({ action, resource }) => `${action} ${resource}`)).size).toBe(90);
  });

  it("follows the pages of an answer", async () => {
    const resources = [object(1), object(2)];
    const paged: Handler = (input) => {
      const marker = input.get("Marker");
      const index = marker ? 1 : 0;
      return result("SimulatePrincipalPolicy", {
        EvaluationResults: [one("s3:PutObject", resources[index]!, index ? "explicitDeny" : "allowed")],
        IsTruncated: index === 0,
        ...(index === 0 && { Marker: "more" }),
      });
    };
    const { answers } = await ask(paged, queryOn(resources));
    expect(answers.map(({ verdict }) => verdict)).toEqual(["allowed", "explicitDeny"]);
  });

  it("gives the missing condition keys, and whether the organization or the boundary denies", async () => {
    const more: Record<string, Xml> = {
      "s3:GetObject": { MissingContextValues: ["aws:SourceIp", "aws:MultiFactorAuthPresent"] },
      "s3:PutObject": { OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      "s3:DeleteObject": { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
    };
    const actions = Object.keys(more);
    const handler: Handler = () =>
      results(...actions.map((action) => one(action, "*", "implicitDeny", more[action] as never)));
    const { answers } = await ask(handler, queryOn([], actions));
    const about = {
      query: expect.objectContaining({ principal: ROLE, actions, resources: ["*"] }),
      resource: "*",
      verdict: "implicitDeny",
      missing: [],
    };
    expect(answers).toEqual([
      { ...about, action: "s3:GetObject", missing: ["aws:MultiFactorAuthPresent", "aws:SourceIp"] },
      { ...about, action: "s3:PutObject", deniedBy: "organization" },
      { ...about, action: "s3:DeleteObject", deniedBy: "boundary" },
    ]);
  });

  it("sends the known condition keys with their types", async () => {
    const context = {
      "aws:RequestTag/team": ["storage"],
      "aws:TagKeys": ["team"],
      "aws:SecureTransport": ["true"],
      "aws:SourceIp": ["192.0.2.1"],
    };
    await ask(() => results(), { ...queryOn([object(2)]), context });
    const [call] = server!.calls;
    const sent = [1, 2, 3, 4].map((index) =>
      ["ContextKeyName", "ContextKeyType", "ContextKeyValues.member.1"].map((name) =>
        call!.get(`ContextEntries.member.${index}.${name}`),
      ),
    );
    expect(sent).toEqual([
      ["aws:RequestTag/team", "string", "storage"],
      ["aws:TagKeys", "stringList", "team"],
      ["aws:SecureTransport", "boolean", "true"],
      ["aws:SourceIp", "ip", "192.0.2.1"],
    ]);
  });

  it.each([
    ["nothing", []],
    ["another action", [one("s3:GetObject", object(2), "allowed")]],
    ["a verdict that there isn't", [one("s3:PutObject", object(2), "perhaps")]],
    ["only the worst of several", [one("s3:PutObject", "arn:aws:s3:::${BucketName}", "allowed")]],
  ])("gives an unknown decision when AWS answers %s", async (_, evaluated) => {
    const { answers } = await ask(() => results(...evaluated), queryOn([object(2), object(4)]));
    expect(answers.map(({ verdict }) => verdict)).toEqual(["unknown", "unknown"]);
  });

  it("takes a single result for the only resource, whatever its name", async () => {
    const handler: Handler = () => results(one("S3:putobject", "arn:aws:s3:::${BucketName}", "allowed"));
    const { answers } = await ask(handler, queryOn([object(2)]));
    expect(answers[0]!.verdict).toBe("allowed");
  });

  it.each([
    ["denied", "allow `iam:SimulatePrincipalPolicy`", 1, fault(403, "AccessDenied", "not authorized")],
    ["not-found", "check the ARN", 1, fault(404, "NoSuchEntity", "no such role")],
    ["service", "later", 1, fault(500, "PolicyEvaluation", "a policy could not be evaluated")],
    ["service", "later", 3, fault(500, "ServiceFailure", "failed")],
    ["input", "check the ARN", 1, fault(400, "InvalidInput", "Invalid ARN")],
    ["throttled", "later", 5, fault(400, "Throttling", "Rate exceeded")],
  ])("reports a failed call as %s, with the help `%s`, after %i calls", async (kind, help, calls, reply) => {
    const { answers, failed } = await ask(() => reply, queryOn([object(2)]));
    expect(answers).toEqual([]);
    expect(failed).toEqual([
      { arn: ROLE, problem: expect.objectContaining({ kind, help: expect.stringContaining(help) }) },
    ]);
    expect(server!.calls).toHaveLength(calls);
  });
});
