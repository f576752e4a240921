import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { parseJson } from "../../src/documents/json/json.ts";
import { parseYaml } from "../../src/documents/yaml/yaml.ts";
import { findDefinedRecords } from "../../src/requests/templates/defined-records.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";

const TEMPLATE = `Resources:
  FileSystem:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: LUSTRE
      FileSystemTypeVersion: "2.15"
      LustreConfiguration: { DeploymentType: PERSISTENT_2 }
  Results:
    Type: AWS::FSx::DataRepositoryAssociation
    Properties:
      FileSystemId: !Ref FileSystem
      FileSystemPath: /results
      DataRepositoryPath: s3://lab-results/results/
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: { Mode: "OFF" }
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: arn:aws:iam::123456789012:role/Nightly
        Input: !Sub '{"Type":"EXPORT_TO_REPOSITORY","FileSystemId":"\${FileSystem}","Paths":["PATH"],"Report":{"Enabled":false}}'
`;
const checkTemplate = async (text: string) => {
  const ran = await runCli(["check", "--format", "json", "template.yaml"], {
    cwd: directory({ "template.yaml": text }),
  });
  return reportOf(ran).diagnostics.map(
    ({ code, status }: { code: string; status: string }) => `${status} ${code}`,
  );
};

describe("requests that refer to resources of their template", () => {
  it("are checked against the associations that it defines", async () => {
    const codes = await checkTemplate(TEMPLATE.replace("PATH", "scratch/run"));
    expect(codes).toContain("failed fsx/paths-linked");
    const linked = await checkTemplate(TEMPLATE.replace("PATH", "results/run"));
    expect(
      linked.filter((code: string) => /paths-linked|data-repository|association|file-system/.test(code)),
    ).toEqual([]);
  });

  it("fail beside automatic export", async () => {
    const text = TEMPLATE.replace("PATH", "results").replace(
      "s3://lab-results/results/\n",
      "s3://lab-results/results/\n      S3: { AutoExportPolicy: { Events: [NEW] } }\n",
    );
    expect(await checkTemplate(text)).toContain("failed fsx/no-automatic-export");
  });

  it("fail where the file system has no link", async () => {
    const [head = "", tail = ""] = TEMPLATE.split(/ {2}Results:[\s\S]*?(?= {2}Nightly)/);
    expect(await checkTemplate(`${head}${tail}`)).toContain("failed fsx/data-repository-linked");
  });

  it("are checked against the resources of their Terraform file", async () => {
    const check = async (path: string, more = "") => {
      const ran = await runCli(["check", "--format", "json", "main.tf"], {
        cwd: directory({ "main.tf": TERRAFORM.replace("PATH", path).replace("# more", more) }),
      });
      return reportOf(ran).diagnostics.map(
        ({ code, status }: { code: string; status: string }) => `${status} ${code}`,
      );
    };
    expect(await check("scratch")).toContain("failed fsx/paths-linked");
    expect((await check("results/run")).filter((code: string) => code.endsWith("paths-linked"))).toEqual([]);
    expect(await check("scratch", "count = var.n")).toContain("undecided fsx/paths-linked");
    const alone = TERRAFORM.replace(/resource "aws_fsx_data[\s\S]*?\n}\n/, "");
    const ran = await runCli(["check", "--format", "json", "main.tf"], {
      cwd: directory({ "main.tf": alone }),
    });
    expect(JSON.stringify(reportOf(ran).diagnostics)).not.toContain('"failed"');
  });

  it("take their own context first", async () => {
    const context = JSON.stringify({
      Associations: [
        {
          AssociationId: "dra-0123456789abcdef1",
          FileSystemId: "fs-0123456789abcdef0",
          FileSystemPath: "/scratch",
          DataRepositoryPath: "s3://lab-scratch/",
        },
      ],
    });
    const plan = JSON.stringify(PLAN("fs-0123456789abcdef0", "scratch"));
    const check = async (files: Record<string, string>, ...args: string[]) =>
      reportOf(await runCli(["check", "--format", "json", "plan.json", ...args], { cwd: directory(files) }))
        .diagnostics.filter(({ status }: { status: string }) => status === "failed")
        .map(({ code }: { code: string }) => code);
    expect(await check({ "plan.json": plan })).toContain("fsx/paths-linked");
    expect(await check({ "plan.json": plan, "c.json": context }, "--context", "c.json")).not.toContain(
      "fsx/paths-linked",
    );
  });
});

const TERRAFORM = `resource "aws_fsx_lustre_file_system" "lab" {
  deployment_type = "PERSISTENT_2"
}
resource "aws_fsx_data_repository_association" "results" {
  # more
  file_system_id       = aws_fsx_lustre_file_system.lab.id
  file_system_path     = "/results"
  data_repository_path = "s3://\${aws_s3_bucket.lab.id}/results"
}
resource "aws_scheduler_schedule" "export" {
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    role_arn = aws_iam_role.export.arn
    input = jsonencode({
      FileSystemId = aws_fsx_lustre_file_system.lab.id
      Type         = "EXPORT_TO_REPOSITORY"
      Paths        = ["PATH"]
      Report       = { Enabled = false }
    })
  }
}
`;

const PLAN = (id: string, path: string) => ({
  format_version: "1.2",
  terraform_version: "1.9.0",
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_fsx_lustre_file_system.lab",
          mode: "managed",
          type: "aws_fsx_lustre_file_system",
          name: "lab",
          values: {
            id,
            deployment_type: "PERSISTENT_2",
            storage_type: "SSD",
            import_path: null,
            export_path: "",
          },
        },
        {
          address: "aws_fsx_data_repository_association.results",
          mode: "managed",
          type: "aws_fsx_data_repository_association",
          name: "results",
          values: {
            association_id: "dra-0123456789abcdef0",
            file_system_id: id,
            file_system_path: "/results",
            data_repository_path: "s3://lab-results/results/",
            s3: [{ auto_export_policy: [], auto_import_policy: [{ events: ["NEW"] }] }],
          },
        },
        {
          address: "aws_scheduler_schedule.nightly",
          mode: "managed",
          type: "aws_scheduler_schedule",
          name: "nightly",
          values: {
            schedule_expression: "rate(1 day)",
            target: [
              {
                arn: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask",
                role_arn: "arn:aws:iam::123456789012:role/Nightly",
                input: JSON.stringify({
                  Type: "EXPORT_TO_REPOSITORY",
                  FileSystemId: id,
                  Paths: [path],
                  Report: { Enabled: false },
                }),
              },
            ],
          },
        },
      ],
    },
  },
});

describe("findDefinedRecords()", () => {
  const find = (text: string, payload: unknown) =>
    findDefinedRecords(parseYaml(text).documents[0]!, text, payload);
  const REFERENCE = { FileSystemId: new Unknown("!Ref FileSystem") };

  it("makes records as the AWS CLI prints them", () => {
    expect(find(TEMPLATE, REFERENCE)).toEqual({
      fileSystem: {
        FileSystemType: "LUSTRE",
        FileSystemTypeVersion: "2.15",
        LustreConfiguration: { DeploymentType: "PERSISTENT_2" },
      },
      dataRepositoryAssociations: [
        { FileSystemPath: "/results", DataRepositoryPath: "s3://lab-results/results/" },
      ],
    });
  });

  it("knows the links of older file systems", () => {
    const text = TEMPLATE.replace(
      "{ DeploymentType: PERSISTENT_2 }",
      "{ ImportPath: s3://lab, ExportPath: s3://lab/x }",
    );
    expect(find(text, REFERENCE)).toMatchObject({
      fileSystem: {
        LustreConfiguration: {
          DataRepositoryConfiguration: { ImportPath: "s3://lab", ExportPath: "s3://lab/x" },
        },
      },
    });
  });

  it.each([
    ["another resource", { FileSystemId: new Unknown("!Ref Other") }],
    ["a literal ID", { FileSystemId: "fs-0123456789abcdef0" }],
    ["an attribute", { FileSystemId: new Unknown("!GetAtt FileSystem.DNSName") }],
    ["nothing", {}],
  ])("has nothing for %s", (_, payload) => {
    expect(find(TEMPLATE, payload)).toEqual({});
  });

  it("leaves out a file system that a condition decides about", () => {
    const text = TEMPLATE.replace("AWS::FSx::FileSystem\n", "AWS::FSx::FileSystem\n    Condition: IsLab\n");
    expect(find(text, REFERENCE)).toEqual({});
  });

  it("leaves out the associations if a condition decides about one, or its file system is not known", () => {
    for (const text of [
      TEMPLATE.replace("DataRepositoryAssociation\n", "DataRepositoryAssociation\n    Condition: IsLab\n"),
      TEMPLATE.replace(
        "FileSystemId: !Ref FileSystem",
        "FileSystemId: !If [IsLab, !Ref FileSystem, !Ref Other]",
      ),
    ])
      expect(Object.keys(find(text, REFERENCE))).toEqual(["fileSystem"]);
  });

  it("finds the gateway of a share in a plan", () => {
    const share = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
    const gateway = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B";
    const resources = [
      {
        address: "aws_storagegateway_gateway.g",
        type: "aws_storagegateway_gateway",
        values: { arn: gateway, gateway_type: "FILE_S3" },
      },
      {
        address: "aws_storagegateway_nfs_file_share.s",
        type: "aws_storagegateway_nfs_file_share",
        values: { arn: share, gateway_arn: gateway, location_arn: "arn:aws:s3:::media" },
      },
    ];
    const text = JSON.stringify({ values: { root_module: { resources } } });
    expect(findDefinedRecords(parseJson(text).documents[0]!, text, { FileShareARN: share })).toEqual({
      fileShare: { FileShareARN: share, GatewayARN: gateway, LocationARN: "arn:aws:s3:::media" },
      gateway: { GatewayARN: gateway, GatewayType: "FILE_S3" },
    });
  });
});
