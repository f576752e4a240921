import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { OpenObject } from "../../src/documents/partial.ts";
import { mayDeleteData } from "../../src/engine/report/deletions.ts";

const EVICT = "storagegateway:EvictFilesFailingUpload";

describe("whether a request may delete data", () => {
  it.each<[string, string, unknown, boolean]>([
    ["an eviction with ForceRemove", EVICT, { ForceRemove: true }, true],
    ["an eviction without ForceRemove", EVICT, {}, false],
    ["an eviction that says ForceRemove false", EVICT, { ForceRemove: false }, false],
    ["an eviction whose ForceRemove only the run knows", EVICT, { ForceRemove: new Unknown("$FORCE") }, true],
    ["an eviction of which nothing is known", EVICT, new Unknown("$.input"), true],
    ["an eviction that may have other members", EVICT, new OpenObject("**more", {}), true],
    [
      "an eviction whose other members are false",
      EVICT,
      new OpenObject("**more", { ForceRemove: false }),
      false,
    ],
    ["an eviction without other members", EVICT, new OpenObject("x", {}, { mayHaveMore: false }), false],
    ["the deletion of a file system", "fsx:DeleteFileSystem", {}, true],
    [
      "an association whose files go",
      "fsx:DeleteDataRepositoryAssociation",
      { DeleteDataInFileSystem: true },
      true,
    ],
    ["an association whose files stay", "fsx:DeleteDataRepositoryAssociation", {}, false],
    ["a release", "fsx:CreateDataRepositoryTask", { Type: "RELEASE_DATA_FROM_FILESYSTEM" }, false],
  ])("%s", (_title, operation, payload, expected) => {
    expect(mayDeleteData(operation, payload)).toBe(expected);
  });
});
