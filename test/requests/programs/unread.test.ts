import { describe, expect, it } from "vitest";
import { payloadsIn, readProgram } from "./read.ts";

const CLIENT = 'import boto3\nfsx = boto3.client("fsx")\n# create_data_repository_task\n';
const IMPORT = 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';

const EXPORT = 'export { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';

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

  it.each([
    ["a command of a computed name", 'import * as sdk from "@aws-sdk/client-fsx";', "new sdk[name]({});"],
    ["a command by another name", IMPORT, "const Other = Task;\nnew Other({});"],
    ["a command that is handed on", IMPORT, "run(Task, {});"],
    ["a command that a class extends", IMPORT, "class Mine extends Task {}"],
    ["a command that is exported under another name", IMPORT, "export { Task };"],
    ["a command that is handed on by an export", "", EXPORT],
    ["a command as the default of a file", IMPORT, "export default Task;"],
    ["a command that is chosen", IMPORT, "const Chosen = x ? Task : Other;"],
    ["a command that a function returns", IMPORT, "const f = () => Task;"],
    ["a command as a default", IMPORT, "const f = (C = Task) => new C({});"],
    ["a command of somebody's own package", IMPORT.replace("@aws-sdk/", "@own/"), "new Task({});"],
    ["a method of a computed name", 'import { FSx } from "@aws-sdk/client-fsx";', "new FSx({})[name]({});"],
  ])("are listed in TypeScript: %s", async (_, head, line) => {
    expect(await unreadIn("a.ts", `${head}\n// CreateDataRepositoryTask\n${line}\n`)).toHaveLength(1);
  });

  it.each([
    ["a type", "function f(command: Task, type: typeof Task): Task { return command; }"],
    ["a question for its type", "if (command instanceof Task) run(command);"],
    ["a question for its name", "log(Task.name);"],
    ["an export under its own name", "export { Task as CreateDataRepositoryTaskCommand };"],
    ["a mock", "mock.on(Task).resolves({});"],
  ])("are not listed in TypeScript: %s", async (_, line) => {
    expect(await unreadIn("a.ts", `${IMPORT}\n${line}\n`)).toEqual([]);
  });
});

describe("methods by their names", () => {
  it("are read where the name is known", async () => {
    const text =
      'import { FSx } from "@aws-sdk/client-fsx";\nnew FSx({})["createDataRepositoryTask"]({ Type: "T" });\n';
    expect(await payloadsIn("a.ts", text)).toEqual([{ Type: "T" }]);
  });
});
