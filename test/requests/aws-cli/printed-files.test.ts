import { describe, expect, it } from "vitest";
import { directory, runCli } from "../../cli/run.ts";

const FILES = { "task.json": '{ "Type": "T" }\n', "report.json": '{"Enabled": false}\n', token: "abc\n\n" };
const CREATE = "aws fsx create-data-repository-task";

async function payloadsOf(script: string, name = "a.sh"): Promise<unknown[]> {
  const cwd = directory({ ...FILES, ".git/HEAD": "", [name]: `${script}\n` });
  const { stdout } = await runCli(["find", name, "--format", "json"], { cwd });
  return JSON.parse(stdout).requests.map(({ payload }: { payload: unknown }) => payload);
}

describe("a value that a substitution takes from a file", () => {
  it.each([
    ["cat", `${CREATE} --cli-input-json "$(cat task.json)"`, { Type: "T" }],
    ["a redirection", `${CREATE} --cli-input-json "$(< ./task.json)"`, { Type: "T" }],
    ["a quoted name", `${CREATE} --cli-input-json "$(cat 'task.json')"`, { Type: "T" }],
    ["a structure", `${CREATE} --report "$(cat report.json)"`, { Report: { Enabled: false } }],
    [
      "a text, without its last line breaks",
      `${CREATE} --client-request-token "$(cat token)"`,
      { ClientRequestToken: "abc" },
    ],
    [
      "a file that the script writes",
      `cat > t.json <<'EOF'\n{"Type": "U"}\nEOF\n${CREATE} --cli-input-json "$(cat t.json)"`,
      { Type: "U" },
    ],
  ])("is read: %s", async (_, script, payload) => {
    expect(await payloadsOf(script)).toEqual([payload]);
  });

  it.each([
    ["a file that is changed", `jq . x > task.json\n${CREATE} --cli-input-json "$(cat task.json)"`],
    ["a file that isn't there", `${CREATE} --cli-input-json "$(cat other.json)"`],
    ["an option", `${CREATE} --cli-input-json "$(cat -n task.json)"`],
    ["several files", `${CREATE} --cli-input-json "$(cat task.json token)"`],
    ["what is done to the file", `${CREATE} --cli-input-json "$(cat task.json | sed s/T/U/)"`],
    ["words that the shell splits", `${CREATE} --cli-input-json $(cat task.json)`],
    ["more than the file", `${CREATE} --cli-input-json "$(cat task.json)}"`],
  ])("isn't known: %s", async (_, script) => {
    expect(await payloadsOf(script)).toEqual([{ $more: expect.any(String) }]);
  });

  it("is read where a script in a folder writes and reads the same name, wherever it runs", async () => {
    const script = `cat > t.json <<'EOF'\n{"Type": "U"}\nEOF\n${CREATE} --cli-input-json file://t.json`;
    expect(await payloadsOf(script, "tools/a.sh")).toEqual([{ Type: "U" }]);
  });
});
