import { describe, expect, it } from "vitest";
import { EVICT, FORCE, followScript, SHARE } from "../follow-script.ts";

const FORCED_CODE = "storagegateway/force-remove-justified";
const OPERATION = EVICT.slice(4);
const ARGUMENTS = `--file-share-arn ${SHARE} --force-remove`;

describe("a command that is run", () => {
  it.each([
    ["eval with a text", `eval '${FORCE}'`],
    ["eval with words", `eval ${FORCE}`],
    ["eval with a variable", `C="${FORCE}"\neval "$C"`],
    ["eval with two variables", `A="${EVICT}"\nB="${ARGUMENTS}"\neval "$A" "$B"`],
    ["bash -c", `bash -c '${FORCE}'`],
    ["sh -euc", `sh -euc '${FORCE}'`],
    ["bash with options before -c", `bash -x -c "${FORCE}"`],
    [
      "bash -c with parameters",
      `bash -c 'aws storagegateway "$@"' _ ${OPERATION.split(" ")[1]} ${ARGUMENTS}`,
    ],
    ["bash -c with a parameter", `bash -c '${EVICT} --file-share-arn "$1" --force-remove' _ ${SHARE}`],
    ["xargs with sh -c", `cat x | xargs -I{} sh -c '${EVICT} --file-share-arn {} --force-remove'`],
    [
      "xargs with sh -c and parameters",
      `cat x | xargs -n1 sh -c '${FORCE} --share "$1"' _`.replace(" --share", "; echo"),
    ],
    ["find -exec", `find . -name '*.arn' -exec ${FORCE} \\;`],
    ["find -exec sh -c", `find . -exec sh -c '${EVICT} --file-share-arn "$(cat {})" --force-remove' \\;`],
    ["the second -exec of find", `find . -exec ls {} \\; -exec ${FORCE} \\;`],
    ["parallel", `parallel ${FORCE} ::: --no-cli-pager`],
    ["parallel that appends", `parallel ${FORCE.replace(" --force-remove", "")} ::: --force-remove`],
    ["parallel with a text", `parallel '${EVICT} --file-share-arn {} --force-remove' ::: a b`],
    ["parallel with commands", `parallel ::: "echo a" "${FORCE}"`],
    ["parallel that reads commands", `echo '${FORCE}' | parallel`],
    ["an alias", `alias sgw='aws storagegateway'\nsgw ${OPERATION.split(" ")[1]} ${ARGUMENTS}`],
    [
      "an alias of an alias",
      `alias a=aws\nalias s='a storagegateway'\ns ${OPERATION.split(" ")[1]} ${ARGUMENTS}`,
    ],
    ["a variable that holds it all", `CMD='${FORCE}'\n$CMD`],
    [
      "a variable that holds its beginning",
      `SGW="aws storagegateway"\n$SGW ${OPERATION.split(" ")[1]} ${ARGUMENTS}`,
    ],
    ["a variable that holds its end", `ARGS="${ARGUMENTS}"\n${EVICT} $ARGS`],
    ["an array", `CMD=(${FORCE})\n"\${CMD[@]}"`],
    ["set", `set -- ${ARGUMENTS}\n${EVICT} "$@"`],
    ["set in steps", `set -- ${OPERATION}\nset -- "$@" ${ARGUMENTS}\naws "$@"`],
    ["shift", `set -- x ${OPERATION} ${ARGUMENTS}\nshift\naws "$@"`],
    ["ssh with a text", `ssh -i key host '${FORCE}'`],
    ["ssh with words", `ssh -p 22 me@host ${FORCE}`],
    ["ssh with a here-document", `ssh host <<'EOF'\n${FORCE}\nEOF`],
    ["ssh with bash -s", `ssh host bash -s <<EOF\n${FORCE}\nEOF`],
    ["docker with the image", `docker run --rm amazon/aws-cli:2 ${OPERATION} ${ARGUMENTS}`],
    ["docker with an entry point", `docker run --entrypoint sh amazon/aws-cli -c '${FORCE}'`],
    [
      "docker with an entry point of its own",
      `docker run --entrypoint=/usr/local/bin/aws public.ecr.aws/aws-cli/aws-cli ${OPERATION} ${ARGUMENTS}`,
    ],
    ["docker exec", `docker exec -it box sh -c '${FORCE}'`],
    ["a function that passes on its parameters", `anything() { "$@"; }\nanything ${FORCE}`],
    ["a function that logs and runs", `log_and_run() { echo "+ $*" >&2; "$@"; }\nlog_and_run ${FORCE}`],
    ["a function that is not defined here", `log_and_run ${FORCE}`],
    [
      "a function that adds the beginning",
      `sgw() { aws storagegateway "$@"; }\nsgw ${OPERATION.split(" ")[1]} ${ARGUMENTS}`,
    ],
    ["a function that shifts", `try() { local n=$1; shift; "$@"; }\ntry 3 ${FORCE}`],
    [
      "a function of parameters by number",
      `evict() { ${EVICT} --file-share-arn "$1" $2; }\nevict ${SHARE} --force-remove`,
    ],
    ["a function with a slice", `f() { "\${@:2}"; }\nf x ${FORCE}`],
    ["a function that calls a function", `run() { "$@"; }\ntwice() { run "$@"; }\ntwice ${FORCE}`],
    ["a loop over attempts", `retry() { for i in 1 2 3; do "$@" && return; done; }\nretry ${FORCE}`],
    ["a function in a pipeline", `f() { "$@"; }\nf ${FORCE} | tee x.log`],
    ["a pipe into a shell", `echo "${FORCE}" | sh -x`],
    ["a pipe into a shell through others", `printf '%s\\n' "${FORCE}" | sed s/x/y/ | bash`],
    ["a here-document piped into a shell", `cat <<EOF | bash\n${FORCE}\nEOF`],
    [
      "a here-document with a variable",
      `F=--force-remove\nbash <<EOF\n${FORCE.replace("--force-remove", "$F")}\nEOF`,
    ],
    ["a here-string", `bash <<<"${FORCE}"`],
    ["a trap", `trap '${FORCE}' EXIT`],
    ["a trap that calls a function", `clean() { ${FORCE}; }\ntrap clean EXIT`],
    ["a shebang alone", `true\n${FORCE}`],
    ["env -S", `env -S "${FORCE}"`],
    ["timeout in sudo", `sudo -n timeout 5 ${FORCE}`],
  ])("by %s is read", async (_how, text) => {
    const { failed, unread } = await followScript("a.sh", `#!/bin/bash\n${text}\n`);
    expect([[...new Set(failed)], unread]).toEqual([[FORCED_CODE], []]);
  });

  it.each([
    ["eval with a text in part", `eval "$PREFIX; $OTHER"\nX="${FORCE}"`, 3],
    ["a variable that is set in a branch", `if a; then C="${FORCE}"; fi\n$C`, 2],
    ["a variable that is sent elsewhere", `C="${FORCE}"\nsend "$C"`, 2],
    ["an operation in a parameter", `aws storagegateway "$1" --file-share-arn ${SHARE}`, 2],
    ["an operation in a variable", `aws fsx "$OP" --x`, 2],
    ["an operation in parameters", `aws storagegateway "$@"`, 2],
    ["an operation in part", `aws storagegateway evict-\${WHAT} --x`, 2],
    ["a service in a variable", `aws "$S" evict-files-failing-upload --x`, 2],
    ["a function's parameter", `f() { aws storagegateway "$1"; }\nf "$2"`, 2],
    ["a file that is run later", `cat > x.sh <<'EOF'\n${FORCE}\nEOF\nbash x.sh`, 3],
    ["a program that is not known", `my-runner ${FORCE}`, 2],
    ["xargs that reads the command", `echo "${FORCE}" | xargs -I{} sh -c "{}"`, 2],
    ["a loop that reads the command", `echo "${FORCE}" | while read -r c; do $c; done`, 2],
  ])("by %s is unread", async (_how, text, line) => {
    const { failed, unread, outcome } = await followScript("a.sh", `#!/bin/bash\n${text}\n`);
    expect([failed, unread, outcome]).toEqual([[], [line], "undecided"]);
  });

  it.each([
    ["is printed", `echo "${FORCE}"`],
    ["is printed as words", `echo ${FORCE}`],
    ["is printed to standard error", `echo "${FORCE}" >&2`],
    ["is printed into a log", `echo "${FORCE}" >> run.log`],
    ["is printed by a function", `usage() { cat <<EOF\n${FORCE}\nEOF\n}\nusage`],
    ["is printed from a variable", `C="${FORCE}"\necho "$C"`],
    ["is filtered", `echo "${FORCE}" | grep x`],
    ["is logged", `log_info ${FORCE}`],
    ["stands in a comment", `# ${FORCE}`],
    ["is of another service", "aws ec2 stop-instances --instance-ids i-1"],
    ["is known to the run only", 'aws "$@"'],
    ["is of another service and known to the run only", 'aws ec2 "$1"'],
    ["prints its help", "aws storagegateway help"],
    ["is local", "aws configure set region eu-west-1"],
  ])("is nothing if it %s", async (_how, text) => {
    const { failed, unread, requests } = await followScript("a.sh", `#!/bin/bash\n${text}\n`);
    expect([failed.filter((code) => code !== "document/no-request"), unread, requests]).toEqual([[], [], 0]);
  });

  it.each([
    ["exported from a file", "export $(grep -v '^#' .env | xargs)"],
    ["exported by name", 'export "$NAME=$VALUE"'],
    ["declared by name", 'declare "$NAME=x"'],
    ["sourced", "source ./env.sh"],
    ["sourced by a dot", ". ./env.sh"],
    ["sourced through a prefix", "builtin source ./env.sh"],
    ["a reference", "declare -n REF=FLAG\nREF=x"],
    ["read", "read -r FLAG"],
    ["read by name", 'read -r "$NAME"'],
    ["printed into it", "printf -v FLAG %s x"],
    ["printed into one by name", 'printf -v "$NAME" %s x'],
    ["mapped", 'mapfile -t "$NAME" < x'],
    ["evaluated", 'eval "$(cat x)"'],
    ["assigned by an expansion", ': "${!NAME:=x}"'],
    ["unset by name", 'unset "$NAME"'],
  ])("has unknown words where a variable may be %s", async (_how, text) => {
    const script = (before: string, after: string): string =>
      `#!/bin/bash\n${before}FLAG=--no-force-remove\n${after}${EVICT} --file-share-arn ${SHARE} $FLAG\n`;
    expect((await followScript("a.sh", script("", `${text}\n`))).outcome).toBe("undecided");
    const isReference = text.includes("declare -n");
    expect((await followScript("a.sh", script(`${text}\n`, ""))).outcome === "pass").toBe(
      !isReference && !/FLAG/.test(text),
    );
  });

  it("may hold an integer beyond 2^53", async () => {
    const input = JSON.stringify({ FileShareARN: SHARE }).replace(
      "}",
      ', "ForceRemove": 12345678901234567890}',
    );
    const { failed } = await followScript("a.sh", `${EVICT} --cli-input-json '${input}'\n`);
    expect(failed).toEqual(["schema/type"]);
  });

  it("is found for each call of a function with other parameters", async () => {
    const text = `evict() {\n  ${EVICT} --file-share-arn "$1" $2\n}\nevict ${SHARE}\nevict ${SHARE} --force-remove\n`;
    const { requests, failed, lines } = await followScript("a.sh", text);
    expect([requests, failed, lines]).toEqual([2, [FORCED_CODE], [2]]);
  });
});
