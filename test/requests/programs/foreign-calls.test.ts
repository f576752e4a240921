import { describe, expect, it } from "vitest";
import { directory, runCli } from "../../cli/run.ts";

const find = async (name: string, text: string): Promise<{ requests: number; unread: number }> => {
  const { stdout } = await runCli(["find", name, "--format", "json"], { cwd: directory({ [name]: text }) });
  const { requests, unread } = JSON.parse(stdout) as { requests: unknown[]; unread: unknown[] };
  return { requests: requests.length, unread: unread.length };
};

describe("a method that services share", () => {
  it("is no unread call of FSx where the client is another service's, in Python", async () => {
    const text = [
      "import boto3",
      'ec2 = boto3.client("ec2")',
      'ec2.delete_volume(VolumeId="vol-049df61146c4d7901")',
      'fsx = boto3.client("fsx")',
      'fsx.delete_volume(VolumeId="fsvol-0123456789abcdef0")',
      "",
    ].join("\n");
    expect(await find("a.py", text)).toEqual({ requests: 1, unread: 0 });
  });

  it("is no unread call of FSx where the client is another service's, in Ruby", async () => {
    const text = [
      'require "aws-sdk-ec2"',
      'require "aws-sdk-fsx"',
      "ec2 = Aws::EC2::Client.new",
      'ec2.delete_volume(volume_id: "vol-049df61146c4d7901")',
      "fsx = Aws::FSx::Client.new",
      'fsx.delete_volume(volume_id: "fsvol-0123456789abcdef0")',
      "",
    ].join("\n");
    expect(await find("a.rb", text)).toEqual({ requests: 1, unread: 0 });
  });

  it("is no unread call of FSx where the client is another service's, in PHP", async () => {
    const text = [
      "<?php",
      "$ec2 = new Aws\\Ec2\\Ec2Client([]);",
      "$ec2->deleteVolume(['VolumeId' => 'vol-049df61146c4d7901']);",
      "$fsx = new Aws\\FSx\\FSxClient([]);",
      "$fsx->deleteVolume(['VolumeId' => 'fsvol-0123456789abcdef0']);",
      "",
    ].join("\n");
    expect(await find("a.php", text)).toEqual({ requests: 1, unread: 0 });
  });

  it("is an unread call where the client is not known", async () => {
    const text = 'import boto3\nfsx = boto3.client("fsx")\nclient.delete_volume(VolumeId=volume)\n';
    const { requests, unread } = await find("a.py", text);
    expect(requests + unread).toBe(1);
  });
});
