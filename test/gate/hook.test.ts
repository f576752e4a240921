import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const EVICT = `aws storagegateway evict-files-failing-upload --file-share-arn ${SHARE}`;

type Json = Record<string, unknown>;

const hook = (call: Json | string, args: readonly string[] = [], cwd = directory()) =>
  runCli(["hook", ...args], { cwd, stdin: typeof call === "string" ? call : JSON.stringify(call) });

const bash = (command: string, more: Json = {}): Json => ({
  session_id: "s",
  hook_event_name: "PreToolUse",
  tool_name: "Bash",
  tool_input: { command },
  cwd: directory(),
  ...more,
});

const decisionOf = (stdout: string) => JSON.parse(stdout).hookSpecificOutput;

describe("countersign hook", () => {
  it.each(["ls -la", "aws s3 ls s3://bucket", "git commit -m 'aws fsx'", "echo done # aws"])(
    "says nothing where it has nothing to object: %s",
    async (command) => {
      expect(await hook(bash(command))).toEqual({ status: 0, stdout: "", stderr: "" });
    },
  );

  it("says nothing of tools that run no shell", async () => {
    const call = { hook_event_name: "PreToolUse", tool_name: "Write", tool_input: { file_path: "x" } };
    expect(await hook(call)).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("denies a call whose check fails, with the code", async () => {
    const ran = await hook(bash(`cd /tmp && ${EVICT} --force-remove`));
    expect(decisionOf(ran.stdout)).toEqual({
      hookEventName: "PreToolUse",
      permissionDecision: "deny",
      permissionDecisionReason: expect.stringContaining("error[storagegateway/force-remove-justified]"),
    });
    expect(ran.status).toBe(0);
  });

  it.each([
    ["Gemini", { hook_event_name: "BeforeTool", tool_name: "run_shell_command" }, "directory"],
    ["newer Gemini", { hook_event_name: "BeforeTool", tool_name: "run_shell_command" }, "dir_path"],
    ["Codex", { tool_name: "exec_command", turn_id: "1" }, "workdir"],
  ])("reads files in the directory that %s runs the tool in", async (_name, more, member) => {
    const evict = (ForceRemove: boolean) => JSON.stringify({ FileShareARN: SHARE, ForceRemove });
    const cwd = directory({ "evict.json": evict(false), "sub/evict.json": evict(true) });
    const command = "aws storagegateway evict-files-failing-upload --cli-input-json file://evict.json";
    const { stdout } = await hook(bash("", { ...more, cwd, tool_input: { command, [member]: "sub" } }));
    expect(stdout).toContain("force-remove-justified");
  });

  it.each([
    ["a tool of another name", "execute_command", { command: `${EVICT} --force-remove` }],
    ["a tool without a name", undefined, { command: `${EVICT} --force-remove` }],
    ["a tool that runs the AWS CLI", "mcp__aws__call_aws", { cli_command: [`${EVICT} --force-remove`] }],
    ["what is typed into a shell", "write_stdin", { chars: `${EVICT} --force-remove\n` }],
    [
      "PowerShell",
      "PowerShell",
      { command: `Invoke-SGEvictFilesFailingUpload -FileShareARN ${SHARE} -ForceRemove $true` },
    ],
  ])("sees a call in %s", async (_name, tool_name, tool_input) => {
    const { stdout } = await hook(bash("", { tool_name, tool_input }));
    expect(decisionOf(stdout).permissionDecisionReason).toMatch(/force-remove-justified|document\/unread/);
  });

  it("takes no patch for a command", async () => {
    const call = bash(`*** Begin Patch\n+${EVICT}\n`, { tool_name: "apply_patch", turn_id: "1" });
    expect(await hook(call)).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("asks about a call that can't be decided", async () => {
    const { permissionDecision, permissionDecisionReason } = decisionOf((await hook(bash(EVICT))).stdout);
    expect(permissionDecision).toBe("ask");
    expect(permissionDecisionReason).toContain("missing: ");
  });

  it.each([
    ["whose operation only the run knows", 'aws fsx "$OPERATION" --paths a', "undecided[document/unread]"],
    ["in a shell in a shell", `bash -c '${EVICT} --force-remove'`, "force-remove-justified"],
    ["with a word in pieces", `a"w"s ${EVICT.slice(4)} --force-remove`, "force-remove-justified"],
  ])("sees a call %s", async (_name, command, expected) => {
    const { permissionDecisionReason } = decisionOf((await hook(bash(command))).stdout);
    expect(permissionDecisionReason).toContain(expected);
  });

  it("takes no justification from the command itself", async () => {
    const cwd = directory();
    const command = `# countersign: justification="the data was copied to another share, see OPS-1"\n${EVICT} --force-remove`;
    const { permissionDecision } = decisionOf((await hook(bash(command, { cwd }))).stdout);
    expect(permissionDecision).toBe("ask");
  });

  it("reads files in the directory of the call", async () => {
    const cwd = directory({ "share.json": JSON.stringify({ FileShareARN: "x" }) });
    const command = "aws storagegateway evict-files-failing-upload --cli-input-json file://share.json";
    const { permissionDecisionReason } = decisionOf((await hook(bash(command, { cwd }))).stdout);
    expect(permissionDecisionReason).toContain("error[schema/length]");
  });

  it("goes by no configuration that the agent could write, only by the one that is named", async () => {
    const config = "rules:\n  storagegateway/force-remove-justified: off\n";
    const cwd = directory({ "countersign.yaml": config });
    const command = `${EVICT} --force-remove`;
    expect(decisionOf((await hook(bash(command, { cwd }), [], cwd)).stdout).permissionDecision).toBe("deny");
    const named = await hook(bash(command, { cwd }), ["--config", "countersign.yaml"], cwd);
    expect(decisionOf(named.stdout).permissionDecision).toBe("ask");
  });

  it.each([
    [
      "Codex, which can't ask",
      bash(EVICT, { turn_id: "t" }),
      { hookSpecificOutput: { permissionDecision: "deny" } },
    ],
    [
      "Gemini CLI, which can't ask",
      { hook_event_name: "BeforeTool", tool_name: "run_shell_command", tool_input: { command: EVICT } },
      { decision: "deny", reason: expect.any(String) },
    ],
    [
      "Cursor",
      { hook_event_name: "beforeShellExecution", command: EVICT, cwd: "/" },
      { permission: "ask", user_message: expect.any(String), agent_message: expect.any(String) },
    ],
  ])("answers %s in its own shape", async (_name, call, answer) => {
    expect(JSON.parse((await hook(call)).stdout)).toMatchObject(answer);
  });

  it.each([
    ["no JSON", "nonsense"],
    ["another event", JSON.stringify({ hook_event_name: "Stop" })],
    ["a shell tool without a command", JSON.stringify({ ...bash("x"), tool_input: {} })],
    ["nothing", ""],
  ])("blocks with a word where it is given %s", async (_name, input) => {
    const ran = await hook(input);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).toMatch(/^error: /);
    expect(ran.status).toBe(2);
  });

  it("makes the call's text harmless in its reason", async () => {
    const command = "aws storagegateway evict-files-failing-upload --file-share-arn $'\\e[31mred'";
    expect(
      JSON.parse((await hook(bash(command))).stdout).hookSpecificOutput.permissionDecisionReason,
    ).not.toContain("\u001b");
  });
});
