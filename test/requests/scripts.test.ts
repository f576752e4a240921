import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContextStore } from "../../src/context/store.ts";
import { checkFiles } from "../../src/engine/check-files.ts";
import { listRequests } from "../../src/engine/list-requests.ts";
import { expandPath } from "../../src/files/walk.ts";
import { readCommandDirectives } from "../../src/requests/aws-cli/directives.ts";
import { getBuiltinRules } from "../../src/rules/builtin.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { runs, size } from "../support/scale.ts";

const engine = () => ({ schemas: builtinSchemas, context: new ContextStore() });

function createDirectory(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), "scripts-"));
  mkdirSync(join(directory, ".git"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** `file:line:column payload` of each request found by a walk. */
async function findByWalk(files: Record<string, string>): Promise<string[]> {
  const directory = createDirectory(files);
  const { requests } = await listRequests(await expandPath(directory), engine(), {});
  return requests.map(
    ({ file, line, column, payload }) =>
      `${file.slice(directory.length + 1)}:${line}:${column} ${JSON.stringify(payload)}`,
  );
}

/** The code and the marked text of each failed diagnostic of a file. */
async function findFailures(
  name: string,
  text: string,
  files: Record<string, string> = {},
): Promise<string[]> {
  const directory = createDirectory({ ...files, [name]: text });
  const entry = { file: join(directory, name), isExplicit: true };
  const { report } = await checkFiles([entry], { ...engine(), rules: getBuiltinRules() }, {});
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
      `jobs:\n  a:\n    steps:\n      - run: |\n          cd x\n          ${EVICT} x\n      - shell: cmd\n        run: ${EVICT} y\n`,
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
      "the exec form in a Dockerfile",
      "Dockerfile",
      `FROM x\nCMD ["${EVICT.replaceAll(" ", '", "')}", "x"]\n`,
      "2:6",
    ],
    ["a here-document in a Dockerfile", "Dockerfile", `FROM x\nRUN <<EOF\n${EVICT} x\nEOF\n`, "3:1"],
    ["Markdown", "docs/a.md", `# A\n\n1. B\n   \`\`\`bash\n   ${EVICT} x\n   \`\`\`\n`, "5:4"],
    [
      "a terminal session in Markdown",
      "a.md",
      `~~~console\n$ ${EVICT} \\\n> x\naws printed this\n~~~\n`,
      "2:3",
    ],
    ["a command in a variable", "a.sh", `AWS="aws --profile x"\n$AWS ${EVICT.slice(4)} x\n`, "2:1"],
    ["a function that wraps aws", "a.sh", `run_aws() { aws "$@"; }\nrun_aws ${EVICT.slice(4)} x\n`, "2:1"],
    ["a command stored in a string that is run", "a.sh", `cmd="${EVICT} x"\n$cmd\n`, "2:1"],
    ["a command stored in a string for `eval`", "a.sh", `cmd="${EVICT} x"\neval "$cmd"\n`, "2:7"],
    ["a command piped to a shell", "a.sh", `echo "${EVICT} x" | bash\n`, "1:7"],
    ["an alias", "a.sh", `alias a='aws --profile x'\na ${EVICT.slice(4)} x\n`, "2:1"],
    ["a batch script of Slurm", "a.sbatch", `#!/bin/bash\n#SBATCH -N 1\n${EVICT} x\n`, "3:1"],
    ["a file that shells read when they start", ".envrc", `${EVICT} x\n`, "1:1"],
    ["a trap", "a.sh", `trap '${EVICT} x' EXIT\n`, "1:7"],
    ["a command run on another machine", "a.sh", `ssh -t host "${EVICT} x"\n`, "1:14"],
    ["a here-string", "a.sh", `bash <<< "${EVICT} x"\n`, "1:11"],
    [
      "a recipe with the command in a make variable",
      "Makefile",
      `all:\n\t$(AWS) ${EVICT.slice(4)} x\n`,
      "2:2",
    ],
    ["a `$(shell)` call in a makefile", "Makefile", `X := $(shell ${EVICT} x)\n`, "1:14"],
    ["a `define` in a makefile", "Makefile", `define X\n${EVICT} x\nendef\n`, "2:1"],
    ["a rule with an inline recipe", "Makefile", `all: a b; @${EVICT} x\n`, "1:12"],
    ["a Dockerfile of another name", "app.Dockerfile", `ONBUILD RUN ${EVICT} x\n`, "1:13"],
    ["a health check", "Dockerfile", `HEALTHCHECK --interval=5s CMD ${EVICT} x\n`, "1:31"],
    ["continued lines with comments in a Dockerfile", "Dockerfile", `RUN ${EVICT} \\\n\n  # a\n  x\n`, "1:5"],
    [
      "an entry point and its CMD arguments",
      "Dockerfile",
      `ENTRYPOINT ["aws"]\nCMD ["${EVICT.slice(4).replaceAll(" ", '", "')}", "x"]\n`,
      "1:13",
    ],
    ["a block quote in Markdown", "a.md", `> \`\`\`sh\n> ${EVICT} \\\n>   x\n> \`\`\`\n`, "2:3"],
    ["a root prompt in Markdown", "a.md", `\`\`\`console\n[root@a ~]# ${EVICT} x\n\`\`\`\n`, "2:13"],
    ["an indented block of Markdown", "a.md", `Run:\n\n    cd x\n    ${EVICT} \\\n      x\n\nDone.\n`, "4:5"],
    ["a block indented by a tab", "a.md", `- a\n\nRun:\n\n\t${EVICT} x\n`, "5:2"],
    ["an included file with only a job", "x.yml", `.a:\n  script: ${EVICT} x\n`, "2:11"],
    [
      "a list shared by two jobs",
      ".gitlab-ci.yml",
      `.a: &a [ "${EVICT} x" ]\nb: { script: *a }\nc: { script: [ *a ] }\n`,
      "1:11",
    ],
    ["GitLab CI steps", ".gitlab-ci.yml", `a:\n  run:\n    - script: ${EVICT} x\n`, "3:15"],
    ["a script run by a script", "a.sh", `bash -c "echo; ${EVICT} 'x'"\n`, "1:16"],
    ["a here-document read by a shell", "a.sh", `ssh host bash <<'EOF'\n${EVICT} x\nEOF\n`, "2:1"],
  ])("are found in %s", async (_kind, name, text, place) => {
    expect(await findByWalk({ [name]: text })).toEqual([`${name}:${place} {"FileShareARN":"x"}`]);
  });

  it.each([
    ["Markdown outside of shell blocks", "a.md", `\`\`\`python\n${EVICT} x\n\`\`\`\n${EVICT} x\n`],
    ["indented text of a list in Markdown", "a.md", `- Run:\n\n    ${EVICT} x\n`],
    ["indented text below a line of Markdown", "a.md", `Run\n    ${EVICT} x\n`],
    ["another kind of file", "a.py", `${EVICT} x\n`],
    ["a script of another language", "run", `#!/usr/bin/python3\n${EVICT} x\n`],
    ["other keys of a workflow", ".github/workflows/w.yml", `env:\n  X: ${EVICT} x\n`],
    ["makefile lines that are not recipes", "Makefile", `X = ${EVICT} x\n`],
    [
      "calls for help and skeletons",
      "a.sh",
      `aws help\naws storagegateway help\n${EVICT} x --generate-cli-skeleton\naws storagegateway evict-files-failing-upload help\naws --version\n`,
    ],
    ["binary data", "run", "#!/bin/sh\n\0\x01aws\0"],
  ])("are not found in %s", async (_kind, name, text) => {
    expect(await findByWalk({ [name]: text })).toEqual([]);
  });

  it.each([
    [
      "a step of another shell",
      ".github/workflows/w.yml",
      `jobs:\n  a:\n    steps:\n      - shell: cmd\n        run: ${EVICT} x\n`,
      5,
    ],
    ["a command stored in a string", "a.sh", `cmd="${EVICT} x"\nsend "$cmd"\n`, 1],
    ["a command given to a program that may run it", "a.sh", `echo "${EVICT} x" | xargs -I% sh -c %\n`, 1],
    ["a script written to a file", "a.sh", `cat > x.sh <<EOF\n${EVICT} x\nEOF\n`, 2],
    ["an alias that is not known", "a.sh", `alias a="aws $X"\na ${EVICT.slice(4)} x\n`, 2],
    ["a string in a template", "t.json", `{"UserData":"${EVICT} x"}`, 1],
  ])("are listed as unread in %s", async (_kind, name, text, line) => {
    const directory = createDirectory({ [name]: text });
    const { requests, unread } = await listRequests(await expandPath(directory), engine(), {});
    expect(requests).toEqual([]);
    expect(unread).toMatchObject([
      {
        file: join(directory, name),
        line,
        operation: "storagegateway:EvictFilesFailingUpload",
        service: "storagegateway",
        language: "shell",
        why: "`storagegateway evict-files-failing-upload` stands where no commands of the AWS CLI are read",
        help: expect.stringMatching(/./),
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
  ])("are ignored in %s", async (_kind, name, text) => {
    const { requests, unread } = await listRequests(
      await expandPath(createDirectory({ [name]: text })),
      engine(),
      {},
    );
    expect([requests, unread]).toEqual([[], []]);
  });

  it.each([
    ["an endless command", "a.sh", "aws fsx \\\n".repeat(size(100_000))],
    ["endless substitutions", "Makefile", `X=${"$(shell aws ".repeat(size(20_000))}\n`],
    [
      "one long line",
      "a.json",
      `{"a":"${"x:aws-sdk:fsx:createDataRepositoryTask aws fsx create-data-repository-task ".repeat(size(20_000))}"}`,
    ],
  ])("are searched for in linear time in %s", async (_kind, name, text) => {
    const { requests } = await listRequests(
      await expandPath(createDirectory({ [name]: text })),
      engine(),
      {},
    );
    expect(requests).toEqual([]);
  });

  it("in makefiles are expanded as make does", async () => {
    const text = `run:\n\t${EVICT} "$$A" --no-force-remove\n\t${EVICT} $(call f,$(B)) ; ${EVICT} $$\n`;
    expect(await findByWalk({ Makefile: text })).toEqual([
      'Makefile:2:2 {"FileShareARN":{"$unknown":"$$A"},"ForceRemove":false}',
      'Makefile:3:2 {"FileShareARN":{"$unknown":"$(call f,$(B))"}}',
      `Makefile:3:${text.split("\n")[2]!.lastIndexOf("aws") + 1} {"FileShareARN":"$"}`,
    ]);
  });

  it("without a schema are counted, and unread if only the run knows which operation of a known service it is", async () => {
    const directory = createDirectory({
      "a.sh":
        'aws fsx describe-backups\naws fsx $OPERATION\naws s3 cp a b\naws "$@"\naws s3 "$1" b\naws --version\naws configure list\n',
    });
    const { requests, unread, unchecked } = await listRequests(await expandPath(directory), engine(), {});
    expect(requests).toEqual([]);
    expect(unread.map(({ line, why }) => `${line} ${why}`)).toEqual([
      "2 which operation this is, only the run knows",
    ]);
    expect(unchecked).toEqual([
      { operation: "fsx:DescribeBackups", calls: 1 },
      { operation: "s3 cp", calls: 1 },
      { operation: undefined, calls: 2 },
    ]);
  });
});

const CREATE =
  "aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 --type EXPORT_TO_REPOSITORY";

describe("a diagnostic for a command points at", () => {
  it.each([
    [
      "a value",
      `${CREATE} --paths a '/fsx/b c' --report Enabled=false`,
      ["fsx/export-paths-relative '/fsx/b c'"],
    ],
    ["a key in shorthand", `${CREATE} --report "Enabled=false,Scop=x"`, ["schema/unknown-field Scop"]],
    ["a value in shorthand", `${CREATE} --report Enabled=maybe`, ["schema/type maybe"]],
    ["malformed shorthand", `${CREATE} --report 'Enabled'`, ["document/syntax "]],
    ["an unclosed quote in shorthand", `${CREATE} --report 'Enabled=false,Path="x'`, ['document/syntax "']],
    [
      "a key of JSON in double quotes",
      `${CREATE} --report "{\\"Enabled\\": false, \\"Scop\\": 1}"`,
      ['schema/unknown-field \\"Scop\\"'],
    ],
    ["malformed JSON", `${CREATE} --report '{"Enabled": tru}'`, ["document/syntax tru"]],
    ["a misspelled option", `${CREATE} --report Enabled=false --pathes a`, ["schema/unknown-field --pathes"]],
    ["an option without a value", `${CREATE} --report`, ["document/syntax --report"]],
    [
      "a stray word",
      `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --no-force-remove yes`,
      ["document/syntax yes"],
    ],
    [
      "the value of a flag",
      `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --no-force-remove=yes`,
      ["document/syntax yes"],
    ],
    ["an ambiguous option", `${CREATE} --report Enabled=false --c`, ["document/syntax --c"]],
    [
      "the use of a variable with a wrong value",
      `T=EXPORT\n${CREATE.replace("EXPORT_TO_REPOSITORY", '"$T"')} --report Enabled=false`,
      ['schema/enum "$T"'],
    ],
    ["the operation if a member is missing", CREATE, ["schema/required fsx create-data-repository-task"]],
    [
      "a comma in place of a space",
      `${CREATE} --paths p1,p2/f --report Enabled=false`,
      ["fsx/paths-no-comma p1,p2/f"],
    ],
    ["invalid shell text", `echo 'x\n${CREATE}`, ["document/syntax '"]],
  ])("%s", async (_what, text, expected) => {
    expect(await findFailures("a.sh", text)).toEqual(expected);
  });

  it("a malformed value only once, without follow-up errors", async () => {
    const directory = createDirectory({ "a.sh": `${CREATE} --report 'Enabled=false,Path="x'\n` });
    const { report } = await checkFiles(
      [{ file: join(directory, "a.sh"), isExplicit: true }],
      { ...engine(), rules: getBuiltinRules() },
      {},
    );
    expect(
      report.diagnostics.filter(({ column }) => column! > CREATE.length).map(({ code }) => code),
    ).toEqual(["document/syntax"]);
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(["fail"]);
  });

  it("a value in a script embedded in YAML", async () => {
    const command = `${CREATE} --report '{\\"Enabled\\": \\"no\\"}'`;
    const text = `a:\n  script:\n    - "x; ${command}"\n`;
    expect(await findFailures(".gitlab-ci.yml", text)).toEqual(['schema/type \\"no\\"']);
  });

  it("a value in the input file, and names the command that sends it", async () => {
    const directory = createDirectory({
      "in.json": '{\n  "Type": "X", "FileSystemId": "fs-0123456789abcdef0", "Report": {"Enabled": false}}',
      "ci/a.sh": "\naws fsx create-data-repository-task --cli-input-json file://in.json\n",
    });
    const entry = { file: join(directory, "ci/a.sh"), isExplicit: true };
    const { report, sources } = await checkFiles([entry], { ...engine(), rules: getBuiltinRules() }, {});
    const [diagnostic] = report.diagnostics;
    expect(diagnostic).toMatchObject({
      code: "schema/enum",
      file: join(directory, "in.json"),
      line: 2,
      column: 11,
      pointer: "/Type",
      related: [{ file: entry.file, line: 2, column: 54, message: "the command that sends this file" }],
    });
    expect(sources.get(diagnostic!.file!)?.lineText(2)).toContain('"Type": "X"');
    expect(report.requests).toMatchObject([{ file: entry.file, line: 2, outcome: "fail" }]);
  });

  it("nothing in an input file whose faulty member an option replaces", async () => {
    const files = {
      "in.json": '{"Type": "X", "FileSystemId": "fs-0123456789abcdef0", "Report": {"Enabled": false}}',
    };
    const text =
      "aws fsx create-data-repository-task --cli-input-json file://in.json --type EXPORT_TO_REPOSITORY\n";
    expect(await findFailures("a.sh", text, files)).toEqual([]);
  });

  it("a value in the here-document that writes the input file", async () => {
    const json = '{"Type": "X", "FileSystemId": "fs-0123456789abcdef0", "Report": {"Enabled": false}}';
    const text = `cat > in.json <<'EOF'\n${json}\nEOF\naws fsx create-data-repository-task --cli-input-json file://in.json\n`;
    expect(await findFailures("a.sh", text, { "in.json": "{}" })).toEqual(['schema/enum "X"']);
    expect(await findFailures("a.sh", text.replace("cat", "jq ."), { "in.json": "{}" })).toEqual([]);
  });
});

describe("no diagnostic fails because of", () => {
  it.each([
    [
      "placeholders",
      `aws fsx create-data-repository-task --file-system-id "$FS" --type $T --report Enabled=$E,Path=$P,Format=$F,Scope=$S`,
    ],
    [
      "options in a variable",
      'aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 "${ARGS[@]}"',
    ],
    ["options in an unquoted variable", "aws fsx create-data-repository-task $ARGS"],
    ["input from a missing file", "aws fsx create-data-repository-task --cli-input-json file://none.json"],
    ["input from a command", 'aws fsx create-data-repository-task --cli-input-json "$(jq . x)"'],
    [
      "input from an absolute path",
      "aws fsx create-data-repository-task --cli-input-json file:///etc/hostname",
    ],
    ["JSON with variables", `${CREATE} --report "{\\"Enabled\\": $E, \\"Path\\": \\"$P\\", $MORE}"`],
    [
      "JSON with a boolean in a variable",
      `${CREATE.replace("EXPORT_TO_REPOSITORY", "AUTO_RELEASE_DATA")} --capacity-to-release "$N" --report '{"Enabled": '$E'}'`,
    ],
    ["shorthand with variables", `${CREATE} --report "$REPORT"`],
    [
      "template expressions",
      "aws fsx create-data-repository-task --file-system-id ${{ inputs.fs }} --type {{ type }} --report <REPORT>",
    ],
    ["omitted words", "aws fsx create-data-repository-task --file-system-id fs-0123456789abcdef0 ..."],
    [
      "words appended by xargs",
      "cat x | xargs aws fsx create-data-repository-task --type EXPORT_TO_REPOSITORY",
    ],
  ])("%s", async (_what, text) => {
    const failed = await findFailures("a.sh", `${text}\n`);
    expect(failed.filter((diagnostic) => !diagnostic.startsWith("fsx/auto-release-is-for-caches"))).toEqual(
      [],
    );
  });
});

describe("directives in comments", () => {
  const force = `${EVICT} arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D --force-remove`;
  const unjustified = "storagegateway/force-remove-justified --force-remove";

  it.each([
    ["in the line above", `# countersign: justification="INC-4242: the share is wedged"\n${force}\n`],
    [
      "above another comment",
      `# countersign: justification='INC-4242: the share is wedged'\n# more\n${force}\n`,
    ],
    ["at the end of the line", `${force} # countersign: justification="INC-4242: the share is wedged"\n`],
    [
      "at the end of a pipeline",
      `${force} | jq . # countersign: justification="INC-4242: the share is wedged"\n`,
    ],
  ])("justify a command from %s", async (_where, text) => {
    expect(await findFailures("a.sh", text)).toEqual([]);
  });

  it("justify only the next command", async () => {
    const comment = '# countersign: justification="INC-4242: the share is wedged"';
    expect(await findFailures("a.sh", `${comment}\n\n${force}\n`)).toEqual([unjustified]);
    expect(await findFailures("a.sh", `${comment}\n${force}\n${force}\n`)).toContain(unjustified);
  });

  it("with an unknown key are reported", async () => {
    expect(
      await findFailures("a.sh", `# countersign: justify="INC-4242: the share is wedged"\n${force}\n`),
    ).toEqual(['document/envelope justify="INC-4242: the share is wedged"', unjustified]);
  });

  it("are told once that a value with spaces needs quotes", async () => {
    const { faults } = readCommandDirectives(`# countersign: justification=the share is empty\n${EVICT}`, {
      start: 48,
      end: 48 + EVICT.length,
    });
    expect(faults.map(({ message, help }) => [message, help])).toEqual([
      [
        "`share is empty` is not part of the value of `justification`, which has no quotes around it",
        'write `justification="the share is empty"`',
      ],
    ]);
  });
});

describe("hostile scripts", () => {
  const many = size(40_000);

  it.each([
    ["commands in one line", `${EVICT} x; `.repeat(size(10_000))],
    ["patterns in one word", `${EVICT} ${"x*".repeat(size(400_000))}`],
    ["variables in one word", `${EVICT} ${"a$b".repeat(size(300_000))}`],
    ["wrappers", `${"sudo ".repeat(size(100_000))}${EVICT} x`],
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
    ["shorthand of one value", `${CREATE} --report 'Path=${"\\,x".repeat(size(200_000))}'`],
    ["shorthand of quotes", `${CREATE} --report 'Path="${'\\"'.repeat(size(200_000))}'`],
    ["nested shorthand", `${CREATE} --report 'Path=${"[".repeat(many)}'`],
    ["JSON with holes", `${CREATE} --report "{$A${'\\"x\\"'.repeat(many)}"`],
    ["comments", `${"# countersign: justification=x\n".repeat(many)}${EVICT} x`],
    ["prompts in Markdown", `\`\`\`console\n$ ${EVICT} x\na@${"a".repeat(size(500_000))}\n\`\`\`\n`],
  ])("of many %s are read without hanging", async (what, text) => {
    const name = what.endsWith("Markdown") ? "a.md" : "a.sh";
    await expect(findByWalk({ [name]: text })).resolves.toBeDefined();
  });
});

describe("random scripts", () => {
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
    "named %s are checked without throwing, with positions inside the text",
    async (name) => {
      const directory = createDirectory({});
      const file = join(directory, name);
      for (const one of fc.sample(text, { numRuns: runs(400), seed: 11 })) {
        writeFileSync(file, one);
        const { report } = await checkFiles(
          [{ file, isExplicit: true }],
          { ...engine(), rules: getBuiltinRules() },
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

describe("a script beyond the length limit", () => {
  it("is reported if it may contain a request, and ignored otherwise", async () => {
    const long = `echo ${"x ".repeat(2_500_000)}`;
    expect(await findFailures("a.sh", `${long}; ${EVICT} x\n`)).toHaveLength(1);
    expect(await findByWalk({ "a.sh": long })).toEqual([]);
  });
});
