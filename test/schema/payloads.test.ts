import { describe, expect, it } from "vitest";
import { validate } from "../api/without-rules.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";

const FSX = {
  Type: "EXPORT_TO_REPOSITORY",
  FileSystemId: "fs-0123456789abcdef0",
  Report: { Enabled: false },
};
const REPORT = {
  FileShareARN: SHARE,
  Role: "arn:aws:iam::123456789012:role/ReportWriter",
  LocationARN: "arn:aws:s3:::cache-reports",
  BucketRegion: "eu-west-1",
  ClientToken: "report-2026-11",
  InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
};
const EVICT = { FileShareARN: SHARE };

const BASES = {
  "fsx:CreateDataRepositoryTask": FSX,
  "storagegateway:StartCacheReport": REPORT,
  "storagegateway:EvictFilesFailingUpload": EVICT,
} as const;

/**
 * A change to a valid payload, and the findings as `code pointer`, with words that their text must contain.
 */
interface Case {
  title: string;
  operation: keyof typeof BASES;
  change?: Record<string, unknown>;
  without?: string;
  finds: readonly (readonly [string, ...string[]])[];
}

const tags = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" }));

const fsx = (title: string, change: Record<string, unknown>, ...finds: Case["finds"]): Case => ({
  title,
  operation: "fsx:CreateDataRepositoryTask",
  change,
  finds,
});
const report = (title: string, change: Record<string, unknown>, ...finds: Case["finds"]): Case => ({
  title,
  operation: "storagegateway:StartCacheReport",
  change,
  finds,
});
const evict = (title: string, change: Record<string, unknown>, ...finds: Case["finds"]): Case => ({
  title,
  operation: "storagegateway:EvictFilesFailingUpload",
  change,
  finds,
});

const CASES: readonly Case[] = [
  fsx("a valid task", {}),
  report("a valid report", {}),
  evict("a valid eviction", { ForceRemove: true }),
  fsx("a value that is not in the enum", { Type: "EXPORT" }, [
    "schema/enum /Type",
    "did you mean `EXPORT_TO_REPOSITORY`",
    "IMPORT_METADATA_FROM_REPOSITORY",
    "RELEASE_DATA_FROM_FILESYSTEM",
    "AUTO_RELEASE_DATA",
  ]),
  {
    title: "no Report",
    operation: "fsx:CreateDataRepositoryTask",
    without: "Report",
    finds: [["schema/required ", "`Report`"]],
  },
  fsx("an empty Report", { Report: {} }, ["schema/required /Report", "`Enabled`"]),
  fsx("a FileSystemId in the wrong form", { FileSystemId: "fs-XYZ" }, [
    "schema/length /FileSystemId",
    "`fs-`",
    "hexadecimal",
  ]),
  fsx("a FileSystemId in the wrong form but of the right length", { FileSystemId: "fs-0123456Z" }, [
    "schema/pattern /FileSystemId",
    "`fs-`",
    "hexadecimal",
  ]),
  fsx("a path in place of a list of paths", { Paths: "path1" }, [
    "schema/type /Paths",
    "a list",
    '`["path1"]`',
  ]),
  fsx("an unknown unit", { ReleaseConfiguration: { DurationSinceLastAccess: { Unit: "HOURS", Value: 1 } } }, [
    "schema/enum /ReleaseConfiguration/DurationSinceLastAccess/Unit",
    "`DAYS`",
  ]),
  fsx("101 paths", { Paths: Array.from({ length: 101 }, (_, n) => `p${n}`) }, [
    "schema/items /Paths",
    "101",
    "100",
  ]),
  fsx("a path of 4,097 characters", { Paths: ["ok", "a".repeat(4097)] }, [
    "schema/length /Paths/1",
    "4,097",
    "4,096",
  ]),
  fsx("a path with a line break", { Paths: ["a\nb"] }, ["schema/pattern /Paths/0", "line break"]),
  fsx("a fraction of a GiB", { CapacityToRelease: 1.5 }, ["schema/type /CapacityToRelease", "whole number"]),
  fsx("0 GiB", { CapacityToRelease: 0 }, ["schema/range /CapacityToRelease", "smallest value is 1"]),
  fsx("GiB as a string", { CapacityToRelease: "5" }, [
    "schema/type /CapacityToRelease",
    "write `5` without quotes",
  ]),
  fsx("too many GiB", { CapacityToRelease: 2147483648 }, [
    "schema/range /CapacityToRelease",
    "2,147,483,647",
  ]),
  fsx("a token with a space", { ClientRequestToken: "a b" }, ["schema/pattern /ClientRequestToken"]),
  {
    title: "no ClientToken",
    operation: "storagegateway:StartCacheReport",
    without: "ClientToken",
    finds: [["schema/required ", "`ClientToken`"]],
  },
  report("a filter without values", { InclusionFilters: [{ Name: "UploadState" }] }, [
    "schema/required /InclusionFilters/0",
    "`Values`",
  ]),
  report("51 tags", { Tags: tags(51) }, ["schema/items /Tags", "51", "50"]),
  report("a tag without value", { Tags: [{ Key: "k" }] }, ["schema/required /Tags/0", "`Value`"]),
  report("a user as Role", { Role: "arn:aws:iam::123456789012:user/alice" }, [
    "schema/pattern /Role",
    "role",
  ]),
  report("1 MB as a host name", { VPCEndpointDNSName: `${"a".repeat(1_000_000)}!` }, [
    "schema/length /VPCEndpointDNSName",
    "1,000,001",
  ]),
  evict("a key in the wrong case", { forceRemove: true }, [
    "schema/unknown-field /forceRemove",
    "did you mean `ForceRemove`",
  ]),
  evict("yes in place of true", { ForceRemove: "yes" }, [
    "schema/type /ForceRemove",
    "write `true` without quotes",
  ]),
  evict("true in quotes", { ForceRemove: "true" }, [
    "schema/type /ForceRemove",
    "write `true` without quotes",
  ]),
  evict("null", { ForceRemove: null }, ["schema/type /ForceRemove", "null", "leave it out"]),
  evict("a number in place of a string", { FileShareARN: 5 }, [
    "schema/type /FileShareARN",
    'put it in quotes: `"5"`',
  ]),
  evict("a bigint in place of a boolean", { FileShareARN: SHARE, ForceRemove: 2n ** 60n }, [
    "schema/type /ForceRemove",
  ]),
  fsx("an integer beyond 2^53", { CapacityToRelease: 9007199254740993n }, [
    "schema/range /CapacityToRelease",
    "9007199254740992",
  ]),
  fsx(
    "many mistakes at once",
    { Type: 1, Paths: [1, "a\rb"], Report: { Enabled: "no", Extra: 1 }, Bogus: 1 },
    ["schema/pattern /Paths/1"],
    ["schema/type /Paths/0"],
    ["schema/type /Report/Enabled"],
    ["schema/type /Type"],
    ["schema/unknown-field /Bogus"],
    ["schema/unknown-field /Report/Extra"],
  ),
];

describe("validate() of a payload", () => {
  it.each(CASES)(
    "gives the expected findings for $operation with $title",
    ({ operation, change = {}, without, finds }) => {
      const request: Record<string, unknown> = { ...BASES[operation], ...change };
      if (without) delete request[without];
      const { outcome, diagnostics } = validate({ operation, request });
      expect(diagnostics.map((d) => `${d.code} ${d.pointer}`).sort()).toEqual(
        finds.map(([place]) => place).sort(),
      );
      for (const [place, ...words] of finds) {
        const found = diagnostics.find((d) => `${d.code} ${d.pointer}` === place)!;
        for (const word of words) expect(`${found.message}\n${found.help}`).toContain(word);
      }
      expect(outcome).toBe(finds.length === 0 ? "pass" : "fail");
    },
  );

  it.each([[null], [undefined], [5], ["text"], [[]], [[{}]], [() => 1], [Symbol("x")]])(
    "rejects %s, which is not an object",
    (request) => {
      const { outcome, diagnostics } = validate({
        operation: "storagegateway:EvictFilesFailingUpload",
        request,
      });
      expect(outcome).toBe("fail");
      expect(diagnostics).toHaveLength(1);
    },
  );
});
