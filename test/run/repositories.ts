import fc from "fast-check";

/** The files of a repository, by name. */
export type Files = Record<string, string>;

const SHARES = ["share-1A2B3C4D", "share-5E6F7A8B"].map(
  (id) => `arn:aws:storagegateway:eu-west-1:123456789012:share/${id}`,
);
const SYSTEMS = ["fs-0123456789abcdef0", "fs-0fedcba9876543210", "<file-system>"];
const TOKENS = ["inc-0001", "inc-0002", "<token>"];
const PATHS = [["results"], ["results/run-7", "archive"], ["archive/2024"], ["/mnt/results"], []];

const share = fc.constantFrom(...SHARES);
const system = fc.constantFrom(...SYSTEMS);
const token = fc.constantFrom(...TOKENS);
const paths = fc.constantFrom(...PATHS);
const type = fc.constantFrom("EXPORT_TO_REPOSITORY", "RELEASE_DATA_FROM_FILESYSTEM", "EXPORT", "<type>");

const report = fc
  .record({ share, token, prefix: fc.constantFrom("", "/reports", "/reports/") })
  .map((each) => ({
    operation: "storagegateway:StartCacheReport",
    request: {
      FileShareARN: each.share,
      Role: "arn:aws:iam::123456789012:role/CacheReportWriter",
      LocationARN: `arn:aws:s3:::cache-reports${each.prefix}`,
      BucketRegion: "eu-west-1",
      InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
      ClientToken: each.token,
    },
  }));

const eviction = fc
  .record({ share, force: fc.boolean(), why: fc.constantFrom("", "INC-4242: the files were verified") })
  .map((each) => ({
    operation: "storagegateway:EvictFilesFailingUpload",
    ...(each.why !== "" && { justification: each.why }),
    request: { FileShareARN: each.share, ForceRemove: each.force },
  }));

const task = fc.record({ system, token, paths, type, extra: fc.boolean() }).map((each) => ({
  operation: "fsx:CreateDataRepositoryTask",
  request: {
    Type: each.type,
    FileSystemId: each.system,
    ...(each.paths.length > 0 && { Paths: each.paths }),
    Report: { Enabled: false },
    ClientRequestToken: `token-${each.token}`,
    ...(each.extra && { Pathes: ["x"] }),
  },
}));

const documents = fc
  .array(fc.oneof(report, eviction, task), { minLength: 1, maxLength: 3 })
  .map((requests): [string, string] => [".json", JSON.stringify({ requests }, null, 2)]);

const envelope = fc
  .oneof(report, task)
  .map((one): [string, string] => [".yaml", `# a comment: é\n${toYaml(one)}`]);

/** Members on lines of their own, so that findings have different places. */
const toYaml = ({ operation, request }: { operation: string; request: object }): string =>
  `operation: ${operation}\nrequest:\n${Object.entries(request)
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`)
    .join("")}`;

const script = fc
  .record({ system, paths })
  .map((each): [string, string] => [
    ".sh",
    `#!/bin/sh\nFS=${each.system.startsWith("<") ? "$1" : each.system}\naws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY --file-system-id "$FS" --paths ${each.paths.join(" ") || '"$2"'} --report Enabled=false\naws s3 ls\naws fsx create-data-repository-task --cli-input-json file://../payload.json\n"$AWS" fsx "$3"\n`,
  ]);

const program = fc
  .record({ system, paths })
  .map((each): [string, string] => [
    ".py",
    `import boto3\nfsx = boto3.client("fsx")\nPATHS = ${JSON.stringify(each.paths)}\ndef run(**more):\n    fsx.create_data_repository_task(Type="EXPORT_TO_REPOSITORY", FileSystemId=${each.system.startsWith("<") ? "more['fs']" : JSON.stringify(each.system)}, Paths=PATHS, Report={"Enabled": False}, ClientRequestToken="token-inc-0001", **more)\n    boto3.client("storagegateway").start_cache_report(FileShareARN=${JSON.stringify(SHARES[0])}, ClientToken="inc-0001")\n    boto3.client("s3").list_buckets()\n`,
  ]);

const go = fc
  .record({ token, type })
  .map((each): [string, string] => [
    ".go",
    `package main\n\nimport (\n\t"context"\n\t"github.com/aws/aws-sdk-go-v2/aws"\n\t"github.com/aws/aws-sdk-go-v2/service/fsx"\n)\n\nfunc run(ctx context.Context, client *fsx.Client) {\n\tclient.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{\n\t\tFileSystemId: aws.String("${SYSTEMS[0]}"),\n\t\tType: "${each.type}",\n\t\tClientRequestToken: aws.String("token-${each.token}"),\n\t})\n}\n`,
  ]);

const machine = fc.record({ system, token, share, paths }).map((each): [string, string] => [
  ".asl.json",
  JSON.stringify(
    {
      StartAt: "Export",
      States: {
        Export: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask",
          Parameters: {
            Type: "EXPORT_TO_REPOSITORY",
            FileSystemId: each.system,
            Paths: each.paths,
            Report: { Enabled: false },
            ClientRequestToken: `token-${each.token}`,
          },
          Next: "Report",
        },
        Report: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:storagegateway:startCacheReport",
          Parameters: { FileShareARN: each.share, "ClientToken.$": "$.token", Role: "x" },
          End: true,
        },
      },
    },
    null,
    1,
  ),
]);

const ROLES = ["Operator", "Nightly"];
const role = fc.constantFrom(...ROLES);

const schedule = fc
  .record({ role, share, force: fc.boolean() })
  .map((each): [string, string] => [
    ".template.yaml",
    `Resources:\n  Weekly:\n    Type: AWS::Scheduler::Schedule\n    Properties:\n      Target:\n        Arn: arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload\n        RoleArn: arn:aws:iam::123456789012:role/${each.role}\n        Input: '{"FileShareArn":"${each.share}","ForceRemove":${each.force}}'\n`,
  ]);

const definition = fc
  .record({ role, action: fc.constantFrom("storagegateway:*", "fsx:Describe*", "iam:Nothing") })
  .map((each): [string, string] => [
    ".roles.yaml",
    `Resources:\n  Caller:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: ${each.role}\n      AssumeRolePolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - { Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: "sts:AssumeRole" }\n      Policies:\n        - PolicyName: p\n          PolicyDocument:\n            Version: "2012-10-17"\n            Statement:\n              - { Effect: Allow, Action: "${each.action}", Resource: "*" }\n`,
  ]);

const others = fc.constantFrom<[string, string]>(
  [".yaml", "operation: fsx:CreateDataRepositoryTask\nrequest: { Type: [ }\n"],
  [".yaml", "operation: fsx:CreateDataRepositoryTask\n"],
  [".json", "{}"],
  [".md", "# Notes\n\n```sh\naws fsx create-data-repository-task --type EXPORT\n```\n"],
  [".rb", "Aws::FSx::Client.new.public_send(:create_data_repository_task, params)\n"],
);

const directory = fc.constantFrom("", "a/", "a/b/", "b/", "a.d/");
const file = fc.tuple(
  directory,
  fc.oneof(documents, envelope, envelope, script, program, go, machine, schedule, definition, others),
);

/** A rule whose message speaks of other requests, with a fix. */
const PACK = `operation: fsx:CreateDataRepositoryTask
rules:
  - id: team/one-type
    severity: warning
    scope: changeset
    at: /Type
    when: has(request.Type)
    assert: "!requests.exists(other, other.index != index && other.request.Type == request.Type)"
    message: "{{size(requests)}} tasks, and another one has the type of this"
    fix: "'AUTO_RELEASE_DATA'"
    examples:
      pass:
        - requests: [{ request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false } } }]
      fail:
        - requests:
            - { request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false }, ClientRequestToken: a } }
            - { request: { Type: EXPORT_TO_REPOSITORY, FileSystemId: fs-0123456789abcdef0, Report: { Enabled: false }, ClientRequestToken: a } }
`;

const config = fc
  .record({
    waived: fc.subarray([
      "fsx/no-overlapping-tasks",
      "schema/unknown-field",
      "document/unread",
      "storagegateway/client-token-unique",
      "fsx/report-complete",
    ]),
    where: fc.constantFrom(undefined, "a/**"),
    pack: fc.boolean(),
    strict: fc.boolean(),
  })
  .map(
    ({ waived, where, pack, strict }): Files => ({
      "countersign.yaml": `strict: ${strict}\n${pack ? "rulePacks: [rules]\n" : ""}rules: { fsx/paths-distinct: error }\n${waived.length > 0 ? "waivers:\n" : ""}${waived.map((code) => `  - { code: ${code}, reason: "known and accepted"${where === undefined ? "" : `, file: "${where}"`} }\n`).join("")}`,
      ...(pack && { "rules/tasks.yaml": PACK }),
    }),
  );

/** A small repository, with what makes findings in one file depend on others. */
export const repositories: fc.Arbitrary<Files> = fc
  .tuple(fc.array(file, { minLength: 1, maxLength: 9 }), fc.option(config, { nil: {} }))
  .map(([files, policy]) => ({
    "payload.json":
      '{ "Type": "EXPORT_TO_REPOSITORY", "FileSystemId": "fs-0123456789abcdef0", "Paths": ["results"], "Report": { "Enabled": true } }',
    ...Object.fromEntries(
      files.map(([prefix, [ending, text]], index) => [`${prefix}f${index}${ending}`, text]),
    ),
    ...policy,
  }));
