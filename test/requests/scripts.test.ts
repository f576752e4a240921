import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContextStore } from "../../src/context/store.ts";
import { checkFiles } from "../../src/engine/check-files.ts";
import { findInFiles } from "../../src/engine/list-requests.ts";
import { entriesOf } from "../../src/files/walk.ts";
import { builtinRules } from "../../src/rules/builtin.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { runs } from "../support/property-runs.ts";

const engine = () => ({ schemas: builtinSchemas, context: new ContextStore() });

function directoryOf(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), "scripts-"));
  mkdirSync(join(directory, ".git"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** `file:line:column payload` of each request that a walk finds. */
async function walked(files: Record<string, string>): Promise<string[]> {
  const directory = directoryOf(files);
  const { requests } = await findInFiles(await entriesOf(directory), engine(), {});
  return requests.map(
    ({ file, line, column, payload }) =>
      `${file.slice(directory.length + 1)}:${line}:${column} ${JSON.stringify(payload)}`,
  );
}

/** What each diagnostic of a file is about, as it stands in its text; without those that are undecided. */
async function marked(name: string, text: string, files: Record<string, string> = {}): Promise<string[]> {
  const directory = directoryOf({ ...files, [name]: text });
  const entry = { file: join(directory, name), named: true };
  const { report } = await checkFiles([entry], { ...engine(), rules: builtinRules() }, {});
  const lines = text.split("\n");
  return report.diagnostics
    .filter(({ status }) => status === "failed")
    .map(({ code, line = 1, column = 1, endLine, endColumn }) => {
      const end = line === endLine ? endColumn! - 1 : lines[line - 1]!.length;
      return `${code} ${lines[line - 1]!.slice(column - 1, end)}`;
    });
}

const EVICT = "aws storagegateway evict-files-failing-upload --file-share-arn";

describe("commands of the AWS CLI", () => {
  it.each([
    ["a script", "a.sh", `set -e\n${EVICT} x\n`, "2:1"],
    ["a script without an extension", "bin/run", `#!/usr/bin/env bash\n${EVICT} x\n`, "2:1"],
    [
      "a workflow",
      ".github/workflows/w.yml",
      `jobs:\n  a:\n    steps:\n      - run: |\n          cd x\n          ${EVICT} x\n      - shell: pwsh\n        run: ${EVICT} y\n`,
      "6:11",
    ],
    [
      "an action",
      "deploy/action.yml",
      `runs:\n  steps:\n    - shell: bash\n      run: >-\n        ${EVICT}\n        x\n`,
      "5:9",
    ],
    ["GitLab CI", ".gitlab-ci.yml", `a:\n  script:\n    - "${EVICT} x"\n`, "3:8"],
    [
      "an included file of GitLab CI",
      "ci/jobs.yml",
      `a:\n  stage: b\n  before_script:\n    - - '${EVICT} x'\n`,
      "4:10",
    ],
    ["a makefile", "Makefile", `all: x\n\t@-${EVICT} \\\n\t  x\n`, "2:4"],
    [
      "a Dockerfile",
      "Dockerfile.prod",
      `FROM x\nRUN --mount=type=secret,id=x a && \\\n  # b\n  ${EVICT} x\n`,
      "4:3",
    ],
    [
      "a list of words in a Dockerfile",
      "Dockerfile",
      `FROM x\nCMD ["${EVICT.replaceAll(" ", '", "')}", "x"]\n`,
      "2:6",
    ],
    ["a here-document in a Dockerfile", "Dockerfile", `FROM x\nRUN <<EOF\n${EVICT} x\nEOF\n`, "3:1"],
    ["Markdown", "docs/a.md", `# A\n\n1. B\n   \`\`\`bash\n   ${EVICT} x\n   \`\`\`\n`, "5:4"],
    [
      "what a terminal shows, in Markdown",
      "a.md",
      `~~~console\n$ ${EVICT} \\\n> x\naws printed this\n~~~\n`,
      "2:3",
    ],
    ["a variable's command", "a.sh", `AWS="aws --profile x"\n$AWS ${EVICT.slice(4)} x\n`, "2:1"],
    ["a function's", "a.sh", `run_aws() { aws "$@"; }\nrun_aws ${EVICT.slice(4)} x\n`, "2:1"],
    ["a trap", "a.sh", `trap '${EVICT} x' EXIT\n`, "1:7"],
    ["what runs on another machine", "a.sh", `ssh -t host "${EVICT} x"\n`, "1:14"],
    ["a here-string", "a.sh", `bash <<< "${EVICT} x"\n`, "1:11"],
    ["a makefile's variable", "Makefile", `all:\n\t$(AWS) ${EVICT.slice(4)} x\n`, "2:2"],
    ["a makefile's substitution", "Makefile", `X := $(shell ${EVICT} x)\n`, "1:14"],
    ["a makefile's definition", "Makefile", `define X\n${EVICT} x\nendef\n`, "2:1"],
    ["a makefile's rule", "Makefile", `all: a b; @${EVICT} x\n`, "1:12"],
    ["a Dockerfile of another name", "app.Dockerfile", `ONBUILD RUN ${EVICT} x\n`, "1:13"],
    ["a health check", "Dockerfile", `HEALTHCHECK --interval=5s CMD ${EVICT} x\n`, "1:31"],
    ["lines that Docker joins", "Dockerfile", `RUN ${EVICT} \\\n\n  # a\n  x\n`, "1:5"],
    [
      "an entry point and its words",
      "Dockerfile",
      `ENTRYPOINT ["aws"]\nCMD ["${EVICT.slice(4).replaceAll(" ", '", "')}", "x"]\n`,
      "1:13",
    ],
    ["a quotation in Markdown", "a.md", `> \`\`\`sh\n> ${EVICT} \\\n>   x\n> \`\`\`\n`, "2:3"],
    ["root's terminal", "a.md", `\`\`\`console\n[root@a ~]# ${EVICT} x\n\`\`\`\n`, "2:13"],
    ["a file with nothing but a job", "x.yml", `.a:\n  script: ${EVICT} x\n`, "2:11"],
    [
      "a list that two jobs share",
      ".gitlab-ci.yml",
      `.a: &a [ "${EVICT} x" ]\nb: { script: *a }\nc: { script: [ *a ] }\n`,
      "1:11",
    ],
    ["GitLab's steps", ".gitlab-ci.yml", `a:\n  run:\n    - script: ${EVICT} x\n`, "3:15"],
    ["another script", "a.sh", `bash -c "echo; ${EVICT} 'x'"\n`, "1:16"],
    ["a script that a shell reads", "a.sh", `ssh host bash <<'EOF'\n${EVICT} x\nEOF\n`, "2:1"],
  ])("are found in %s", async (_kind, name, text, place) => {
    expect(await walked({ [name]: text })).toEqual([`${name}:${place} {"FileShareARN":"x"}`]);
  });

  it.each([
    ["text that is no shell", "a.md", `\`\`\`python\n${EVICT} x\n\`\`\`\n${EVICT} x\n`],
    ["another kind of file", "a.py", `${EVICT} x\n`],
    ["a script of another language", "run", `#!/usr/bin/python3\n${EVICT} x\n`],
    ["a workflow's other keys", ".github/workflows/w.yml", `env:\n  X: ${EVICT} x\n`],
    ["makefile lines that are no recipe", "Makefile", `X = ${EVICT} x\n`],
    [
      "help and skeletons",
      "a.sh",
      `aws help\naws storagegateway help\n${EVICT} x --generate-cli-skeleton\naws storagegateway evict-files-failing-upload help\naws --version\n`,
    ],
    ["binary data", "run", "#!/bin/sh\n\0\x01aws\0"],
  ])("are not found in %s", async (_kind, name, text) => {
    expect(await walked({ [name]: text })).toEqual([]);
  });

  it.each([
    [
      "a step for PowerShell",
      ".github/workflows/w.yml",
      `jobs:\n  a:\n    steps:\n      - shell: pwsh\n        run: ${EVICT} x\n`,
      5,
    ],
    [
      "a runner with Windows",
      ".github/workflows/w.yml",
      `jobs:\n  a:\n    runs-on: [self-hosted, windows]\n    steps:\n      - run: ${EVICT} x\n`,
      5,
    ],
    ["a command that is kept as a text", "a.sh", `cmd="${EVICT} x"\n$cmd\n`, 1],
    ["what is piped to a shell", "a.sh", `echo "${EVICT} x" | bash\n`, 1],
    ["a script that is written", "a.sh", `cat > x.sh <<EOF\n${EVICT} x\nEOF\n`, 2],
    ["an alias", "a.sh", `alias a='aws --profile x'\na ${EVICT.slice(4)} x\n`, 2],
    ["a block of no language", "a.md", `\`\`\`\n${EVICT} x\n\`\`\`\n`, 2],
    [
      "a specification of a build",
      "buildspec.yml",
      `phases:\n  build:\n    commands:\n      - ${EVICT} x\n`,
      4,
    ],
    ["a template's text", "t.json", `{"UserData":"${EVICT} x"}`, 1],
  ])("are told of where they are not read: in %s", async (_kind, name, text, line) => {
    const directory = directoryOf({ [name]: text });
    const { requests, unread } = await findInFiles(await entriesOf(directory), engine(), {});
    expect(requests).toEqual([]);
    expect(unread).toEqual([
      {
        file: join(directory, name),
        line,
        why: "`storagegateway evict-files-failing-upload` stands where no commands of the AWS CLI are read",
      },
    ]);
  });

  it.each([
    ["a comment", "a.sh", `# ${EVICT} x\nls # ${EVICT} x\n`],
    ["a message", "a.sh", `echo "run ${EVICT} x"\nlog_info '${EVICT} x'\ncat <<EOF\n${EVICT} x\nEOF\n`],
    [
      "prose",
      "a.md",
      `Run \`${EVICT}\` twice. The command storagegateway evict-files-failing-upload is slow.\n`,
    ],
    [
      "a step's name",
      ".github/workflows/w.yml",
      `jobs:\n  a:\n    steps:\n      - name: ${EVICT} x\n        run: ls\n`,
    ],
  ])("are passed over in %s", async (_kind, name, text) => {
    const { requests, unread } = await findInFiles(
      await entriesOf(directoryOf({ [name]: text })),
      engine(),
      {},
    );
    expect([requests, unread]).toEqual([[], []]);
  });

  it.each([
    ["words without end", "a.sh", "aws fsx \\\n".repeat(100_000)],
    ["substitutions without end", "Makefile", `X=${"$(shell aws ".repeat(20_000)}\n`],
    [
      "one long line",
      "a.json",
      `{"a":"${"x:aws-sdk:fsx:createDataRepositoryTask aws fsx create-data-repository-task ".repeat(20_000)}"}`,
    ],
  ])("are looked for in %s", async (_kind, name, text) => {
    const { requests } = await findInFiles(await entriesOf(directoryOf({ [name]: text })), engine(), {});
    expect(requests).toEqual([]);
  });

  it("stand in makefiles with what make leaves of them", async () => {
    const text = `run:\n\t${EVICT} "$$A" --no-force-remove\n\t${EVICT} $(call f,$(B)) ; ${EVICT} $$\n`;
    expect(await walked({ Makefile: text })).toEqual([
      'Makefile:2:2 {"FileShareARN":{"$unknown":"$$A"},"ForceRemove":false}',
      'Makefile:3:2 {"FileShareARN":{"$unknown":"$(call f,$(B))"}}',
      `Makefile:3:${text.split("\n")[2]!.lastIndexOf("aws") + 1} {"FileShareARN":"$"}`,
    ]);
  });

  it("of a service of ours without a schema are told to those who ask", async () => {
    const directory = directoryOf({
      "a.sh": "aws fsx describe-backups\naws fsx $OPERATION\naws s3 cp a b\n",
    });
    const { requests, unread } = await findInFiles(await entriesOf(directory), engine(), {});
    expect(requests).toEqual([]);
    expect(unread.map(({ line, why }) => `${line} ${why}`)).toEqual([
      "1 there is no schema for the operation of `aws fsx describe-backups`",
      "2 which operation this is, only the run tells",
    ]);
  });
});

const CREATE =
  "aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 --type EXPORT_TO_REPOSITORY";

describe("what is wrong in a command is pointed at", () => {
  it.each([
    ["a value", `${CREATE} --paths a '/b c' --report Enabled=false`, ["fsx/export-paths-relative '/b c'"]],
    ["a part of shorthand", `${CREATE} --report "Enabled=false,Scop=x"`, ["schema/unknown-field Scop"]],
    ["a value in shorthand", `${CREATE} --report Enabled=maybe`, ["schema/type maybe"]],
    ["shorthand that is none", `${CREATE} --report 'Enabled'`, ["document/syntax "]],
    [
      "a quote that stays open in shorthand",
      `${CREATE} --report 'Enabled=false,Path="x'`,
      ['document/syntax "'],
    ],
    [
      "JSON in double quotes",
      `${CREATE} --report "{\\"Enabled\\": false, \\"Scop\\": 1}"`,
      ['schema/unknown-field \\"Scop\\"'],
    ],
    ["JSON that is none", `${CREATE} --report '{"Enabled": tru}'`, ["document/syntax tru"]],
    ["a misspelt option", `${CREATE} --report Enabled=false --pathes a`, ["schema/unknown-field --pathes"]],
    ["an option without a value", `${CREATE} --report`, ["document/syntax --report"]],
    [
      "a word too many",
      `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --no-force-remove yes`,
      ["document/syntax yes"],
    ],
    [
      "a value of a flag",
      `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --no-force-remove=yes`,
      ["document/syntax yes"],
    ],
    ["an ambiguous option", `${CREATE} --report Enabled=false --c`, ["document/syntax --c"]],
    [
      "a variable's text where it is used",
      `T=EXPORT\n${CREATE.replace("EXPORT_TO_REPOSITORY", '"$T"')} --report Enabled=false`,
      ['schema/enum "$T"'],
    ],
    ["a missing member", CREATE, ["schema/required fsx create-data-repository-task"]],
    [
      "a comma for a space",
      `${CREATE} --paths p1,p2/f --report Enabled=false`,
      ["fsx/paths-no-comma p1,p2/f"],
    ],
    ["text that is no shell", `echo 'x\n${CREATE}`, ["document/syntax '"]],
  ])("%s", async (_what, text, expected) => {
    expect(await marked("a.sh", text)).toEqual(expected);
  });

  it("once, though the value is not known then", async () => {
    const directory = directoryOf({ "a.sh": `${CREATE} --report 'Enabled=false,Path="x'\n` });
    const { report } = await checkFiles(
      [{ file: join(directory, "a.sh"), named: true }],
      { ...engine(), rules: builtinRules() },
      {},
    );
    expect(
      report.diagnostics.filter(({ column }) => column! > CREATE.length).map(({ code }) => code),
    ).toEqual(["document/syntax"]);
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(["fail"]);
  });

  it("in any text around it", async () => {
    const command = `${CREATE} --report '{\\"Enabled\\": \\"no\\"}'`;
    const text = `a:\n  script:\n    - "x; ${command}"\n`;
    expect(await marked(".gitlab-ci.yml", text)).toEqual(['schema/type \\"no\\"']);
  });

  it("of a file at the argument that names it", async () => {
    const files = {
      "in.json": '{"Type": "X", "FileSystemId": "fs-0123456789abcdef0", "Report": {"Enabled": false}}',
    };
    const text = "aws fsx create-data-repository-task --cli-input-json file://in.json\n";
    expect(await marked("ci/a.sh", text, files)).toEqual(["schema/enum file://in.json"]);
    expect(await marked("a.sh", text.replace("\n", " --type EXPORT_TO_REPOSITORY\n"), files)).toEqual([]);
  });

  it("of a file that the script writes, in the script", async () => {
    const json = '{"Type": "X", "FileSystemId": "fs-0123456789abcdef0", "Report": {"Enabled": false}}';
    const text = `cat > in.json <<'EOF'\n${json}\nEOF\naws fsx create-data-repository-task --cli-input-json file://in.json\n`;
    expect(await marked("a.sh", text, { "in.json": "{}" })).toEqual(['schema/enum "X"']);
    expect(await marked("a.sh", text.replace("cat", "jq ."), { "in.json": "{}" })).toEqual([]);
  });
});

describe("what isn't known fails nothing", () => {
  it.each([
    [
      "placeholders",
      `aws fsx create-data-repository-task --file-system-id "$FS" --type $T --report Enabled=$E,Path=$P,Format=$F,Scope=$S`,
    ],
    [
      "options in a variable",
      'aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 "${ARGS[@]}"',
    ],
    ["options in a variable without quotes", "aws fsx create-data-repository-task $ARGS"],
    [
      "input from a file that isn't there",
      "aws fsx create-data-repository-task --cli-input-json file://none.json",
    ],
    ["input from elsewhere", 'aws fsx create-data-repository-task --cli-input-json "$(jq . x)"'],
    [
      "input from a place of the machine",
      "aws fsx create-data-repository-task --cli-input-json file:///etc/hostname",
    ],
    ["JSON with variables", `${CREATE} --report "{\\"Enabled\\": $E, \\"Path\\": \\"$P\\", $MORE}"`],
    [
      "JSON with a number that is one",
      `${CREATE.replace("EXPORT_TO_REPOSITORY", "AUTO_RELEASE_DATA")} --capacity-to-release "$N" --report '{"Enabled": '$E'}'`,
    ],
    ["shorthand with variables", `${CREATE} --report "$REPORT"`],
    [
      "template expressions",
      "aws fsx create-data-repository-task --file-system-id ${{ inputs.fs }} --type {{ type }} --report <REPORT>",
    ],
    ["words left out", "aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 ..."],
    ["xargs", "cat x | xargs aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY"],
  ])("%s", async (_what, text) => {
    const failed = await marked("a.sh", `${text}\n`);
    expect(failed.filter((said) => !said.startsWith("fsx/auto-release-is-for-caches"))).toEqual([]);
  });
});

describe("comments", () => {
  const force = `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --force-remove`;
  const unjustified = "storagegateway/force-remove-justified --force-remove";

  it.each([
    ["above", `# countersign: justification="INC-4242: the share is wedged"\n${force}\n`],
    [
      "above with other comments",
      `# countersign: justification='INC-4242: the share is wedged'\n# more\n${force}\n`,
    ],
    ["behind", `${force} # countersign: justification="INC-4242: the share is wedged"\n`],
    ["behind a pipeline", `${force} | jq . # countersign: justification="INC-4242: the share is wedged"\n`],
  ])("%s justify a command", async (_where, text) => {
    expect(await marked("a.sh", text)).toEqual([]);
  });

  it("justify the next command alone", async () => {
    const comment = '# countersign: justification="INC-4242: the share is wedged"';
    expect(await marked("a.sh", `${comment}\n\n${force}\n`)).toEqual([unjustified]);
    expect(await marked("a.sh", `${comment}\n${force}\n${force}\n`)).toContain(unjustified);
  });

  it("that say something else are faults", async () => {
    expect(
      await marked("a.sh", `# countersign: justify="INC-4242: the share is wedged"\n${force}\n`),
    ).toEqual(['document/envelope justify="INC-4242: the share is wedged"', unjustified]);
  });
});

describe("hostile text", () => {
  const many = 40_000;

  it.each([
    ["commands in one line", `${EVICT} x; `.repeat(10_000)],
    ["patterns in one word", `${EVICT} ${"x*".repeat(400_000)}`],
    ["variables in one word", `${EVICT} ${"a$b".repeat(300_000)}`],
    ["wrappers", `${"sudo ".repeat(100_000)}${EVICT} x`],
    ["unknown options", `${EVICT} x ${"--y ".repeat(many)}`],
    ["stray words", `${EVICT} x ${"y ".repeat(many)}`],
    [
      "variables made of variables",
      `A0=x\n${Array.from({ length: 60 }, (_, n) => `A${n + 1}=$A${n}$A${n}\n`).join("")}${EVICT} $A60`,
    ],
    [
      "a chain of variables",
      `A0=x\n${Array.from({ length: 20_000 }, (_, n) => `A${n + 1}=$A${n}\n`).join("")}${EVICT} $A20000`,
    ],
    ["shorthand of one value", `${CREATE} --report 'Path=${"\\,x".repeat(200_000)}'`],
    ["shorthand of quotes", `${CREATE} --report 'Path="${'\\"'.repeat(200_000)}'`],
    ["nested shorthand", `${CREATE} --report 'Path=${"[".repeat(many)}'`],
    ["JSON with holes", `${CREATE} --report "{$A${'\\"x\\"'.repeat(many)}"`],
    ["comments", `${"# countersign: justification=x\n".repeat(many)}${EVICT} x`],
    ["prompts in Markdown", `\`\`\`console\n$ ${EVICT} x\na@${"a".repeat(500_000)}\n\`\`\`\n`],
  ])("of many %s ends", async (what, text) => {
    const name = what.endsWith("Markdown") ? "a.md" : "a.sh";
    await expect(walked({ [name]: text })).resolves.toBeDefined();
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ...[
      EVICT,
      CREATE,
      " x",
      " --report ",
      "Enabled=true",
      "{",
      "}",
      "[",
      "]",
      "'",
      '"',
      "`",
      "$(",
      ")",
      "${",
      "$",
      "\\",
      "\n",
      "\t",
    ],
    ...[
      "<<EOF\n",
      "EOF\n",
      "```sh\n",
      "```\n",
      "$ ",
      "RUN ",
      "#",
      "${{",
      "}}",
      "<A>",
      ";",
      "|",
      "&&",
      "(",
      "=",
      ",",
      "@",
      "--",
      "A=b\n",
    ],
    ...[
      "if ",
      "then ",
      "fi\n",
      "$A",
      "cat >f ",
      " file://f",
      "--cli-input-json",
      "bash -c ",
      "é😀",
      "\r\n",
      "\uE000",
      "\0",
      '\\"',
    ],
  );
  const text = fc.array(piece, { maxLength: 25 }).map((pieces) => `aws ${pieces.join("")}`);

  it.each(["a.sh", "a.md", "Makefile", "Dockerfile"])(
    "as %s is read without an error of ours, with places in it",
    async (name) => {
      const directory = directoryOf({});
      const file = join(directory, name);
      for (const one of fc.sample(text, { numRuns: runs(400), seed: 11 })) {
        writeFileSync(file, one);
        const { report } = await checkFiles(
          [{ file, named: true }],
          { ...engine(), rules: builtinRules() },
          {},
        );
        const lines = one.split("\n");
        for (const { line = 0, column = 0, endLine = 0, endColumn = 0 } of report.diagnostics) {
          expect(line).toBeLessThanOrEqual(endLine);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
          expect(endColumn).toBeLessThanOrEqual((lines[endLine - 1] ?? "").length + 1);
        }
      }
    },
  );
});

describe("a script that is too long", () => {
  it("is told of where it may hold a request, and passed over where it can't", async () => {
    const long = `echo ${"x ".repeat(2_500_000)}`;
    expect(await marked("a.sh", `${long}; ${EVICT} x\n`)).toHaveLength(1);
    expect(await walked({ "a.sh": long })).toEqual([]);
  });
});
