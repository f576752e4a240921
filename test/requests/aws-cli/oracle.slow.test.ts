import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedSlice } from "../../../src/documents/embedded.ts";
import { parseYaml } from "../../../src/documents/yaml/yaml.ts";
import { findCommands } from "../../../src/requests/aws-cli/find.ts";
import { CliOperations } from "../../../src/requests/aws-cli/operations.ts";
import { checkPayload } from "../../../src/schema/check.ts";
import { arbitraryCommand, arbitraryScript } from "./arbitrary-command.ts";
import type { CliAnswer } from "./real-cli.ts";
import { generateSchemas, modelsDirectory, runCommandLines } from "./real-cli.ts";

/** Commands with a wide range of parameter shapes. */
const COMMANDS = [
  "fsx create-data-repository-task",
  "storagegateway start-cache-report",
  "storagegateway evict-files-failing-upload",
  "storagegateway describe-tapes",
  "dynamodb put-item",
  "dynamodb create-table",
  "ec2 describe-instances",
  "ec2 modify-vpc-attribute",
  "ec2 modify-instance-attribute",
  "ecs create-service",
  "ecs register-task-definition",
  "cloudwatch put-metric-alarm",
  "cloudwatch get-metric-statistics",
  "route53 change-resource-record-sets",
  "s3api put-bucket-lifecycle-configuration",
  "sqs send-message",
  "sqs create-queue",
  "kms create-grant",
  "elb remove-tags",
  "firehose put-record-batch",
  "workspaces reboot-workspaces",
  "bedrock-runtime converse",
];

const SERVICES = [...new Set(COMMANDS.map((command) => command.split(" ")[0]!.replace("s3api", "s3")))];

/** The checks that botocore makes, too. It doesn't check enums, and of limits only the lower ones. */
const CODES = new Set(["schema/type", "schema/required", "schema/unknown-field", "schema/union"]);

const isRefused = ({ error = "" }: CliAnswer): boolean =>
  error
    .split("\n")
    .some((line) => line !== "" && !/^Invalid (?:length|range|value) for parameter .*valid min/.test(line));

const isSkeleton = (words: readonly string[]): boolean => words.includes("--generate-cli-skeleton");

/** Numbers in the form in which the CLI has them: bigints as doubles, and times as numbers. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? Number(part) : part)));
const times = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part) =>
    typeof part === "string" && /^17\d{8}(?:\.\d)?$/.test(part) ? Number(part) : part,
  );

const BUCKET_FAULT = /^`.*` is no name of a bucket: the AWS CLI refuses it$/s;

describe.skipIf(modelsDirectory === undefined)(
  "command lines (skipped without the AWS CLI in python3)",
  () => {
    const schemas = modelsDirectory === undefined ? undefined : generateSchemas(SERVICES);
    const operations = new CliOperations(schemas ?? { operations: () => [], find: () => undefined });

    const ours = (text: string, file: string) => {
      // The module in python3 is version 1.
      const scripted = { file, text, operations, parseYaml, cliVersion: 1 as const };
      const shell = embedSlice(text, { start: 0, end: text.length });
      const { requests, faults } = findCommands([{ shell }], scripted);
      const [request] = requests;
      const findings = request ? checkPayload(request.payload, schemas!.find(request.operation)!, "it") : [];
      const wrong = findings.filter(({ code, status }) => CODES.has(code) && status === undefined);
      for (const { span } of faults) expect(span.end).toBeLessThanOrEqual(text.length);
      return {
        payload: request && plain(request.payload),
        // The CLI checks a bucket's name when it makes the request, which the comparison doesn't reach.
        errors: [...faults, ...wrong]
          .map(({ message }) => message)
          .filter((text) => !BUCKET_FAULT.test(text)),
      };
    };

    const compare = (scripts: readonly Script[], directory: string): void => {
      const answers = runCommandLines(
        scripts.map(({ words }) => words),
        directory,
      );
      const differences = scripts.flatMap((script, index) => {
        const answer = answers[index]!;
        const read = ours(script.text, join(directory, "script.sh"));
        return isSame(script, answer, read)
          ? []
          : [JSON.stringify({ ...script, answer: answer.error?.slice(-150) ?? answer, ...read })];
      });
      expect(differences.slice(0, 8)).toEqual([]);
    };

    it.each(COMMANDS)(
      "of `aws %s` yield the same payload as in the real CLI",
      { timeout: 120_000 },
      (name) => {
        const [service, command] = name.split(" ") as [string, string];
        const found = operations.find(service, command)!;
        const any = arbitraryCommand(found, service).chain((words) =>
          arbitraryScript(words).map((text) => ({ words, text })),
        );
        compare(fc.sample(any, { numRuns: Number(process.env.RUNS ?? 120), seed: 5 }), tmpdir());
      },
    );

    it("with values in files and in JSON yield the same payload as in the real CLI", {
      timeout: 120_000,
    }, () => {
      const directory = mkdtempSync(join(tmpdir(), "cli-files-"));
      const all = { FileSystemId: "fs-0123456789abcdef0", Type: "X", Report: { Enabled: false } };
      const files = {
        "all.json": JSON.stringify(all, null, 2),
        "report.json": '{"Enabled": true, "Path": "s3://b/\\u00e9"}\n',
        "report.txt": "Enabled=true,Path=s3://b/c",
        "type.txt": "EXPORT\n",
        "paths.json": '["a", "b"]',
        "bad.json": '{"Enabled": tru}',
        "list.json": "[1]",
        "half.json": JSON.stringify({ ...all, Type: 5, Tags: [{ Key: "k", Value: "v" }] }),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
      const given = ["--file-system-id", "fs-0123456789abcdef0", "--type", "X", "--report", "Enabled=false"];
      const input = "--cli-input-json";
      const lines = [
        [input, "file://all.json"],
        [input, "file://all.json", "--type", "Y"],
        [input, "file://all.json", "--report", "Enabled=true", "--paths", "a"],
        [input, "file://half.json"],
        [input, "file://half.json", "--type", "Y"],
        [input, "file://bad.json"],
        [input, "file://list.json"],
        [input, JSON.stringify(all)],
        [input, '{"FileSystemId": "fs-0123456789abcdef0"}'],
        [input, "no JSON"],
        [input, JSON.stringify({ ...all, Wrong: 1 })],
        [input, "{}", ...given],
        [...given, "--report", "file://report.json"],
        [...given, "--report", "file://report.txt"],
        [...given, "--report", "file://bad.json"],
        [...given, "--type", "file://type.txt"],
        [...given, "--type=file://type.txt"],
        [...given, "--paths", "file://paths.json"],
        [...given, "--paths", "file://paths.json", "b"],
        [...given, "--paths", "a,b/c", "d"],
        [...given, "--paths", "a", "--paths", "b"],
        [...given, "--paths"],
        [...given, "--tags", "Key=a,Value=b", "Key=c,Value=d"],
        [...given, "--tags", "Key=a,Value=b Key=c,Value=d"],
        [...given, "--tags", "Key=a,Value=b,Key=c,Value=d"],
        [...given, "--report", "Enabled=true,Path@=type.txt"],
        [...given, "--report", "Enabled=true,Path@=file://type.txt"],
        [...given, "--enabled", "yes"],
        [...given, "--", "x"],
        ["--dry-run", ...given],
        given,
      ];
      compare(
        lines.map((line) => {
          const words = ["fsx", "create-data-repository-task", ...line];
          return { words, text: `aws ${words.map((word) => `'${word}'`).join(" ")}` };
        }),
        directory,
      );
    });
  },
);

interface Script {
  words: string[];
  text: string;
}

function isSame(
  { words }: Script,
  answer: CliAnswer,
  { payload, errors }: { payload: unknown; errors: string[] },
): boolean {
  if (answer.none) return payload === undefined;
  // Version 2 of the CLI has removed this option.
  if (answer.error?.includes("tape-ar-ns")) return true;
  if (isRefused(answer)) return errors.length > 0 || isSkeleton(words);
  return errors.length === 0 && isDeepStrictEqual(times(payload), times(answer.params));
}
