import { describe, expect, it } from "vitest";
import { checkContext } from "../../src/context/envelope.ts";
import { contextSchemas } from "../../src/context/load/schemas.ts";
import { toPointer } from "../../src/diagnostics/pointer.ts";
import { Unknown } from "../../src/documents/document.ts";
import * as aws from "./outputs.ts";

const schemas = await contextSchemas();
const findings = (context: Record<string, unknown>, asked: { operation: string; request: unknown }) =>
  checkContext({ ...asked, context }, schemas);

const { EVICT, EXPORT } = aws;

/** A context, and what is said of it: severity (where not an error), pointer, message. */
const CONTEXTS: [Record<string, unknown>, string[]][] = [
  [{}, []],
  [
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
  [{ fileShares: {} }, [" /fileShares `fileShares` is not a name of context"]],
  [{ fileShare: [] }, [" /fileShare `fileShare` must be an object, not an empty list"]],
  [
    { fileShare: { LocationARN: 5, LocationArn: "x" } },
    [
      "warning /fileShare/LocationArn `LocationArn` is not a member of `fileShare`",
      " /fileShare/LocationARN `LocationARN` must be a string, not the number `5`",
    ],
  ],
  [{ cacheReports: {} }, [" /cacheReports `cacheReports` must be a list, not an object"]],
  [
    { cacheReports: [{ CacheReportStatus: "Completed" }] },
    [
      "warning /cacheReports/0/CacheReportStatus `Completed` is not a value of `cacheReports[0].CacheReportStatus`",
    ],
  ],
  [
    { dataRepositoryTasks: [{ Status: { TotalCount: "1" } }] },
    [
      ' /dataRepositoryTasks/0/Status/TotalCount `dataRepositoryTasks[0].Status.TotalCount` must be a whole number, not the string `"1"`',
    ],
  ],
  [{ mountPoint: "fsx" }, [" /mountPoint `fsx` is not of the form that `mountPoint` has"]],
  [{ bucket: { acount: "x" } }, [" /bucket/acount `acount` is not a member of `bucket`"]],
  [{ gateway: null }, [" /gateway `gateway` must be an object, not null"]],
  [{ fileShare: new Unknown("${SHARE}"), fileSystem: { VpcId: new Unknown("x") } }, []],
  [{ fileShare: { FileShareStatus: "FORCE_DELETING" } }, []],
  [
    { fileShare: { FileShareARN: aws.OTHER_SHARE } },
    [
      ` /fileShare/FileShareARN the context describes the file share \`${aws.OTHER_SHARE}\`, but the request is about \`${aws.SHARE}\``,
    ],
  ],
  [JSON.parse('{"__proto__": {"x": 1}}'), [" /__proto__ `__proto__` is not a name of context"]],
];

describe("the context of an envelope", () => {
  it.each(CONTEXTS)("%j", (context, expected) => {
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
  ])("has advice for %s", (name, advice) => {
    expect(findings({ [name]: [] }, EXPORT)[0]!.help).toContain(advice);
  });

  it("may describe the file system by its own name only", () => {
    expect(findings({ fileSystem: aws.fileSystem() }, EXPORT)).toEqual([]);
    expect(findings({ fileSystem: aws.fileSystem(aws.OTHER_SYSTEM) }, EXPORT)).toHaveLength(1);
  });
});
