import type { Argument } from "../aws-cli/argument.ts";
import {
  createArgument,
  createUnknownArgument,
  getArgumentText,
  joinArguments,
  replaceMark,
} from "../aws-cli/argument.ts";
import { isInterpreter } from "./interpreters.ts";
import type { Unwrapped } from "./run-target.ts";

type Runner = (words: readonly Argument[]) => Unwrapped[];

const SHELL_WORD = /^(?:\S*\/)?(?:ba|z|da|k|a)?sh$/;
const IMAGE = /(?:^|[/=])aws-cli(?:[:@].*)?$/;

export const isAwsImage = (word: Argument): boolean => IMAGE.test(getArgumentText(word));

/** Programs that run those of their words that begin with `aws` or a shell, or one of their words as a script. */
const PLAIN_RUNNERS =
  "asdf bundle busybox chroot chrt conda direnv firejail flock gosu hatch hyperfine ltrace mamba micromamba mise nix numactl pdm pipenv pipx pixi pkexec poetry proxychains proxychains4 runuser rye script setpriv strace su su-exec systemd-run taskset tini torify torsocks unshare uv uvx watch xvfb-run".split(
    " ",
  );

/** Programs that run other commands, each in a way of its own. */
export const RUNNERS: Readonly<Record<string, Runner>> = {
  ...Object.fromEntries(PLAIN_RUNNERS.map((name): [string, Runner] => [name, runPlainly])),
  docker: runContainer,
  "docker-compose": runContainer,
  eval: (words) => (words.length > 0 ? [{ script: joinArguments(words) }] : []),
  find: runForFiles,
  nerdctl: runContainer,
  parallel: runInParallel,
  podman: runContainer,
  ssh: runRemotely,
  trap: ([action]) =>
    action && !/^-/.test(getArgumentText(action)) ? [{ script: action.inside, isLater: true }] : [],
  xargs: runForInput,
};

const isScript = (word: Argument): boolean => /(?:^|[\s;&|(])aws\s/.test(getArgumentText(word));

/** `flock FILE aws …`, `su -c 'aws …'`. */
function runPlainly(words: readonly Argument[]): Unwrapped[] {
  const named = words.findIndex(
    (word) => getArgumentText(word) === "aws" || SHELL_WORD.test(getArgumentText(word)) || isScript(word),
  );
  const at = named < 0 ? words.findIndex(isInterpreter) : named;
  const first = words[at];
  if (!first) return [];
  return isScript(first) ? [{ script: first.inside }] : [{ words: words.slice(at) }];
}

/** Splits a program's words into its options and the command that it runs. */
function splitOptions(words: readonly Argument[], values: RegExp): [Argument[], Argument[]] {
  let at = 0;
  for (; at < words.length; at++) {
    const text = getArgumentText(words[at]!);
    if (text === "--") return [words.slice(0, at), words.slice(at + 1)];
    if (values.test(text)) at++;
    else if (!text.startsWith("-") || text === "-") break;
  }
  return [words.slice(0, at), words.slice(at)];
}

const SSH_VALUES = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** The words behind the host are joined to a script for the shell there. */
function runRemotely(words: readonly Argument[]): Unwrapped[] {
  const [, [host, ...rest]] = splitOptions(words, SSH_VALUES);
  const [, command] = splitOptions(rest, SSH_VALUES);
  return host && command.length > 0 ? [{ script: joinArguments(command), isElsewhere: true }] : [];
}

/** `xargs` appends its input to the command's words, or inserts it where `-I` says. */
function runForInput(words: readonly Argument[]): Unwrapped[] {
  const [options, command] = splitOptions(words, /^-[adEILnPs]$|^--(?:arg-file|delimiter|max-\w+|replace)$/);
  const last = command.at(-1);
  if (!last) return [];
  const flags = options.map(getArgumentText);
  const separate = flags.findIndex((flag) => flag === "-I" || flag === "--replace");
  const joined = flags.find((flag) => /^(?:-I.|-i|--replace=)/.test(flag));
  const mark = separate >= 0 ? flags[separate + 1] : joined?.replace(/^(?:-[Ii]|--replace=)/, "");
  if (mark !== undefined) return [{ words: command.map((word) => replaceMark(word, mark || "{}")) }];
  return [{ words: [...command, createUnknownArgument(last, "list")] }];
}

const EXEC = /^-(?:exec|execdir|ok|okdir)$/;

/** The commands of `find … -exec … {} \;`. */
function runForFiles(words: readonly Argument[]): Unwrapped[] {
  const found: Unwrapped[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!EXEC.test(getArgumentText(words[at]!))) continue;
    const rest = words.slice(at + 1);
    const end = rest.findIndex((word) => /^[;+]$/.test(getArgumentText(word)));
    const command = end < 0 ? rest : rest.slice(0, end);
    const isPerDirectory = getArgumentText(words[at]!).endsWith("dir");
    const isMany = end >= 0 && getArgumentText(rest[end]!) === "+";
    at += command.length;
    found.push({
      ...(isPerDirectory && { directory: createUnknownArgument(words[0]!) }),
      words: command.map((word) =>
        isMany && getArgumentText(word) === "{}"
          ? createUnknownArgument(word, "list")
          : replaceMark(word, "{}"),
      ),
    });
  }
  return found;
}

const PARALLEL_VALUES =
  /^-(?:j|P|S|a|C|d|E|I|L|l|N|n|s|U)$|^--(?:jobs|max-procs|sshlogin|arg-file|colsep|delimiter|delay|retries|timeout|joblog|results|tmpdir|workdir|wd|basefile|env|halt|load|memfree|nice|tag-?string|max-args|max-replace-args|progress-file)$/;
const PARALLEL_MARK = /\{(?:|[.#%]|\/|\/\/|\/\.|[+-]?\d+(?:\.|\/|\/\/|\/\.)?)\}/g;
const PARALLEL_SOURCE = /^:{3,4}\+?$/;

/** Commands that one line of `parallel` is read as; beyond that, its arguments are unknown. */
const MAX_ARGUMENTS = 50;

/**
 * The command's words and each argument are joined to a script. The arguments stand behind `:::`, or only the
 * run knows them.
 */
function runInParallel(words: readonly Argument[]): Unwrapped[] {
  const [options, rest] = splitOptions(words, PARALLEL_VALUES);
  const end = rest.findIndex((word) => PARALLEL_SOURCE.test(getArgumentText(word)));
  const command = end < 0 ? rest : rest.slice(0, end);
  const given = end >= 0 && getArgumentText(rest[end]!) === ":::" ? rest.slice(end + 1) : undefined;
  const isPlain =
    given !== undefined &&
    given.length <= MAX_ARGUMENTS &&
    given.every((word) => word.words === "one" && !PARALLEL_SOURCE.test(getArgumentText(word))) &&
    !options.some((word) => /^(?:-[CNnmXI]|--(?:colsep|max|xargs|link|pipe))/.test(getArgumentText(word)));
  if (command.length === 0) return isPlain ? given.map((word) => ({ script: word.inside })) : [];
  const isMarked = command.some((word) => getArgumentText(word).search(PARALLEL_MARK) >= 0);
  if (isMarked) return [{ script: joinArguments(command.map(replaceMarks)) }];
  if (isPlain) return given.map((word) => ({ script: joinArguments([...command, quoteArgument(word)]) }));
  return [{ script: joinArguments([...command, createUnknownArgument(command.at(-1)!, "list")]) }];
}

/** `parallel` quotes what the shell would take apart. */
const quoteArgument = (word: Argument): Argument =>
  /^[\w@%+=:,./-]+$/.test(getArgumentText(word)) ? word : createUnknownArgument(word);

const replaceMarks = (word: Argument): Argument =>
  [...new Set(getArgumentText(word).match(PARALLEL_MARK))].reduce(replaceMark, word);

const CONTAINER_COMMANDS = /^(?:run|exec|compose|container|create)$/;

/** `docker run … amazon/aws-cli fsx …`: the image's entry point is `aws`, unless `--entrypoint` names another. */
function runContainer(words: readonly Argument[]): Unwrapped[] {
  if (!words.some((word) => CONTAINER_COMMANDS.test(getArgumentText(word)))) return [];
  const image = words.findIndex(isAwsImage);
  if (image < 0) return runPlainly(words).map((run) => ({ ...run, isElsewhere: true }));
  const options = words.slice(0, image);
  const isElsewhere = !mountsDirectory(options);
  const rest = words.slice(image + 1);
  const entry = findEntryPoint(options);
  if (!entry) return [{ words: [createArgument("aws", words[image]!), ...rest], isElsewhere }];
  return getArgumentText(entry) === ""
    ? [{ words: rest, isElsewhere }]
    : [{ words: [entry, ...rest], isElsewhere }];
}

function findEntryPoint(options: readonly Argument[]): Argument | undefined {
  const at = options.findIndex((word) => /^--entrypoint(?:=|$)/.test(getArgumentText(word)));
  const option = options[at];
  if (!option) return undefined;
  const text = getArgumentText(option);
  return text.includes("=") ? createArgument(text.slice(text.indexOf("=") + 1), option) : options[at + 1];
}

/** Whether the working directory is the image's own, `/aws`: then the same names are the same files. */
const mountsDirectory = (options: readonly Argument[]): boolean =>
  !options.some((word) => /^(?:-w|--workdir)/.test(getArgumentText(word))) &&
  options.some(({ written = "" }) =>
    /^(?:-v|--volume=)?["']?(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`|\.)["']?:\/aws(?::\w+)?["']?$/.test(written),
  );
