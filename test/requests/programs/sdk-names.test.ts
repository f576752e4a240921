import { describe, expect, it } from "vitest";
import type { ShapeStore } from "../../../src/requests/aws-cli/operations.ts";
import { findInProgramFile } from "../../../src/requests/programs/find.ts";
import { builtinSchemas } from "../../../src/schema/builtin.ts";
import { printed } from "./print.ts";

/** Operations of other services, with members whose names begin and end with acronyms and digits. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "sqs:SendMessage": ["QueueUrl", "MD5OfBody", "MD5", "DelaySeconds"],
  "storagegateway:CreateNFSFileShare": [
    "KMSKey",
    "VPCEndpointDNSName",
    "NFSFileShareDefaults",
    "ClientToken",
  ],
  "ec2:CreateSubnet": ["CIDRBlock", "Ipv6CidrBlock", "VpcId", "IPv6Native", "A"],
  "fsx:DescribeFileSystems": ["FileSystemIds", "MaxResults"],
};

const others: ShapeStore = {
  operations: () => Object.keys(OTHERS),
  find: (operation) => ({
    source: {
      type: "object",
      properties: Object.fromEntries((OTHERS[operation] ?? []).map((name) => [name, { type: "string" }])),
    },
  }),
};

const membersOf = (store: ShapeStore, operation: string): string[] =>
  Object.keys(store.find(operation)?.source.properties ?? {});

/** The AWS SDK for Java lowers capitals at the beginning, but the last one before a small letter. */
function setterOf(member: string): string {
  let end = 1;
  while (/[A-Z]/.test(member[end] ?? "") && !/[a-z]/.test(member[end + 1] ?? "")) end++;
  return member.slice(0, end).toLowerCase() + member.slice(end);
}

const split = (operation: string): [service: string, name: string] => {
  const [service = "", name = ""] = operation.split(":");
  return [service, name];
};

async function onlyRequest(file: string, text: string, store: ShapeStore) {
  const { requests = [], unread } = (await findInProgramFile(file, text, store)) ?? {};
  expect(unread ?? []).toEqual([]);
  expect(requests).toHaveLength(1);
  return requests[0]!;
}

const ALL = [builtinSchemas, others].flatMap((store) =>
  store.operations().map((operation) => ({ operation, store })),
);

describe.each(ALL)("members of $operation", ({ operation, store }) => {
  const [service, name] = split(operation);
  const members = membersOf(store, operation);
  const unknown = Object.fromEntries(members.map((member) => [member, { $unknown: "x" }]));

  it("are found by the names of Go's fields", async () => {
    const fields = members.map((member) => `${member}: x`).join(", ");
    const text = `import "github.com/aws/aws-sdk-go-v2/service/${service}"\nvar in = f(&${service}.${name}Input{${fields}})\n`;
    const { payload } = await onlyRequest("a.go", text, store);
    expect(printed(payload)).toEqual(unknown);
  });

  it("are found by the names of Java's setters, and called so", async () => {
    const setters = members.map((member) => `.${setterOf(member)}(x)`).join("");
    const text = `import software.amazon.awssdk.services.${service}.model.*;\nclass A { Object f() { return ${name}Request.builder()${setters}.build(); } }\n`;
    const { payload, spell } = await onlyRequest("A.java", text, store);
    expect(printed(payload)).toEqual(unknown);
    expect(members.map((member) => spell?.(member))).toEqual(members.map(setterOf));
  });
});

const PAGES = [
  [
    "a.py",
    'import boto3\nfsx = boto3.client("fsx")\nfsx.get_paginator("describe_file_systems").paginate(MaxResults=x, PaginationConfig={"PageSize": 1})\n',
  ],
  [
    "b.py",
    'import boto3\nfsx = boto3.client("fsx")\npages = fsx.get_paginator("describe_file_systems")\npages.paginate(MaxResults=x)\n',
  ],
  [
    "a.ts",
    'import { paginateDescribeFileSystems } from "@aws-sdk/client-fsx";\npaginateDescribeFileSystems({ client }, { MaxResults: x });\n',
  ],
  [
    "a.go",
    'import "github.com/aws/aws-sdk-go-v2/service/fsx"\nvar p = fsx.NewDescribeFileSystemsPaginator(client, &fsx.DescribeFileSystemsInput{MaxResults: x})\n',
  ],
  [
    "A.java",
    "import software.amazon.awssdk.services.fsx.model.*;\nclass A { Object f() { return fsx.describeFileSystemsPaginator(DescribeFileSystemsRequest.builder().maxResults(x).build()); } }\n",
  ],
] as const;

const WAITERS = [
  [
    "a.py",
    'import boto3\nfsx = boto3.client("fsx")\nfsx.get_waiter("file_systems_exist").wait(MaxResults=1)\n# describe_file_systems\n',
  ],
  [
    "a.go",
    'import "github.com/aws/aws-sdk-go-v2/service/fsx"\nvar e = waiter.Wait(ctx, &fsx.DescribeFileSystemsInput{MaxResults: x}, d)\n',
  ],
  [
    "A.java",
    "import software.amazon.awssdk.services.fsx.model.*;\nclass A { Object f() { return fsx.waiter().waitUntilFileSystemExists(DescribeFileSystemsRequest.builder().maxResults(x).build()); } }\n",
  ],
] as const;

describe("what reads a list page by page", () => {
  it.each(PAGES)("is a request in %s", async (file, text) => {
    const { operation, payload } = await onlyRequest(file, text, others);
    expect([operation, printed(payload)]).toEqual([
      "fsx:DescribeFileSystems",
      { MaxResults: { $unknown: "x" } },
    ]);
  });
});

describe("what waits for a state", () => {
  it.each(WAITERS)("is no request in %s", async (file, text) => {
    const found = await findInProgramFile(file, text, others);
    expect(found?.requests).toEqual([]);
    expect(found?.unread).toEqual([]);
  });
});
