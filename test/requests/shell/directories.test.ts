import { describe, expect, it } from "vitest";
import { FORCED, followScript, MILD, SEND } from "../follow-script.ts";

const FILES = { "p.json": MILD, "sub/p.json": FORCED, "sub/deep/p.json": MILD };
const FORCED_CODE = "storagegateway/force-remove-justified";

describe("the directory of a command", () => {
  it.each([
    ["cd", `cd sub\n${SEND}`],
    ["cd with `&&`", `cd sub && ${SEND}`],
    ["cd into a constant", `D=sub\ncd "$D"\n${SEND}`],
    ["cd in two steps and back", `cd sub/deep\ncd ..\n${SEND}`],
    ["cd -", `cd sub\ncd deep\ncd -\n${SEND}`],
    ["pushd and popd", `pushd sub\npushd deep\npopd\n${SEND}`],
    ["a subshell", `(cd sub; ${SEND})`],
    ["a subshell in another", `(cd sub/deep; (cd ..; ${SEND}))`],
    ["a group", `{ cd sub; }\n${SEND}`],
    ["a function that enters it", `go() { cd sub; }\ngo\n${SEND}`],
    ["a function that is called there", `go() { ${SEND}; }\ncd sub\ngo`],
    ["cd or leave", `cd sub || exit 1\n${SEND}`],
    ["cd or leave in a group", `cd sub || { echo no; exit 1; }\n${SEND}`],
    ["the script's own directory", `cd /tmp\ncd "$(dirname "$0")/sub"\n${SEND}`],
    [
      "the script's own directory in a variable",
      `HERE="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"\ncd "$HERE/sub"\n${SEND}`,
    ],
    ["the repository's root", `cd /tmp\ncd "$(git rev-parse --show-toplevel)"\ncd sub\n${SEND}`],
    ["the current directory", `cd "$PWD/sub"\n${SEND}`],
    ["env -C", `env -C sub ${SEND}`],
    ["env --chdir", `env --chdir=sub X=1 ${SEND}`],
    ["sudo -D", `sudo -D sub ${SEND}`],
    ["an alias that enters it", `alias go='cd sub'\ngo\n${SEND}`],
    ["a script in a text", `bash -c 'cd sub && ${SEND}'`],
    ["eval, which changes it for good", `cd sub\neval 'true'\n${SEND}`],
    ["a loop whose rounds return", `for d in a b; do (cd "$d"; ls); done\ncd sub\n${SEND}`],
    ["a branch that leaves", `if [ ! -d x ]; then cd /; exit 1; fi\ncd sub\n${SEND}`],
    ["both branches", `if a; then cd sub; else cd sub; fi\n${SEND}`],
    ["a substitution", `cd sub\nX=$(cd deep; pwd)\n${SEND}`],
    ["a pipeline, which leaves it", `cd sub\ncd deep | cat\n${SEND}`],
    ["a background job, which leaves it", `cd sub\ncd deep &\n${SEND}`],
    ["eval that enters it", `eval "cd sub"\n${SEND}`],
    ["the script's directory in a file's name", `${SEND.replace("p.json", '"$(dirname "$0")"/sub/p.json')}`],
    [
      "a variable in a file's name",
      `HERE=$(cd "$(dirname "$0")"; pwd)\nP="$HERE/sub/p.json"\n${SEND.replace("file://p.json", '"file://$P"')}`,
    ],
    ["an option with a file's name", `cd sub\n${SEND.replace(" file://", "=file://$PWD/")}`],
    ["a path of several parts", `${SEND.replace("p.json", "./deep/../sub/p.json")}`],
  ])("is followed through %s", async (_how, text) => {
    expect((await followScript("a.sh", text, FILES)).failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["a variable", `cd "$WORK"\n${SEND}`],
    ["a home directory", `cd\n${SEND}`],
    ["a home directory by its sign", `cd ~/x\n${SEND}`],
    ["another machine's directory", `cd /srv\n${SEND}`],
    ["one of two branches", `if a; then cd sub; fi\n${SEND}`],
    ["one of several cases", `case $1 in a) cd sub;; esac\n${SEND}`],
    ["a condition", `[ -n "$X" ] && cd sub\n${SEND}`],
    ["an alternative that goes on", `cd sub || echo no\n${SEND}`],
    ["a loop", `for d in a b; do ${SEND}; cd sub; done`],
    ["a loop that was left", `while read d; do cd "$d"; done\n${SEND}`],
    ["a function that may enter it", `go() { [ -n "$1" ] && cd sub; }\ngo x\n${SEND}`],
    ["a function that nothing calls", `go() { ${SEND}; }\ncd sub`],
    ["another machine", `ssh host '${SEND}'`],
    ["a container", `docker exec box ${SEND}`],
    ["a trap", `trap '${SEND}' EXIT\ncd sub`],
    ["an unknown directory of env", `env -C "$D" ${SEND}`],
    ["popd without pushd", `popd\n${SEND}`],
    ["eval of an unknown command", `eval "$SETUP"\n${SEND}`],
    ["a variable that is set twice", `D=$PWD\nD=$1\n${SEND.replace("p.json", "$D/p.json")}`],
    ["a variable that holds an earlier one", `D=$PWD\ncd sub\n${SEND.replace("p.json", "$D/p.json")}`],
  ])("is not known behind %s", async (_how, text) => {
    const { outcome, failed, requests } = await followScript("a.sh", text, FILES);
    expect([outcome, failed, requests]).toEqual(["undecided", [], 1]);
  });

  const workflow = (step: string, more = ""): string =>
    `on: push\n${more}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${SEND}\n${step}`;

  it.each([
    ["a step", workflow("        working-directory: sub\n")],
    ["a step, from the workspace", workflow(`        working-directory: \${{ github.workspace }}/sub\n`)],
    ["a workflow's defaults", workflow("", "defaults:\n  run:\n    working-directory: ./sub\n")],
    [
      "a job's defaults, which go before",
      workflow("", "defaults: { run: { working-directory: x } }\n").replace(
        "    steps",
        "    defaults: { run: { working-directory: sub } }\n    steps",
      ),
    ],
  ])("is that of %s in a workflow", async (_where, text) => {
    expect((await followScript(".github/workflows/w.yml", text, FILES)).failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["an expression", workflow(`        working-directory: \${{ inputs.where }}\n`)],
    ["an absolute path", workflow("        working-directory: /srv\n")],
    [
      "another checkout",
      workflow("").replace(
        "steps:\n",
        "steps:\n      - uses: actions/checkout@v4\n        with: { ref: x }\n",
      ),
    ],
    ["an artifact", workflow("").replace("steps:\n", "steps:\n      - uses: actions/download-artifact@v4\n")],
    [
      "a step that writes the file",
      workflow("").replace("steps:\n", "steps:\n      - run: jq . x > p.json\n"),
    ],
  ])("or its files are not known because of %s in a workflow", async (_what, text) => {
    expect((await followScript(".github/workflows/w.yml", text, FILES)).outcome).toBe("undecided");
  });

  it.each([
    ["a copied directory", `FROM x\nCOPY . /app\nWORKDIR /app/sub\nRUN ${SEND}\n`],
    ["a copied file", `FROM x\nWORKDIR /app\nCOPY sub/p.json ./\nRUN ${SEND}\n`],
    [
      "a copied file by another name",
      `FROM x\nWORKDIR /app\nCOPY sub/p.json /q.json\nRUN ${SEND.replace("p.json", "/q.json")}\n`,
    ],
    ["relative directories", `FROM x\nCOPY . .\nWORKDIR sub/deep\nWORKDIR ..\nRUN ${SEND}\n`],
    ["a later copy over an earlier", `FROM x\nWORKDIR /a\nCOPY . .\nCOPY sub .\nRUN ${SEND}\n`],
    ["a stage of its own", `FROM x\nWORKDIR /y\nFROM x\nCOPY sub /app\nWORKDIR /app\nRUN ${SEND}\n`],
    [
      "a stage upon another",
      `FROM x AS base\nCOPY . /app\nWORKDIR /app\nFROM base\nWORKDIR sub\nRUN ${SEND}\n`,
    ],
    ["a command that enters it", `FROM x\nCOPY . /app\nRUN cd /app/sub && ${SEND}\n`],
    ["the exec form", `FROM x\nCOPY sub /a/\nWORKDIR /a\nCMD ["${SEND.replaceAll(" ", '", "')}"]\n`],
    ["a mount", `FROM x\nWORKDIR /a\nRUN --mount=type=bind,source=sub,target=/a ${SEND}\n`],
  ])("is followed through a Dockerfile with %s", async (_what, text) => {
    expect((await followScript("Dockerfile", text, FILES)).failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["no copies", `FROM x\nWORKDIR sub\nRUN ${SEND}\n`],
    ["a variable", `FROM x\nARG D\nWORKDIR $D\nCOPY . .\nRUN ${SEND}\n`],
    ["a directory that nothing is copied to", `FROM x\nCOPY . /app\nWORKDIR /b\nRUN ${SEND}\n`],
    ["files of another stage", `FROM x\nWORKDIR /a\nCOPY --from=y /a .\nRUN ${SEND}\n`],
    ["a download", `FROM x\nWORKDIR /a\nCOPY . .\nADD https://example.com/p.json .\nRUN ${SEND}\n`],
    ["an instruction that writes it", `FROM x\nWORKDIR /a\nCOPY . .\nRUN echo {} > p.json\nRUN ${SEND}\n`],
  ])("is not known in a Dockerfile with %s", async (_what, text) => {
    expect((await followScript("Dockerfile", text, FILES)).outcome).toBe("undecided");
  });
});
