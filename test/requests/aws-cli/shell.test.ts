import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedSlice } from "../../../src/documents/embedded.ts";
import { getArgumentText, STAND_IN, WORD_STAND_IN } from "../../../src/requests/aws-cli/argument.ts";
import { toShellText } from "../../../src/requests/aws-cli/shell-text.ts";
import { executeShell } from "../../../src/requests/shell/execution.ts";
import { SessionStates } from "../../../src/requests/shell/sessions.ts";
import type { ShellCommand } from "../../../src/requests/shell/shell-command.ts";
import { resolveRunTargets } from "../../../src/requests/shell/wrappers.ts";
import { runs, size } from "../../support/scale.ts";

/** Follows a script, and lists the commands that it runs. */
function read(text: string) {
  const commands: ShellCommand[] = [];
  const host = {
    directories: { file: ["/a"], root: ["/a"] },
    isAboutToRun: false,
    run: (command: ShellCommand) => commands.push(command),
    openSourced: () => undefined,
  };
  const shell = toShellText(embedSlice(text, { start: 0, end: text.length }));
  const outcome = executeShell(shell, new SessionStates("/a", "/a").createState({}), host);
  return { commands, error: outcome?.error };
}

/** The words after each `aws`, with `?` for unknown text and `…` for a word that may expand to several. */
const findAwsCommands = (text: string): string[][] =>
  read(text)
    .commands.flatMap(({ words }) => resolveRunTargets(words))
    .flatMap((run) => (run.kind === "aws" && !run.isGuess ? [run.words.map(showWord)] : []));

const showWord = (word: Parameters<typeof getArgumentText>[0]): string => {
  const text = getArgumentText(word).replaceAll(new RegExp(`[${STAND_IN}${WORD_STAND_IN}]+`, "g"), "?");
  return word.words === "one" ? text : `${text}…`;
};

const hasBash = spawnSync("bash", ["-c", "exit 0"]).status === 0;

describe.skipIf(!hasBash)("readShell() (skipped without bash)", () => {
  const piece = fc.constantFrom(
    ...[
      "a",
      "b=c",
      "-",
      ",",
      "é😀",
      "\\ ",
      "\\\\",
      "\\'",
      '\\"',
      "\\$",
      "\\\n",
      "'x y'",
      "'\\'",
      "''",
      '""',
      '"a b"',
    ],
    ...[
      '"\\a\\\\\\"\\$\\`"',
      '"it\'s"',
      "$'\\t\\x41\\u00e9\\'\\101'",
      "$'a\\\\'",
      "[x]",
      "x#y",
      "{a}",
      "a{",
      "@",
      ":",
      "%",
      '"\n"',
    ],
    ...["$ONE", '"$ONE"', "${TWO}", '"${TWO}x"', "'$ONE'", "\\\\\n", "!", "^", "+", "*=*".replace("*", "p=")],
  );
  const word = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(""));
  const line = fc
    .array(word, { minLength: 1, maxLength: 5 })
    .chain((words) => fc.constantFrom(" ", "  ", " \\\n ").map((blank) => `aws ${words.join(blank)}`))
    .filter((text) => !/(?:^|[\s])(?:#|!)/.test(text));

  it("splits words as bash does", () => {
    const lines = fc.sample(line, { numRuns: runs(600), seed: 3 });
    const script = `ONE=one\nTWO="two words"\n${lines.join("\n")}\n`;
    const prelude = `cd /var/empty 2>/dev/null || cd /\naws() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n`;
    const { stdout } = spawnSync("bash", ["-f", "-c", prelude + script], { encoding: "utf8" });
    const bash = stdout
      .split("\x01\0")
      .slice(0, -1)
      .map((words) => words.split("\0").slice(0, -1));
    const ours = findAwsCommands(script);
    expect(ours.length).toBe(bash.length);
    for (const [index, words] of ours.entries()) {
      // A partly unknown word is only compared by its presence.
      const isKnown = words.every((one) => !/[?…]/.test(one));
      if (isKnown) expect(words, lines[index]).toEqual(bash[index]);
    }
    expect(ours.filter((words) => words.every((one) => !/[?…]/.test(one))).length).toBeGreaterThan(
      runs(600) / 3,
    );
  });
});

describe("variables in shell text", () => {
  const fs = (text: string): string =>
    findAwsCommands(text)
      .map((words) => words.at(-1))
      .join(" ");

  it.each([
    ["assigned once at the top level", 'FS=fs-1\naws x "$FS"'],
    ["exported", "export FS=fs-1\naws x $FS"],
    ["defined by another variable", "A=fs; FS=${A}-1\naws x $FS"],
    ["used in a branch, a function and a substitution", 'FS=fs-1\nif a; then aws x "$FS"; fi'],
    ["used in a function", "FS=fs-1\nf() { aws x $FS; }\nf"],
  ])("resolves a variable %s", (_how, text) => {
    expect(fs(text)).toBe("fs-1");
  });

  it.each([
    ["assigned after its use", 'aws x "$FS"\nFS=fs-1'],
    ["assigned twice", 'FS=fs-1\nFS=fs-2\naws x "$FS"'],
    ["assigned in a branch", 'if a; then FS=fs-1; fi\naws x "$FS"'],
    ["assigned again in a branch", 'FS=fs-1\nif a; then FS=fs-2; fi\naws x "$FS"'],
    ["assigned in a loop", 'for FS in a b; do aws x "$FS"; done'],
    ["assigned in a subshell", '(FS=fs-1)\naws x "$FS"'],
    ["assigned in a pipeline", 'FS=fs-1 | true\naws x "$FS"'],
    ["appended to", 'FS=fs-1\nFS+=2\naws x "$FS"'],
    ["set by `read`", 'FS=fs-1\nread -r FS\naws x "$FS"'],
    ["set by `printf -v`", 'FS=fs-1\nprintf -v FS x\naws x "$FS"'],
    ["incremented", 'FS=1\n((FS++))\naws x "$FS"'],
    ["unset", 'FS=fs-1\nunset FS\naws x "$FS"'],
    ["given a default", 'FS=${FS:-fs-1}\naws x "$FS"'],
    ["given a default by an expansion", 'FS=\n: "${FS:=fs-1}"\naws x "$FS"'],
    ["that a sourced file may set", 'FS=fs-1\n. ./env\naws x "$FS"'],
    ["that a function may set", 'f() { . ./env; }\nFS=fs-1\nf\naws x "$FS"'],
    ["assigned for a single command", 'FS=fs-1 aws x "$FS"'],
    ["from the environment", 'aws x "$FS"'],
    ["expanded with an offset", 'FS=fs-1\naws x "${FS:1}"'],
  ])("doesn't resolve a variable %s", (_how, text) => {
    expect(fs(text)).toBe("?");
  });

  it.each([
    ["assigned at the top level", 'A=(x "y z")\naws "${A[@]}"', ["x", "y z"]],
    ["appended to at the top level", 'A=(x)\nA+=(--y)\naws "${A[@]}" z', ["x", "--y", "z"]],
    ["appended to in a branch", 'A=(x)\nif a; then A+=(y); fi\naws "${A[@]}"', ["?…"]],
    ["appended to after its use", 'A=(x)\naws "${A[@]}"\nA+=(y)', ["?…"]],
    ["set by `read`", 'A=(x)\nread -ra A\naws "${A[@]}"', ["?…"]],
    ["appended to without an assignment", 'A+=(x)\naws "${A[@]}"', ["?…"]],
    ["with an element set by index", 'A=(x)\nA[1]=y\naws "${A[@]}"', ["?…"]],
    ["inside of a longer word", 'A=(x)\naws "a${A[@]}"', ["a?…"]],
  ])("expands an array %s only where its elements are known", (_how, text, words) => {
    expect(findAwsCommands(text)).toEqual([words]);
  });

  it.each([
    ["with blanks", "A='a  b'\naws $A", ["a", "b"]],
    ["with quotes, which have no meaning", "A='a \"b c\"'\naws $A", ["a", '"b', 'c"']],
    ["with a pattern", "A='a *'\naws $A", ["?…"]],
    ["with other separators", "IFS=,\nA='a b'\naws $A", ["?…"]],
    ["with separators for another command", "IFS=, read x\nA='a b'\naws $A", ["a", "b"]],
  ])("splits an unquoted value %s as bash does", (_how, text, words) => {
    expect(findAwsCommands(text)).toEqual([words]);
  });

  it("treats an unquoted expansion as any number of words", () => {
    expect(findAwsCommands('aws $A $B "$B" "$@" ${C[@]} $(cmd) *.txt ~/x x=* {a,b}')).toEqual([
      ["?…", "?…", "?", "?…", "?…", "?…", "?.txt…", "?/x", "x=*", "?…"],
    ]);
  });
});

describe("aws commands in shell text", () => {
  it.each([
    ["after an assignment", "AWS_PROFILE=x aws a b"],
    ["after `sudo`", "sudo -u me -E aws a b"],
    ["after `env`", "env -i A=b aws a b"],
    ["after several wrappers", "time nohup nice -n 5 timeout -k 5 10 aws a b"],
    ["after `command` and `exec`", "command aws a b; exec /usr/local/bin/aws a b"],
    ["run by a credential helper", "aws-vault exec prod --duration 1h -- aws a b"],
    ["run by the image of the AWS CLI", "docker run --rm -it -v x:/y amazon/aws-cli:2.1 a b"],
    ["run in a container", "docker exec -it box aws a b"],
    ["after a function that retries it", "retry 5 aws a b"],
    ["after a variable", "$SUDO aws a b; ${DRY_RUN:+echo} aws a b"],
    ["after commands that run other commands", "flock /tmp/x aws a b; poetry run aws a b; eval aws a b"],
    ["run by `find` or `parallel`", "find . -exec aws a b \\;\nparallel aws a b ::: c d"],
    ["run as a Python module", "python3 -m awscli a b"],
    ["built in an array", 'cmd=(aws a)\ncmd+=(b)\n"${cmd[@]}"'],
    ["in a substitution", 'X="$(aws a b)"; y=`aws a b`'],
    ["in a condition, a loop and a function", "f() { while aws a b; do ! aws a b; done; }"],
    ["in an and-or list and a pipeline", "x && aws a b || y; aws a b | jq . & { aws a b >/dev/null 2>&1; }"],
    ["in a process substitution", "diff <(aws a b) x"],
    ["in a case", "case x in y) aws a b;; esac"],
    ["with CRLF line breaks", "aws a \\\r\n  b\r\n"],
  ])("are found %s", (_where, text) => {
    const found = findAwsCommands(text);
    expect(found.length).toBeGreaterThan(0);
    for (const words of found) expect(words).toEqual(["a", "b"]);
  });

  it.each([
    "echo aws a b",
    "command -v aws",
    "which aws",
    "# aws a b",
    "cat <<EOF\naws a b\nEOF",
    "'aws a b'",
    "$AWS a b",
  ])("are not found in %j", (text) => {
    expect(findAwsCommands(text)).toEqual([]);
  });

  it("take unknown words from xargs", () => {
    expect(findAwsCommands("x | xargs -n1 aws a b; x | xargs -I{} aws a --b {} --c=x{}")).toEqual([
      ["a", "b", "?…"],
      ["a", "--b", "?", "--c=x?"],
    ]);
  });

  it("treat template expressions as unknown words", () => {
    expect(findAwsCommands("aws a ${{ x.y }} \"${{ z }}/b\" {{ jinja }} <NAME> '{% x %}'")).toEqual([
      ["a", "?", "?/b", "?…", "?", "?"],
    ]);
  });
});

describe("invalid shell text", () => {
  it("is read up to the first syntax error", () => {
    const script = read("aws a b\naws c 'd\n");
    expect(script.error?.message).toMatch(/quote/);
    expect(script.commands).toHaveLength(1);
  });

  it.each([
    ["substitutions", "aws $(".repeat(size(20_000))],
    ["quoted substitutions", 'aws "$('.repeat(size(20_000))],
    ["backquotes", "aws `".repeat(size(20_000))],
    ["defaults", 'aws "${a:-'.repeat(size(20_000))],
    ["parentheses", "(aws ".repeat(size(100_000))],
    ["here-documents", "aws <<E\n".repeat(size(20_000))],
    ["words", "aws ".repeat(size(200_000))],
    ["braces", "aws {a,".repeat(size(50_000))],
    ["brackets", "aws [[ ".repeat(size(50_000))],
    ["expressions", "${{ aws {{ ".repeat(size(50_000))],
    ["angles", "aws <A".repeat(size(100_000))],
    ["arithmetic", "aws $((".repeat(size(20_000))],
  ])("of many %s doesn't throw", (_what, text) => {
    expect(() => read(text)).not.toThrow();
  });
});
