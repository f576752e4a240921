import { describe, expect, it } from "vitest";
import { readProgram } from "./read.ts";

const CLIENT = 'import boto3\nfsx = boto3.client("fsx")\n# create_data_repository_task\n';

const unreadIn = async (file: string, text: string): Promise<string[]> =>
  (await readProgram(file, text)).unread.map(({ why }) => why);

describe("calls that only the run can put together", () => {
  it.each([
    ["a method by its name", "getattr(fsx, name)(Type=1)"],
    ["a method by a known name", 'getattr(fsx, "create_data_repository_task")(Type=1)'],
    ["a method that is handed to a thread", "pool.submit(fsx.create_data_repository_task, Type=1)"],
    ["a partial application", "run = functools.partial(fsx.create_data_repository_task, Type=1)"],
    ["a method by another name", "run = fsx.create_data_repository_task"],
    ["the client's own method", 'fsx._make_api_call("CreateDataRepositoryTask", {"Type": 1})'],
    ["a URL that makes the call", 'fsx.generate_presigned_url("create_data_repository_task", Params=p)'],
    ["a call with a syntax error", 'fsx.create_data_repository_task(Type="T", Paths=[)'],
  ])("are listed: %s", async (_, line) => {
    expect(await unreadIn("a.py", `${CLIENT}${line}\n`)).toHaveLength(1);
  });

  it.each([
    ["a method that a test replaces", "fsx.create_data_repository_task = MagicMock()"],
    ["how a method was called", 'fsx.create_data_repository_task.assert_called_with(Type="T")'],
    ["another operation by its name", 'getattr(fsx, "describe_nothing")()'],
    ["a method of another service", 's3 = boto3.client("s3")\ngetattr(s3, name)()'],
  ])("are not listed: %s", async (_, line) => {
    expect(await unreadIn("a.py", `${CLIENT}${line}\n`)).toEqual([]);
  });

  it("are listed in TypeScript: a command of a computed name", async () => {
    const text =
      'import * as sdk from "@aws-sdk/client-fsx";\n// CreateDataRepositoryTask\nnew sdk[name]({});\n';
    expect(await unreadIn("a.ts", text)).toHaveLength(1);
  });
});
