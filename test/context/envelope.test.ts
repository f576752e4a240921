import { describe, expect, it } from "vitest";
import { checkContext } from "../../src/context/envelope.ts";
import { loadContextSchemas } from "../../src/context/load/schemas.ts";
import { toPointer } from "../../src/diagnostics/pointer.ts";
import { Unknown } from "../../src/documents/document.ts";
import * as aws from "./outputs.ts";

const findings = (context: Record<string, unknown>, asked: { operation: string; request: unknown }) =>
  checkContext({ ...asked, context }, loadContextSchemas);

const { EVICT, EXPORT } = aws;

/** A context and its findings: severity (if not an error), pointer, message. */
const CONTEXTS: [string, Record<string, unknown>, string[]][] = [
  ["an empty context", {}, []],
  [
    "a complete context",
    {
      fileShare: aws.share(),
      gateway: { ...aws.gateway(), rootDiskFreeGiB: 30 },
      cacheReports: [aws.report(), {}],
      fileSystem: aws.fileSystem(),
      dataRepositoryAssociations: [aws.association()],
      dataRepositoryTasks: [],
      mountPoint: "/mnt/fsx",
      bucket: { region: "eu-west-1", policy: null },
    },
    [],
  ],
  ["an unknown name", { fileShares: {} }, [" /fileShares `fileShares` is not a name of context"]],
  [
    "a list in place of an object",
    { fileShare: [] },
    [" /fileShare `fileShare` must be an object, not an empty list"],
  ],
  [
    "an unknown member and a member of the wrong type",
    { fileShare: { LocationARN: 5, LocationArn: "x" } },
    [
      "warning /fileShare/LocationArn `LocationArn` is not a member of `fileShare`",
      " /fileShare/LocationARN `LocationARN` must be a string, not the number `5`",
    ],
  ],
  [
    "an object in place of a list",
    { cacheReports: {} },
    [" /cacheReports `cacheReports` must be a list, not an object"],
  ],
  [
    "a value that is not in the enum",
    { cacheReports: [{ CacheReportStatus: "Completed" }] },
    [
      "warning /cacheReports/0/CacheReportStatus `Completed` is not a value of `cacheReports[0].CacheReportStatus`",
    ],
  ],
  [
    "a string in place of a number",
    { dataRepositoryTasks: [{ Status: { TotalCount: "1" } }] },
    [
      ' /dataRepositoryTasks/0/Status/TotalCount `dataRepositoryTasks[0].Status.TotalCount` must be a whole number, not the string `"1"`',
    ],
  ],
  [
    "a relative mount point",
    { mountPoint: "fsx" },
    [" /mountPoint `fsx` is not of the form that `mountPoint` has"],
  ],
  [
    "an unknown member of a hand-written record",
    { bucket: { acount: "x" } },
    [" /bucket/acount `acount` is not a member of `bucket`"],
  ],
  ["null in place of a record", { gateway: null }, [" /gateway `gateway` must be an object, not null"]],
  ["placeholders", { fileShare: new Unknown("${SHARE}"), fileSystem: { VpcId: new Unknown("x") } }, []],
  [
    "a value that is missing only from prose documentation",
    { fileShare: { FileShareStatus: "FORCE_DELETING" } },
    [],
  ],
  [
    "a record of another file share",
    { fileShare: { FileShareARN: aws.OTHER_SHARE } },
    [
      ` /fileShare/FileShareARN the context describes the file share \`${aws.OTHER_SHARE}\`, but the request is about \`${aws.SHARE}\``,
    ],
  ],
  [
    "a name that every object inherits",
    JSON.parse('{"__proto__": {"x": 1}}'),
    [" /__proto__ `__proto__` is not a name of context"],
  ],
];

describe("checkContext()", () => {
  it.each(CONTEXTS)("gives the expected findings for %s", (_title, context, expected) => {
    const found = findings(context, EVICT);
    expect(found.every(({ code }) => code === "document/envelope")).toBe(true);
    expect(
      found.map(({ severity = "", path, message }) => `${severity} ${toPointer(path)} ${message}`),
    ).toEqual(expected);
  });

  it.each([
    ["fileShares", "did you mean `fileShare`?"],
    ["tasks", "did you mean `dataRepositoryTasks`?"],
    ["NFSFileShareInfoList", "under `fileShare`"],
    ["CacheReportList", "under `cacheReports`"],
    ["mountPoints", "under `mountPoint`"],
    ["nonsense", "the names are `fileShare`, `gateway`"],
  ])("suggests a name for the unknown name %s", (name, advice) => {
    expect(findings({ [name]: [] }, EXPORT)[0]!.help).toContain(advice);
  });

  it("rejects the record of another file system", () => {
    expect(findings({ fileSystem: aws.fileSystem() }, EXPORT)).toEqual([]);
    expect(findings({ fileSystem: aws.fileSystem(aws.OTHER_SYSTEM) }, EXPORT)).toHaveLength(1);
  });
});
