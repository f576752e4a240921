import { describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const PAYLOAD = { FileShareARN: SHARE, ForceRemove: true };
const STATE = {
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:storagegateway:evictFilesFailingUpload",
  Parameters: PAYLOAD,
  End: true,
};

describe("the help of `storagegateway/force-remove-justified` says where a justification goes", () => {
  it.each([
    [
      "a command",
      "a.sh",
      `aws storagegateway evict-files-failing-upload --file-share-arn ${SHARE} --force-remove\n`,
      'put `# countersign: justification="…"` above the command',
    ],
    [
      "a program",
      "a.py",
      `import boto3\nboto3.client("storagegateway").evict_files_failing_upload(FileShareARN="${SHARE}", ForceRemove=True)\n`,
      'put a comment `countersign: justification="…"` above the call',
    ],
    [
      "a state",
      "a.asl.json",
      JSON.stringify({ StartAt: "A", States: { A: STATE } }),
      "add a `Comment` to the state",
    ],
    [
      "a request document",
      "a.json",
      JSON.stringify({ operation: "storagegateway:EvictFilesFailingUpload", request: PAYLOAD }),
      "add `justification:` beside `operation:`",
    ],
    [
      "a payload",
      "a.yaml",
      `# countersign: operation=storagegateway:EvictFilesFailingUpload\n${JSON.stringify(PAYLOAD)}\n`,
      "write the payload as `request:`, with `operation:` and `justification:` beside it",
    ],
  ])("of %s", async (_what, name, text, help) => {
    const ran = await runCli(["check", name, "--format", "json"], { cwd: directory({ [name]: text }) });
    const { diagnostics } = reportOf(ran) as { diagnostics: { code: string; help?: string }[] };
    const found = diagnostics.find(({ code }) => code === "storagegateway/force-remove-justified");
    expect(found?.help).toBe(
      `${help}, with what happened, what else was tried, and where the lost data still is; or leave \`ForceRemove\` out to keep what only the gateway has`,
    );
  });
});
