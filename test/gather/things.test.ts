import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";

const ARN = "arn:aws:storagegateway:eu-west-1:123456789012";
const plan = async (document: string): Promise<string> =>
  (await runCli(["context", "plan"], { cwd: directory({ "a.yaml": document }) })).stdout;

describe("context plan for operations that delete", () => {
  it("reads the gateway and its cache for a reset", async () => {
    const text = await plan(
      `operation: storagegateway:ResetCache\nrequest: { GatewayARN: "${ARN}:gateway/sgw-12A3456B" }\n`,
    );
    expect(text).toContain(
      "aws storagegateway describe-gateway-information --region eu-west-1 --gateway-arn",
    );
    expect(text).toContain(
      `aws storagegateway describe-cache --region eu-west-1 --gateway-arn ${ARN}:gateway/sgw-12A3456B > context/cache-sgw-12A3456B.json`,
    );
  });

  it("reads both metrics for a forced deletion of a share", async () => {
    const text = await plan(
      `operation: storagegateway:DeleteFileShare\nrequest: { FileShareARN: "${ARN}:share/share-1A2B3C4D", ForceDelete: true }\n`,
    );
    expect(text).toContain("--metric-name FilesFailingUpload --dimensions Name=ShareId,Value=share-1A2B3C4D");
    expect(text).toContain('describe-cache --region eu-west-1 --gateway-arn "$gateway"');
    expect(text).toContain("storagegateway:DescribeCache");
  });

  it("reads a volume's snapshots for a restore", async () => {
    const text = await plan(
      "operation: fsx:RestoreVolumeFromSnapshot\nrequest: { VolumeId: fsvol-0123456789abcdef0, SnapshotId: fsvolsnap-0123456789abcdef0 }\n",
    );
    expect(text).toContain("aws fsx describe-volumes --volume-ids fsvol-0123456789abcdef0");
    expect(text).toContain(
      "pages Snapshots aws fsx describe-snapshots --filters Name=volume-id,Values=fsvol-0123456789abcdef0",
    );
  });

  it.each([
    [
      "operation: fsx:CancelDataRepositoryTask\nrequest: { TaskId: task-0123456789abcdef0 }\n",
      "describe-data-repository-tasks --task-ids task-0123456789abcdef0",
      "DataRepositoryTasks",
    ],
    [
      "operation: fsx:DeleteDataRepositoryAssociation\nrequest: { AssociationId: dra-0123456789abcdef0, DeleteDataInFileSystem: true }\n",
      "describe-data-repository-associations --association-ids dra-0123456789abcdef0",
      "Associations",
    ],
  ])("marks what was asked for by ID as a part of its list: %s", async (document, command, key) => {
    expect(await plan(document)).toContain(
      `aws fsx ${command} --query '{${key}: ${key}, IsTruncated: ${key} == ${key}}'`,
    );
  });

  it("puts no name into a command that has another form", async () => {
    const text = await plan(
      'operation: fsx:CancelDataRepositoryTask\nrequest: { TaskId: "task-0123456789abcdef0;reboot" }\n',
    );
    expect(text).not.toContain("reboot");
  });
});
