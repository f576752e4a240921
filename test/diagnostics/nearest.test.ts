import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findNearest, findNearestFew } from "../../src/diagnostics/nearest.ts";
import { runs } from "../support/scale.ts";

/** Typical API names, none close to another. */
const NAMES = [
  "FileShareARN",
  "ForceRemove",
  "ReportPath",
  "InclusionFilters",
  "ClientToken",
  "EXPORT_TO_REPOSITORY",
  "IMPORT_METADATA_FROM_REPOSITORY",
  "RELEASE_DATA_FROM_FILESYSTEM",
  "AUTO_RELEASE_DATA",
  "VPCEndpointDNSName",
];
const name = fc.constantFrom(...NAMES);
const letter = fc.constantFrom(..."abcxyzABCXYZ019");
/** Removes separators, which `findNearest` ignores. */
const removeSeparators = (text: string): string => text.replaceAll("_", "");
const place = fc.nat({ max: 1000 });

describe("findNearest()", () => {
  test("finds a name despite one wrong, missing, added or transposed letter", () => {
    fc.assert(
      fc.property(name, place, letter, fc.nat(3), (wanted, at, put, kind) => {
        const i = at % (wanted.length - 1);
        const [before, here, next, after] = [
          wanted.slice(0, i),
          wanted[i]!,
          wanted[i + 1]!,
          wanted.slice(i + 2),
        ];
        const typos = [
          before + put + next + after,
          before + next + after,
          before + put + here + next + after,
          before + next + here + after,
        ];
        expect(findNearest(typos[kind]!, NAMES)).toBe(wanted);
      }),
      { numRuns: runs(1000) },
    );
  });

  test("finds a name in any letter case and with other separators", () => {
    fc.assert(
      fc.property(name, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (wanted, upper) => {
        const mixed = [...wanted].map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase())).join("");
        expect(findNearest(mixed, NAMES)).toBe(wanted);
        expect(findNearest(mixed.replaceAll("_", "-"), NAMES)).toBe(wanted);
        expect(findNearest(mixed.replaceAll("_", ""), NAMES)).toBe(wanted);
      }),
    );
  });

  test("finds a name by its beginning or its end", () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 6, max: 30 }), fc.boolean(), (wanted, length, end) => {
        const part = end ? wanted.slice(-length) : wanted.slice(0, length);
        const begun = NAMES.filter((other) => removeSeparators(other).startsWith(removeSeparators(part)));
        const fits =
          begun.length > 0
            ? begun
            : NAMES.filter((other) => removeSeparators(other).endsWith(removeSeparators(part)));
        fc.pre(fits.length === 1 && fits[0] === wanted);
        expect(findNearest(part, NAMES)).toBe(wanted);
      }),
    );
  });

  test.each([
    ["EXPORT", "EXPORT_TO_REPOSITORY"],
    ["forceRemove", "ForceRemove"],
    ["force-remove", "ForceRemove"],
    ["Token", "ClientToken"],
    ["RELEASE_DATA", "RELEASE_DATA_FROM_FILESYSTEM"],
    ["completely different", undefined],
    ["", undefined],
    ["___", undefined],
    ["x".repeat(1000), undefined],
    ["é", undefined],
  ])("maps %j to %s", (word, wanted) => {
    expect(findNearest(word, NAMES)).toBe(wanted);
  });

  test.each([
    ["IMPORT_FROM_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"],
    ["import-from-repository", "IMPORT_METADATA_FROM_REPOSITORY"],
    ["IMPORT_DATA_FROM_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"],
    ["IMPORT_TO_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"],
    ["IMPRT_FROM_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"],
    ["IMPORT_TO_REPOSITRY", undefined],
    ["IMPORTTOREPOSITORY", undefined],
    ["IMPORTED_TO_REPOSITORY", undefined],
    ["EXPORT_FROM_REPOSITORY", "EXPORT_TO_REPOSITORY"],
    ["EXPORT_DATA_TO_REPOSITORY", "EXPORT_TO_REPOSITORY"],
    ["EXPROT_TO_REPOSITORY", "EXPORT_TO_REPOSITORY"],
    ["EXPORT_TO_S3", "EXPORT_TO_REPOSITORY"],
    ["EXPORT_METADATA_FROM_REPOSITORY", "EXPORT_TO_REPOSITORY"],
    ["RELEASE_FROM_FILESYSTEM", "RELEASE_DATA_FROM_FILESYSTEM"],
  ])("compares whole words, and keeps the direction, for %j", (word, wanted) => {
    expect(findNearest(word, NAMES)).toBe(wanted);
  });

  test.each([
    ["ENABLE_X", "DISABLE_X"],
    ["EnableLogging", "DisableLogging"],
    ["Enabled", "Disabled"],
    ["attach-volume", "detach-volume"],
    ["AttachVolumes", "DetachVolume"],
    ["ON", "OFF"],
    ["CreateTask", "DeleteTask"],
    ["RegisterTarget", "DeregisterTarget"],
    ["TagResource", "UntagResource"],
    ["AssociateAlias", "DisassociateAlias"],
    ["InclusionFilter", "ExclusionFilters"],
    ["IncludeFilter", "ExcludeFilters"],
    ["MinSize", "MaxSize"],
    ["MinimumSize", "MaximumSize"],
    ["UploadState", "DownloadState"],
    ["ScaleUp", "ScaleDown"],
    ["ACTIVE", "INACTIVE"],
    ["KNOWN", "UNKNOWN"],
    ["ENCRYPTED", "NOT_ENCRYPTED"],
    ["no-force-remove", "force-remove"],
    ["StartTask", "StopTask"],
    ["ALLOW_ALL", "DENY_ALL"],
    ["IngressRule", "EgressRule"],
    ["ASCENDING", "DESCENDING"],
  ])("corrects neither %j to %j nor the other way", (one, other) => {
    expect(findNearest(one, [other])).toBeUndefined();
    expect(findNearest(other, [one])).toBeUndefined();
    expect(findNearest(one, [other, one])).toBe(one);
  });

  test("keeps directions that a name has on both sides", () => {
    expect(findNearest("ImportExportPath", ["ImportExportPaths"])).toBe("ImportExportPaths");
    expect(findNearest("ExportTask", ["ExportTasks"])).toBe("ExportTasks");
    expect(findNearest("default", ["Default"])).toBe("Default");
  });

  test("prefers the exact name", () => {
    expect(findNearest("Path", ["Paths", "ReportPath", "Path"])).toBe("Path");
  });

  test("has a variant findNearestFew() that returns distinct names, nearest first", () => {
    expect(findNearestFew("Paths", ["ReportPaths", "Path", "Paths", "Other"])).toEqual([
      "Paths",
      "Path",
      "ReportPaths",
    ]);
    expect(findNearestFew("nothing", ["a", "b"])).toEqual([]);
  });
});
