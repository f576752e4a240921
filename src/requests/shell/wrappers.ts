import type { Argument } from "../aws-cli/argument.ts";
import { createArgument, getArgumentText, isUnknownText, joinArguments } from "../aws-cli/argument.ts";
import type { RunPlace, RunTarget, Unwrapped } from "./run-target.ts";
import { isAwsImage, RUNNERS } from "./runners.ts";

/** How to skip the arguments of a command that runs another command. */
interface Wrapper {
  /** Options that take their value as a separate word. */
  values?: RegExp;
  /** Options that prevent another command from being run. */
  not?: RegExp;
  /** The option that names the directory. */
  directory?: RegExp;
  /** Number of words before the other command. */
  words?: number;
  /** Whether words `NAME=value` before the command are assignments. */
  assigns?: boolean;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  builtin: {},
  caffeinate: { values: /^-[tw]$/ },
  chronic: {},
  command: { not: /^-[vV]$/ },
  doas: { values: /^-[Cu]$/ },
  env: { values: /^(?:-[uCS]|--unset|--chdir)$/, directory: /^(?:-C|--chdir(?:=|$))/, assigns: true },
  exec: { values: /^-a$/ },
  ionice: { values: /^-[cnp]$/ },
  nice: { values: /^-n$|^--adjustment$/ },
  nohup: {},
  setsid: {},
  stdbuf: { values: /^-[ioe]$/ },
  sudo: {
    values: /^-[A-Za-z]*[CDghpRrTtUu]$|^--(?:chdir|chroot|group|host|user|prompt)$/,
    directory: /^(?:-D|--chdir(?:=|$))/,
    assigns: true,
  },
  time: { values: /^-[fo]$/ },
  timeout: { values: /^-[ks]$/, words: 1 },
  unbuffer: {},
};

/** Credential helpers and container tools that run the command after `--`. */
const DASH_DASH_WRAPPER =
  /^(?:aws-vault|aws-sso|awsume|chamber|doppler|dotenv|envchain|granted|kubectl|op|saml2aws|teller)$/;

/** Typical names of functions that retry a command, or log and run it. */
const RETRY_FUNCTION =
  /^(?:\w+[-_](?:and|n)[-_])?(?:re)?(?:attempt|call|do|exec|execute|invoke|repeat|run|try|with)(?:[-_A-Z0-9]|$)/;

const SHELLS = /^(?:ba|z|da|k|a)?sh$/;

/** `bash -euo pipefail -c …`: these options have their value in the next word. */
const SHELL_OPTION_WITH_VALUE = /^(?:[-+][A-Za-z]*[oO]|--rcfile|--init-file)$/;

/** Limits on nested wrappers and on the commands that one line runs, which bound the work. */
const MAX_WRAPPERS = 20;
const MAX_TARGETS = 200;

/** Resolves what a command eventually runs, through any wrappers. */
export function resolveRunTargets(given: readonly Argument[]): RunTarget[] {
  const found: RunTarget[] = [];
  let open: (RunPlace & { words: Argument[] })[] = [{ words: [...given] }];
  for (let round = 0; open.length > 0 && round < MAX_WRAPPERS; round++) {
    const next: typeof open = [];
    for (const { words, ...place } of open.slice(0, MAX_TARGETS))
      for (const step of unwrapOnce(words)) {
        if ("kind" in step) found.push({ ...step, ...place });
        else if ("script" in step) found.push({ kind: "script", ...step, ...place });
        else if (step.words.length > 0) next.push({ ...place, ...step });
      }
    open = next;
  }
  return found;
}

function unwrapOnce([name, ...rest]: readonly Argument[]): (RunTarget | Unwrapped)[] {
  if (!name) return [];
  const command = getArgumentText(name).replace(/^.*\//, "");
  if (command === "aws") return [{ kind: "aws", name, words: rest }];
  if (SHELLS.test(command)) return [findShellScript(name, rest)];
  const run = Object.hasOwn(RUNNERS, command) ? RUNNERS[command]!(rest) : unwrapCommand(command, rest);
  const program = { kind: "program", name, words: rest } as const;
  if (run.length > 0)
    return Object.hasOwn(WRAPPERS, command) ? run : [...run, ...listOwnWork(command, program)];
  return isPossiblyAws(command) ? [{ kind: "aws", name, words: rest, isGuess: true }] : [program];
}

/** A container may have the directory mounted, and do anything there. */
const listOwnWork = (command: string, program: RunTarget & { kind: "program" }): RunTarget[] =>
  /^(?:docker|nerdctl|podman)$/.test(command) && !program.words.some(isAwsImage) ? [program] : [];

/** The script of `bash -euc '…' NAME PARAMETER…`, or a script in a file. */
function findShellScript(name: Argument, words: readonly Argument[]): RunTarget {
  const texts = words.map(getArgumentText);
  const option = texts.findIndex((text) => /^-[abd-zA-Z]*c[A-Za-z]*$/.test(text));
  const areOptions = texts
    .slice(0, option + 1)
    .every((text, index) => /^[-+]/.test(text) || SHELL_OPTION_WITH_VALUE.test(texts[index - 1] ?? ""));
  const [script, zero, ...rest] = option >= 0 && areOptions ? words.slice(option + 1) : [];
  return script
    ? { kind: "script", script: script.inside, positional: { name: zero, words: rest } }
    : { kind: "program", name, words: [...words] };
}

/** Names such as `$AWS` or `run_aws`. */
const isPossiblyAws = (command: string): boolean =>
  isUnknownText(command) || /^[\w.-]*aws[\w.-]*$/i.test(command);

function unwrapCommand(command: string, rest: readonly Argument[]): Unwrapped[] {
  // `$SUDO aws …`
  if (isUnknownText(command))
    return rest[0] && getArgumentText(rest[0]) === "aws" ? [{ words: [...rest] }] : [];
  const wrapper = Object.hasOwn(WRAPPERS, command) ? WRAPPERS[command] : undefined;
  const split = command === "env" ? findSplitString(rest) : undefined;
  if (split) return [split];
  if (wrapper) return skipWrapper(wrapper, rest);
  if (/^python[\d.]*$/.test(command)) return unwrapPython(rest);
  if (DASH_DASH_WRAPPER.test(command)) return unwrapDashes(command, rest);
  return RETRY_FUNCTION.test(command) ? unwrapRetry(rest) : [];
}

/** `env -S 'aws fsx …'` splits a text into words. */
function findSplitString(rest: readonly Argument[]): Unwrapped | undefined {
  const at = rest.findIndex((word) => /^(?:-[a-z]*S$|--split-string$)/.test(getArgumentText(word)));
  const isOption = rest.slice(0, at + 1).every((word) => getArgumentText(word).startsWith("-"));
  return at >= 0 && isOption && at + 1 < rest.length
    ? { script: joinArguments(rest.slice(at + 1)) }
    : undefined;
}

function unwrapDashes(command: string, rest: readonly Argument[]): Unwrapped[] {
  const dashes = rest.findIndex((word) => getArgumentText(word) === "--");
  const words = dashes >= 0 ? rest.slice(dashes + 1) : sliceFromAws(rest);
  const [first] = words;
  // `kubectl run NAME --image=amazon/aws-cli -- fsx …`: the words are given to the image's program.
  if (first && command === "kubectl" && isGivenToImage(rest.slice(0, dashes)))
    return [{ words: [createArgument("aws", first), ...words], isElsewhere: true }];
  return words.length > 0 ? [{ words, ...(command === "kubectl" && { isElsewhere: true }) }] : [];
}

const isGivenToImage = (options: readonly Argument[]): boolean =>
  options.some((option) => isAwsImage(option)) &&
  !options.some((option) => getArgumentText(option) === "--command");

/** A function that is not defined here runs one of its first words, or a text that begins with `aws`. */
function unwrapRetry(rest: readonly Argument[]): Unwrapped[] {
  const at = rest
    .slice(0, 8)
    .findIndex((word) => /^(?:aws$|(?:[\s\S]*[\s;&|(])?aws\s)/.test(getArgumentText(word)));
  if (at < 0) return [];
  const first = rest[at]!;
  return getArgumentText(first) === "aws" ? [{ words: rest.slice(at) }] : [{ script: first.inside }];
}

export function sliceFromAws(words: readonly Argument[]): Argument[] {
  const at = words.findIndex((word) => getArgumentText(word) === "aws");
  return at < 0 ? [] : words.slice(at);
}

function skipWrapper(
  { values, not, words = 0, assigns, directory }: Wrapper,
  rest: readonly Argument[],
): Unwrapped[] {
  let at = 0;
  let entered: Argument | undefined;
  for (; at < rest.length; at++) {
    const text = getArgumentText(rest[at]!);
    if (not?.test(text)) return [];
    if (text === "--") {
      at++;
      break;
    }
    const takesValue = values?.test(text) === true;
    if (directory?.test(text))
      entered = takesValue ? rest[at + 1] : createArgument(text.replace(/^-.[^=]*=?/, ""), rest[at]!);
    if (takesValue) at++;
    else if (!text.startsWith("-") && !(assigns && /^\w+=/.test(text))) break;
  }
  const inner = rest.slice(at + words);
  return inner.length > 0 ? [{ words: inner, ...(entered && { directory: entered }) }] : [];
}

/** `python3 -m awscli fsx …` */
function unwrapPython(rest: readonly Argument[]): Unwrapped[] {
  const at = rest.findIndex((word) => getArgumentText(word) === "awscli");
  return at > 0 && getArgumentText(rest[at - 1]!) === "-m"
    ? [{ words: [createArgument("aws", rest[at]!), ...rest.slice(at + 1)] }]
    : [];
}
