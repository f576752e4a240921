import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-12345678";
const WORDS = `storagegateway evict-files-failing-upload --file-share-arn ${SHARE} --force-remove`;
const EVICT = `aws ${WORDS}`;
const FROM_FILE = "aws storagegateway evict-files-failing-upload --cli-input-json";
const INPUT = JSON.stringify({ FileShareARN: SHARE, ForceRemove: true });
const HARMLESS = JSON.stringify({ FileShareARN: SHARE });
const PROGRAM = `import boto3\nboto3.client("storagegateway").evict_files_failing_upload(FileShareARN="${SHARE}", ForceRemove=True)\n`;

interface Setup {
  files?: Record<string, string>;
  tool?: string;
  cwd?: string;
  home?: string;
}

/** The decision, or `none` where the hook says nothing. */
async function decide(command: string, { files = {}, tool = "Bash", cwd, home = "/" }: Setup = {}) {
  const own = cwd ?? directory(files);
  const call = { hook_event_name: "PreToolUse", tool_name: tool, tool_input: { command }, cwd: own };
  const { stdout, status } = await runCli(["hook"], {
    cwd: own,
    stdin: JSON.stringify(call),
    env: { HOME: home },
  });
  expect(status).toBe(0);
  return stdout === "" ? "none" : JSON.parse(stdout).hookSpecificOutput.permissionDecision;
}

const utf16 = (text: string): string => Buffer.from(text, "utf16le").toString("base64");

describe("countersign hook reads a command as its shell does", () => {
  it.each([
    ["between braces that a template would have", `echo {{; ${EVICT}; echo }}`],
    ["between tags that a template would have", `echo '{%'; ${EVICT}; echo '%}'`],
    ["between expressions of a workflow", `: '\${{'; ${EVICT}; : '}}'`],
    ["below a line that cloud-init begins with", `#cloud-config\n${EVICT}`],
    ["behind the shell's options", `bash -euo pipefail -c '${EVICT}'`],
    ["behind options of sudo", `sudo -nu root ${EVICT}`],
    ["behind a program that pins processors", `taskset -c 0 ${EVICT}`],
    ["in a container of docker-compose", `docker-compose exec web ${EVICT}`],
  ])("denies a call %s", async (_name, command) => {
    expect(await decide(command)).toBe("deny");
  });

  it.each([
    ["whose words only the run knows", 'aws "$@"'],
    ["whose words a list brings", "aws $" + "{WORDS[@]}"],
    ["whose words a program prints", "aws $(cat words.txt)"],
    ["whose words come from the input", "cat words.txt | xargs -L1 aws"],
    ["whose service and operation are variables", "aws --region eu-west-1 $SERVICE $OPERATION"],
    ["of a program that is named by another", `nix run nixpkgs#awscli2 -- ${WORDS}`],
    ["behind a word that looks like a key", `name: ${EVICT}`],
    ["behind a word that looks like a comment", `frobnicate " # " ${EVICT}`],
    ["that is printed for a program that may run it", `printf 'all:\\n\\t${EVICT}\\n' | make -f -`],
    ["in hexadecimal digits", `echo ${Buffer.from(EVICT).toString("hex")} | xxd -r -p | bash`],
    [
      "in base64 behind another command",
      `echo ${Buffer.from(`cd /tmp; ${EVICT}`).toString("base64")} | base64 -d | sh`,
    ],
    ["in base64 of UTF-16", `pwsh -EncodedCommand ${utf16(EVICT)}`],
    [
      "by a method whose name is text",
      `python3 -c "import boto3; getattr(boto3.client('storagegateway'), 'evict_files_failing_upload')()"`,
    ],
  ])("asks about a call %s", async (_name, command) => {
    expect(await decide(command)).toBe("ask");
  });

  it.each([
    ["with a word in pieces", `a\`ws ${WORDS}`],
    ["of a variable", `$aws = 'aws'; & $aws ${WORDS}`],
    ["of a program that is put together", `& ('a' + 'ws') ${WORDS}`],
    ["in a text that is run", `@'\n${EVICT}\n'@ | iex`],
    ["through a function", `function f { aws @args }; f ${WORDS}`],
    ["without parsing", `aws --% ${WORDS}`],
    ["whose words are variables", "aws $service $operation"],
    ["in base64", `powershell -e ${utf16(EVICT)}`],
  ])("asks about a call in PowerShell %s", async (_name, command) => {
    expect(await decide(command, { tool: "PowerShell" })).toBe("ask");
  });

  it.each([
    ["options that only the run knows", "aws $OPTIONS s3 ls"],
    ["a service that only the run knows", "aws $SERVICE describe-instances"],
    ["a message of a commit", "git commit -m 'document aws storagegateway evict-files-failing-upload'"],
    ["a text of a pull request", `gh pr create --title x --body "it runs ${EVICT}"`],
    ["a search", `grep -rn "${EVICT}" docs | head`],
    ["a comment", `# ${EVICT}\nls`],
    ["a script that is installed", "curl -LsSf https://example.com/install.sh | sh"],
  ])("says nothing of %s", async (_name, command) => {
    expect(await decide(command)).toBe("none");
  });
});

describe("countersign hook reads the files that a command names", () => {
  it("wherever they are on this machine", async () => {
    const elsewhere = directory({ "evict.json": INPUT });
    expect(await decide(`${FROM_FILE} file://${elsewhere}/evict.json`)).toBe("deny");
    expect(await decide(`cd ${elsewhere} && ${FROM_FILE} file://evict.json`)).toBe("deny");
    expect(await decide(`${FROM_FILE} file://~/evict.json`, { home: elsewhere })).toBe("deny");
  });

  it.each([
    ["in its directory, not at the repository's root", { "evict.json": INPUT, ".git/HEAD": "" }, "sub"],
    ["that isn't there", {}, "."],
  ])("and asks about one %s", async (_name, files, sub) => {
    const root = directory({ ...files, "sub/other.json": "{}" });
    expect(await decide(`${FROM_FILE} file://evict.json`, { cwd: join(root, sub) })).toBe("ask");
  });

  it.each([
    ["by its relative name", (cwd: string) => `cp bad.json good.json; ${FROM_FILE} file://${cwd}/good.json`],
    [
      "from another directory",
      (cwd: string) => `(cd ${cwd}/sub && cp x ../good.json); ${FROM_FILE} file://good.json`,
    ],
    ["by a program of its own", () => `python3 make.py && ${FROM_FILE} file://good.json`],
  ])("not as it was before the command changes it %s", async (_name, write) => {
    const cwd = directory({ "good.json": "{}", "bad.json": INPUT, "sub/x": "", "make.py": "" });
    const decided = await decide(write(cwd), { cwd });
    // As it was, the file fails for want of a member.
    expect(decided).toBe("ask");
  });

  it("and what the command itself writes into one that it names absolutely", async () => {
    const command = `cat > /tmp/evict.json <<'EOF'\n${INPUT}\nEOF\n${FROM_FILE} file:///tmp/evict.json`;
    expect(await decide(command)).toBe("deny");
  });

  it("and takes no device for a file", async () => {
    expect(await decide(`${FROM_FILE} file:///dev/stdin <<< '${HARMLESS}'`)).toBe("ask");
  });

  it("and knows no directory of a shell that runs already", async () => {
    const cwd = directory({ "evict.json": "{}" });
    const tool_input = { chars: `${FROM_FILE} file://evict.json\n` };
    const call = { hook_event_name: "PreToolUse", tool_name: "write_stdin", tool_input, cwd };
    const { stdout } = await runCli(["hook"], { cwd, stdin: JSON.stringify(call) });
    expect(JSON.parse(stdout).hookSpecificOutput.permissionDecision).toBe("ask");
  });
});

describe("countersign hook checks the scripts and programs that a command runs", () => {
  const files = { "sub/run.sh": `${EVICT}\n`, "evict.py": PROGRAM };

  it.each([
    "./sub/run.sh",
    "bash -x sub/run.sh now",
    "cd sub && ./run.sh",
    "chmod +x sub/run.sh && sudo sub/run.sh",
    "source sub/run.sh",
    ". sub/run.sh",
    "bash < sub/run.sh",
    "cat sub/run.sh | sh",
    "nohup timeout 5 bash sub/run.sh &",
    "python3 -u evict.py --yes",
    "uv run evict.py",
    `cat > new.sh <<'EOF'\n${EVICT}\nEOF\nbash new.sh`,
  ])("denies %s", async (command) => {
    expect(await decide(command, { files })).toBe("deny");
  });

  it.each([
    `echo '${EVICT}' > notes.txt; sh notes.txt`,
    `echo '${EVICT}' | tee new.sh > /dev/null; bash new.sh`,
  ])("asks about a script that the command writes: %s", async (command) => {
    expect(await decide(command, { files })).toBe("ask");
  });

  it.each(["cat sub/run.sh", "git add sub/run.sh evict.py", "shellcheck sub/run.sh", "bash -n sub/run.sh"])(
    "says nothing where none runs: %s",
    async (command) => {
      expect(await decide(command, { files })).toBe("none");
    },
  );
});
