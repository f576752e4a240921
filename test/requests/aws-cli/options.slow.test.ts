import { describe, expect, it } from "vitest";
import { CommandCustomization } from "../../../src/requests/aws-cli/customized/customization.ts";
import { CliOperations } from "../../../src/requests/aws-cli/operations.ts";
import { listOptions } from "../../../src/requests/aws-cli/options.ts";
import { ShapeResolver } from "../../../src/requests/aws-cli/shape.ts";
import type { CliCommand } from "./real-cli.ts";
import { generateSchemas, listCliCommands, modelsDirectory } from "./real-cli.ts";

/** The services with the most exceptions. `AWS_SERVICES=` tests all of them, which takes minutes. */
const SERVICES =
  process.env.AWS_SERVICES?.split(" ").filter(Boolean) ??
  "cloudwatch codedeploy config dynamodb ec2 ecs fsx glue mturk route53 s3 storagegateway swf".split(" ");

/** Old spellings of options, which the CLI accepts with a different meaning. */
const OLD = /-(?:ar-ns|i-ds|a-zs|\d|256|64)$|^(?:ec|s)-\d-|^start$/;
const PAGING = ["starting-token", "page-size", "max-items"];

function differences(
  { service, command, operation, boto, options }: CliCommand,
  operations: CliOperations,
): string[] {
  const found = operations.find(service, command);
  if (found?.operation !== `${boto}:${operation}`) return [`${service} ${command}: ${found?.operation}`];
  const customized = new CommandCustomization(found.service, found.command);
  const ours = new Map(
    listOptions(new ShapeResolver(found.shape), customized).map(({ name, member }) => [name, member]),
  );
  const missing = Object.entries(options)
    .filter(([name]) => !OLD.test(name) && !(name === "outfile" && customized.takesOutputFile))
    .filter(([name]) => customized.findOwnOption(name) === undefined)
    .filter(
      ([name, member]) =>
        !ours.has(name) || !(ours.get(name) === (member ?? undefined) || PAGING.includes(name)),
    );
  const tooMany = [...ours].filter(([name, member]) => member !== undefined && !(name in options));
  return [...missing, ...tooMany].map(([name]) => `${service} ${command}: --${name}`);
}

describe.skipIf(modelsDirectory === undefined)("optionsOf() (skipped without the AWS CLI in python3)", () => {
  it("lists the same options as the real CLI for every command", { timeout: 600_000 }, () => {
    const commands = listCliCommands(SERVICES);
    const operations = new CliOperations(generateSchemas([...new Set(commands.map(({ boto }) => boto))]));
    expect(commands.length).toBeGreaterThan(500);
    expect(commands.flatMap((command) => differences(command, operations))).toEqual([]);
  });
});
