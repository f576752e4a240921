import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import { getBuiltinRules } from "../../src/rules/builtin.ts";
import type { RuleInput } from "../../src/rules/index.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { RuleSet } from "../../src/rules/rule-set.ts";
import { runs } from "../support/scale.ts";
import { createPlaceholder, formatRuleFile, loadToyRules } from "./toy-service.ts";

const WHOLE_RUN = getBuiltinRules().rules.filter(({ scope }) => scope === "changeset");

/** The same rule without an index. */
const compareAllPairs = ({ comparison: _, ...rule }: Rule): Rule => rule;

const toRuleSet = (rules: Rule[]): RuleSet => new RuleSet(rules, []);
const INDEXED = toRuleSet(WHOLE_RUN);
const PAIRWISE = toRuleSet(WHOLE_RUN.map(compareAllPairs));

const toInput = (operation: string, request: unknown): RuleInput => ({
  operation,
  request,
  faulty: new Set(),
});

/** A text with a hole, a new one at every use: only one occurrence of a placeholder has one value. */
const withHole = (before: string, name: string, after = "") =>
  fc
    .constant(undefined)
    .map(() => new PartialText(`${before}${name}${after}`, [before, { source: name }, after]));

const PATH = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom("a", "a/", "/a", "a/b", "./a/b", "a/./c", "a/b/c/d", "ab", "b", "c/d"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom("e", "f", "g/h", "s3://b/x", "s3://b/x/y", "S3://b/x/", "s3://b/xy"),
  },
  { weight: 1, arbitrary: fc.constantFrom("/", ".", "", "s3://", "..", "a//b") },
  { weight: 1, arbitrary: fc.oneof(withHole("a/", "${X}"), withHole("", "${Y}", "/b")) },
);
const PATHS = fc.oneof(
  { weight: 10, arbitrary: fc.array(PATH, { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom(undefined, null, []) },
  { weight: 1, arbitrary: fc.constant(undefined).map(() => createPlaceholder("${PATHS}")) },
  { weight: 1, arbitrary: fc.array(PATH, { maxLength: 2 }).map((items) => new OpenList("${MORE}", items)) },
);
const IMPORT = "IMPORT_METADATA_FROM_REPOSITORY";
const TOKEN = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("t-1", "t-2") },
  { weight: 1, arbitrary: withHole("t-", "${T}") },
);
const TASK = fc
  .record({
    Type: fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom("EXPORT_TO_REPOSITORY", "RELEASE_DATA_FROM_FILESYSTEM", IMPORT),
      },
      { weight: 1, arbitrary: fc.constant(undefined).map(() => createPlaceholder("${TYPE}")) },
    ),
    FileSystemId: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom("fs-1", "fs-2") },
      { weight: 1, arbitrary: fc.oneof(withHole("fs-", "${ID}"), withHole("other-", "${ID}")) },
    ),
    Paths: PATHS,
    ClientRequestToken: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, TOKEN),
  })
  .chain((request) =>
    fc.oneof(
      { weight: 20, arbitrary: fc.constant<unknown>(request) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom("Paths", "FileSystemId", "Type", "ClientRequestToken")
          .map(
            (name) => new OpenObject("${BODY}", request, { optional: new Set([name]), mayHaveMore: false }),
          ),
      },
    ),
  );

const REPORT = fc.record({
  FileShareARN: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("share/1", "share/2", "share/3") },
    { weight: 1, arbitrary: withHole("share/", "${S}") },
  ),
  ClientToken: TOKEN,
  Tags: fc.constantFrom(undefined, null, [], [{ Key: "a", Value: "b" }], [{ Value: "b", Key: "a" }]),
});

describe("rules over the run, answered by an index", () => {
  it("are all that ship", () => {
    expect(WHOLE_RUN.map(({ id }) => id).sort()).toEqual([
      "fsx/no-overlapping-tasks",
      "fsx/request-token-unique",
      "storagegateway/client-token-unique",
      "storagegateway/one-cache-clean-per-share",
      "storagegateway/one-report-per-share",
    ]);
    expect(WHOLE_RUN.filter(({ comparison }) => !comparison)).toEqual([]);
  });

  it.each([
    ["fsx:CreateDataRepositoryTask", TASK],
    ["storagegateway:StartCacheReport", REPORT],
    ["storagegateway:EvictFilesFailingUpload", REPORT],
  ] as const)("find what comparing all pairs finds: %s", (operation, request) => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 9 }), (requests) => {
        const inputs = requests.map((each) => toInput(operation, each));
        expect(INDEXED.evaluateChangeset(inputs)).toEqual(PAIRWISE.evaluateChangeset(inputs));
      }),
      { numRuns: runs(10_000, 300) },
    );
  });

  it.each([
    ["without a condition on the order", "!requests.exists(r, r.request.Name == request.Name)"],
    [
      "with a condition of its own",
      "!requests.exists(r, r.index < index && r.request.Name == request.Name && r.request.Kind == 'HIGH')",
    ],
    ["about two different members", "!requests.exists(r, r.index < index && r.request.Name == request.Kind)"],
    ["that must all be alike", "!requests.all(r, r.index < index && r.request.Name == request.Name)"],
  ])("aren't those %s", (_, assert) => {
    const { rules } = loadToyRules(
      formatRuleFile(
        `scope: changeset\nassert: ${JSON.stringify(assert)}\nexamples: { pass: [{ requests: [] }], fail: [{ requests: [] }] }`,
      ),
    );
    expect(rules.map(({ comparison }) => comparison)).toEqual([undefined]);
  });
});

describe("11,000 requests of a run", () => {
  // More than a list may have that an expression goes through.
  const COUNT = 11_000;
  const evaluate = (operation: string, request: (index: number) => unknown) => {
    const inputs = Array.from({ length: COUNT }, (_, index) => toInput(operation, request(index)));
    return INDEXED.evaluateChangeset(inputs).map(({ finding }) => finding.status);
  };
  const task = (rest: object) => ({ Type: "EXPORT_TO_REPOSITORY", FileSystemId: "fs-1", ...rest });

  it("are compared by their paths", () => {
    const findings = evaluate("fsx:CreateDataRepositoryTask", (index) => task({ Paths: [`run-${index}`] }));
    expect(findings).toEqual([]);
  });

  it("all overlap if they have no paths", () => {
    const findings = evaluate("fsx:CreateDataRepositoryTask", () => task({}));
    expect(findings).toEqual(Array(COUNT - 1).fill("failed"));
  });

  it("are undecided where half of them are imports", () => {
    const findings = evaluate("fsx:CreateDataRepositoryTask", (index) =>
      task({ Paths: [`run-${index}`], ...(index >= COUNT / 2 && { Type: IMPORT }) }),
    );
    expect(findings).toEqual(Array(COUNT / 2).fill("undecided"));
  });

  it("are compared by their paths where no file system is known", () => {
    const findings = evaluate("fsx:CreateDataRepositoryTask", (index) => ({
      ...task({ Paths: [`run-${index}`] }),
      FileSystemId: createPlaceholder("${ID}"),
    }));
    expect(findings).toEqual([]);
  });

  it("may be the same one again and again", () => {
    const report = { FileShareARN: "share/1", ClientToken: "t-1" };
    const findings = evaluate("storagegateway:StartCacheReport", () => ({ ...report }));
    expect(findings).toEqual(Array(COUNT - 1).fill("failed"));
  });
});
