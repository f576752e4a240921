import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ContextError } from "../../src/context/context.ts";
import { readContext } from "../../src/context/load/files.ts";
import { CONTEXT_FORMS } from "../../src/context/load/forms.ts";
import { createContextDirectory, formatFaults, readContextOf, readFaults, readWarnings } from "./files.ts";
import * as aws from "./outputs.ts";

/** A file's name and content, and the faults in it. */
const BAD: [string, string, string[]][] = [
  ["a.json", "", ["a.json:1:1 this context file is empty"]],
  ["a.yaml", "# nothing\n", ["a.yaml:1:1 this context file is empty"]],
  ["a.json", "{}", ["a.json:1:1 this context is empty"]],
  ["a.json", "\n [1, 2]", ["a.json:2:2 this is a list, not what the AWS CLI prints"]],
  ["a.yaml", "just text", ["a.yaml:1:1 this is no context: there is no key in it"]],
  ["a.json", '{"Things": []}', ["a.json:1:1 no known form of context has `Things` at the top"]],
  ["a.json", '{\n  "FileSystem": []\n}', ["a.json:2:3 `FileSystem` is no known form of context"]],
  ["a.json", '{"Buckets": []}', ["a.json:1:2 `Buckets` is no known form of context"]],
  ["a.yaml", "fileShare: {LocationARN: x}", ["a.yaml:1:1 `fileShare` is no known form of context"]],
  ["a.yaml", "operation: x\nrequest: {}", ["a.yaml:2:1 `request` is no known form of context"]],
  ["a.yaml", "mountPoints: {}\nbucket: {}", ["a.yaml:2:1 `bucket` is no known form of context"]],
  ["a.json", '{"FileSystems": {}}', ["a.json:1:17 `FileSystems` holds a list"]],
  ["a.json", '{"FileSystems": null}', ["a.json:1:17 `FileSystems` holds a list"]],
  ["a.yaml", "buckets: [a]", ["a.yaml:1:10 `buckets` holds a mapping"]],
  [
    "a.yaml",
    "FileSystems:\n- FileSystemId: fs-0123456789abcdef0\n  StorageCapacity: big\n- 5\n",
    [
      'a.yaml:3:20 `StorageCapacity` must be a whole number, not the string `"big"`',
      "a.yaml:4:3 the file system must be an object, not the number `5`",
    ],
  ],
  [
    "a.json",
    '{"NFSFileShareInfoList": [{"LocationARN": "arn:aws:s3:::b"}]}',
    ["a.json:1:27 this file share has no `FileShareARN`: it can't be told whose it is"],
  ],
  [
    "a.json",
    '{"DataRepositoryTasks": [{"TaskId": "task-1"}]}',
    [
      "a.json:1:26 this data repository task has no `FileSystemId` or `FileCacheId`: it can't be told whose it is",
    ],
  ],
  [
    "a.json",
    '{"CacheReportInfo": {"StartTime": "yesterday", "CacheReportARN": "a", "FileShareARN": "b"}}',
    ["a.json:1:35 `yesterday` is not of the form that `StartTime` has"],
  ],
  [
    "a.yaml",
    "FileSystems:\n- FileSystemId: !Ref Share\n",
    ["a.yaml:2:22 `!Ref Share` is a placeholder: its type can't be checked"],
  ],
  [
    "a.yaml",
    "FileSystems:\n- FileSystemId: fs-1\n  Lifecycle: !Ref Share\n",
    ["a.yaml:3:19 `!Ref Share` is a placeholder: whether it is one of the values can't be checked"],
  ],
  [
    "a.json",
    '{"Policies": [{"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]}',
    ["a.json:1:15 `PolicyVersionList` is missing"],
  ],
  [
    "a.yaml",
    "mountPoints:\n  /mnt/fsx: fs-0123456789abcdef0\n",
    ["a.yaml:2:3 `/mnt/fsx` is not the name of what `mountPoints` is about"],
  ],
  [
    "a.yaml",
    "mountPoints:\n  fs-0123456789abcdef0: mnt\n",
    ["a.yaml:2:25 `mnt` is not of the form that the mount point `fs-0123456789abcdef0` has"],
  ],
  [
    "a.yaml",
    "buckets:\n  s3://reports: {}\n  reports: {acount: x, account: 123456789012}\n",
    [
      "a.yaml:2:3 `s3://reports` is not the name of what `buckets` is about",
      "a.yaml:3:13 `acount` is not a member of the bucket `reports`",
      "a.yaml:3:33 `account` must be a string, not the number `123456789012`",
    ],
  ],
  [
    "a.yaml",
    "gateways:\n  sgw-1: {rootDiskFreeGiB: 1}\n",
    ["a.yaml:2:3 `sgw-1` is not the name of what `gateways` is about"],
  ],
  [
    "a.yaml",
    `gateways:\n  ${aws.GATEWAY}: {rootDiskFreeGiB: -1}\n`,
    [`a.yaml:2:${aws.GATEWAY.length + 23} \`rootDiskFreeGiB\` is -1; the smallest value is 0`],
  ],
  [
    "a.yaml",
    "organization:\n  serviceControlPolicy: []\n  resourceControlPolicies: [{}]\n",
    [
      "a.yaml:2:3 `serviceControlPolicy` is not a member of `organization`",
      "a.yaml:3:29 `resourceControlPolicies[0]` must be a list, not an object",
    ],
  ],
  [
    "a.json",
    '{"FileSystems": [',
    ["a.json:1:18 the text ends inside the object or list that opens in line 1"],
  ],
  ["a.json", '{"GatewayARN": 5}', ["a.json:1:16 `GatewayARN` must be a string, not the number `5`"]],
];

describe("readContext() of invalid files", () => {
  it.each(BAD)("reports the faults of %s with content %j", async (name, text, expected) => {
    const { lines: found } = await readFaults({ [name]: text });
    expect(found).toEqual(expected);
  });

  it("lists every form if a file has none", async () => {
    const { faults } = await readFaults({ "a.json": { Things: [] } });
    for (const { key } of CONTEXT_FORMS) expect(faults[0]!.help).toContain(`\`${key}\``);
  });

  it.each([
    ["FileSystem", "did you mean `FileSystems`?"],
    ["NFSFileShareInfolist", "did you mean `NFSFileShareInfoList`?"],
    ["mountpoints", "did you mean `mountPoints`?"],
    ["FileShareInfoList", "list-file-shares says too little"],
    ["Gateways", "list-gateways says too little"],
    ["cacheReports", "belongs under `context` of a request"],
  ])("gives advice for the unknown key %s", async (key, advice) => {
    const { faults } = await readFaults({ "a.json": { [key]: [] } });
    expect(faults[0]!.help).toContain(advice);
    expect(faults[0]!.help).toContain("`NFSFileShareInfoList`");
  });

  it("reports the faults of all files together, sorted by position", async () => {
    const { lines: found } = await readFaults({
      "b.json": { FileSystems: [{ FileSystemId: "fs-1", VpcId: 1, OwnerId: 2 }] },
      "a.yaml": "x: 1",
      "c/d.yml": "buckets: 1",
      "ignored.txt": "x",
    });
    expect(found.map((line) => line.split(" ")[0])).toEqual([
      "a.yaml:1:1",
      "b.json:5:16",
      "b.json:6:18",
      "c/d.yml:1:10",
    ]);
  });

  it("reports a file that doesn't exist", async () => {
    const directory = createContextDirectory({ "a.json": Buffer.from([0xff, 0xfe]).toString("latin1") });
    await expect(readContext([join(directory, "none.json")])).rejects.toThrow(ContextError);
    const error = await readContext([join(directory, "none.json")]).catch((thrown: ContextError) => thrown);
    expect((error as ContextError).faults[0]).toMatchObject({ message: "there is no file of this name" });
  });
});

describe("readContext() of paths", () => {
  it("accepts files, directories and globs, and reads each file once", async () => {
    const directory = createContextDirectory({
      "x/a.json": { FileSystems: [aws.fileSystem()] },
      "x/b.yaml": `mountPoints: {${aws.FILE_SYSTEM}: /mnt/fsx}`,
    });
    const paths = [join(directory, "x/a.json"), directory, join(directory, "x/*.yaml")];
    const { store, warnings } = await readContext(paths);
    expect(Object.keys(store.findRecords(aws.EXPORT))).toEqual(["fileSystem", "mountPoint"]);
    expect(warnings).toEqual([]);
  });

  it("warns of a path without context files", async () => {
    const directory = createContextDirectory({ "note.txt": "x" });
    const { warnings } = await readContext([directory, join(directory, "*.json")]);
    expect(formatFaults(warnings, directory)).toHaveLength(2);
    expect(warnings[0]!.message).toContain("there is no context in");
  });
});

describe("readContext() of output from a newer API", () => {
  it("warns once for each unknown member and value", async () => {
    const shares = [1, 2, 3].map((n) =>
      aws.share(`${aws.SHARE}${n}`, { Brandnew: n, EncryptionType: "SseX" }),
    );
    expect(await readWarnings({ "a.json": { NFSFileShareInfoList: shares, Extra: 1 } })).toEqual([
      expect.stringMatching(/^a\.json:10:7 `Brandnew` is not a member of the file share$/),
      expect.stringMatching(/^a\.json:11:25 `SseX` is not a value of `EncryptionType`$/),
      expect.stringMatching(/^a\.json:\d+:3 `Extra` is no known form of context$/),
    ]);
  });

  it("keeps unknown members", async () => {
    const { store } = await readContextOf({
      "a.json": { NFSFileShareInfoList: [aws.share(aws.SHARE, { Brandnew: 1 })] },
    });
    expect(store.findRecords(aws.EVICT).fileShare).toMatchObject({ Brandnew: 1 });
  });

  it("ignores values missing from prose documentation, and members that AWS tools add", async () => {
    const files = {
      "a.json": {
        NFSFileShareInfoList: [aws.share(aws.SHARE, { FileShareStatus: "FORCE_DELETING" })],
        ResponseMetadata: { HTTPStatusCode: 200 },
        NextToken: null,
      },
      "b.json": { ...aws.gateway(), ResponseMetadata: {} },
    };
    expect(await readWarnings(files)).toEqual([]);
  });
});

describe("readContext() of truncated output", () => {
  it.each([
    ["NextToken", "abc", true],
    ["Marker", "abc", true],
    ["IsTruncated", true, true],
    ["IsTruncated", false, false],
    ["NextToken", null, false],
    ["Marker", "", false],
  ])("warns if a token marks it: %s = %j is truncated: %j", async (key, value, more) => {
    const tasks = [aws.task(), { ...aws.task(), TaskId: "task-0fedcba9876543210" }];
    const found = await readWarnings({ "a.json": { DataRepositoryTasks: tasks, [key]: value } });
    expect(found).toHaveLength(more ? 1 : 0);
    if (more) expect(found[0]).toContain(`this output is not all there is: it ends with \`${key}\``);
  });
});
