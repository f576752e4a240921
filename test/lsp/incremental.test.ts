import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Workspace } from "../../src/lsp/workspace.ts";
import { directory } from "../cli/run.ts";
import { runs } from "../support/scale.ts";

const schedule = (name: string, type: string): string => `  ${name}:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask
        RoleArn: arn:aws:iam::123456789012:role/Exporter
        Input: !Sub |
          { "Type": "${type}", "FileSystemId": "fs-0123456789abcdef0",
            "Paths": ["/results/run", "results/run"], "Report": { "Enabled": false } }
`;

const TEMPLATE = `Resources:
${schedule("First", "EXPORT_TO_REPOSITORY")}  Queue:
    Type: AWS::SQS::Queue
${schedule("Second", "EXPORT")}${schedule("Third", "RELEASE_DATA_FROM_FILESYSTEM")}Outputs: {}
`;

const PIECES = [
  "x",
  "\n",
  '"',
  "/",
  " ",
  "  ",
  "}",
  "!Ref ",
  "${A}",
  "\n  New:\n",
  "\n---\n",
  "#",
  "/mnt/fsx/",
  "",
];

const edit = fc.record({
  at: fc.integer({ min: 0, max: TEMPLATE.length }),
  removed: fc.integer({ min: 0, max: 9 }),
  piece: fc.constantFrom(...PIECES),
});

it("a text that is edited has the diagnostics that it has when it is opened", async () => {
  const root = directory({ ".git/HEAD": "" });
  const file = join(root, "template.yaml");
  const nothingOpen = { get: () => undefined };
  const now = new Date("2026-01-01T00:00:00Z");
  const check = async (workspace: Workspace, text: string) =>
    (await workspace.check({ file, text }, nothingOpen, now)).diagnostics;
  const edited = new Workspace(root);
  const opened = new Workspace(root);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      let text = TEMPLATE;
      await check(edited, text);
      for (const { at, removed, piece } of edits) {
        text = text.slice(0, at) + piece + text.slice(at + removed);
        // A workspace that is loaded again remembers no text.
        opened.reload();
        expect(await check(edited, text)).toEqual(await check(opened, text));
      }
    }),
    { numRuns: runs(100) },
  );
});
