import type { Argument } from "./argument.ts";
import { getArgumentText, isUnknownText, STAND_IN } from "./argument.ts";

/**
 * What a command runs: the words after `aws`, or a script. `isGuess` if `aws` is assumed to be the value of a
 * variable or a function named after it: then the words must name an operation.
 */
export type RunTarget =
  | { kind: "aws"; name: Argument; words: Argument[]; isGuess?: boolean }
  | { kind: "script"; script: Argument };

/** How to skip the arguments of a command that runs another command. */
interface Wrapper {
  /** Options that take their value as a separate word. */
  values?: RegExp;
  /** Options that prevent another command from being run. */
  not?: RegExp;
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
  env: { values: /^(?:-[uCS]|--unset|--chdir)$/, assigns: true },
  exec: { values: /^-a$/ },
  ionice: { values: /^-[cnp]$/ },
  nice: { values: /^-n$|^--adjustment$/ },
  nohup: {},
  setsid: {},
  stdbuf: { values: /^-[ioe]$/ },
  sudo: { values: /^-[CDghpRrTtUu]$/, assigns: true },
  time: { values: /^-[fo]$/ },
  timeout: { values: /^-[ks]$/, words: 1 },
  unbuffer: {},
  xargs: { values: /^-[adEILnPs]$/ },
};

/** Credential helpers and container tools that run the command after `--`. */
const DASH_DASH_WRAPPER =
  /^(?:aws-vault|aws-sso|awsume|chamber|doppler|dotenv|envchain|granted|kubectl|op|saml2aws|teller)$/;

/** Typical names of functions that retry or log a command. */
const RETRY_FUNCTION = /^(?:re)?(?:attempt|exec|repeat|run|try|with)(?:[-_A-Z0-9]|$)/;

/** Commands that run those of their words that begin with `aws`, or one of their words as a script. */
const RUNNERS = new Set(
  "asdf bundle chroot direnv find flock gosu hatch mise nix parallel pipenv pipx pixi poetry runuser script setpriv ssh strace su su-exec systemd-run tini trap uv uvx watch".split(
    " ",
  ),
);

/** Words that end the command run by `find` or `parallel`. */
const COMMAND_ENDS = new Set([";", "+", ":::", "::::"]);

const SHELLS = /^(?:ba|z|da|k)?sh$/;
const IMAGE = /(?:^|\/)aws-cli(?:[:@].*)?$/;

/** Limit on nested wrappers, which bounds the loop. */
const MAX_WRAPPERS = 20;

/** Resolves what a command eventually runs, through any wrappers. */
export function resolveRunTarget(given: readonly Argument[]): RunTarget | undefined {
  let words = [...given];
  for (let round = 0; words.length > 0 && round < MAX_WRAPPERS; round++) {
    const [name, ...rest] = words as [Argument, ...Argument[]];
    const command = getArgumentText(name).replace(/^.*\//, "");
    if (command === "aws") return { kind: "aws", name, words: rest };
    if (SHELLS.test(command)) return findShellScript(rest);
    const script = findScriptArgument(command, rest);
    if (script) return { kind: "script", script };
    const next = unwrapCommand(command, rest);
    if (!next) return isPossiblyAws(command) ? { kind: "aws", name, words: rest, isGuess: true } : undefined;
    words = next;
  }
  return undefined;
}

/** The script of `bash -euc '…'`. */
function findShellScript(words: readonly Argument[]): RunTarget | undefined {
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(getArgumentText(word)));
  const script = option >= 0 ? words[option + 1] : undefined;
  return script ? { kind: "script", script } : undefined;
}

/** Names such as `$AWS` or `run_aws`. */
const isPossiblyAws = (command: string): boolean =>
  isUnknownText(command) || /^[\w.-]*aws[\w.-]*$/i.test(command);

/** A word that a command runs as a script: `ssh host "aws …"`. */
function findScriptArgument(command: string, rest: readonly Argument[]): Argument | undefined {
  if (command === "eval") return rest.length === 1 ? rest[0] : undefined;
  if (!RUNNERS.has(command) && !RETRY_FUNCTION.test(command)) return undefined;
  const first = rest.find((word) => getArgumentText(word) === "aws" || isScript(word));
  return first && isScript(first) ? first : undefined;
}

const isScript = (word: Argument): boolean => /(?:^|[\s;&|(])aws\s/.test(getArgumentText(word));

function unwrapCommand(command: string, rest: readonly Argument[]): Argument[] | undefined {
  if (command === "eval") return [...rest];
  // `$SUDO aws …`
  if (isUnknownText(command)) return rest[0] && getArgumentText(rest[0]) === "aws" ? [...rest] : undefined;
  if (RUNNERS.has(command)) return unwrapRunner(rest);
  if (/^python[\d.]*$/.test(command)) return unwrapPython(rest);
  const wrapper = Object.hasOwn(WRAPPERS, command) ? WRAPPERS[command] : undefined;
  if (command === "xargs") return unwrapXargs(wrapper!, rest);
  if (wrapper) return skipWrapper(wrapper, rest);
  if (command === "docker" || command === "podman") return unwrapContainer(rest);
  if (DASH_DASH_WRAPPER.test(command))
    return sliceFromAws(rest, rest.findIndex((word) => getArgumentText(word) === "--") + 1);
  if (RETRY_FUNCTION.test(command))
    return sliceFromAws(
      rest,
      rest.slice(0, 8).findIndex((word) => getArgumentText(word) === "aws"),
    );
  return undefined;
}

const sliceFromAws = (words: readonly Argument[], start: number): Argument[] | undefined => {
  const first = words[start];
  return first && (start > 0 || getArgumentText(first) === "aws") ? words.slice(start) : undefined;
};

function skipWrapper(
  { values, not, words = 0, assigns }: Wrapper,
  rest: readonly Argument[],
): Argument[] | undefined {
  let at = 0;
  for (; at < rest.length; at++) {
    const text = getArgumentText(rest[at]!);
    if (not?.test(text)) return undefined;
    if (text === "--") {
      at++;
      break;
    }
    if (values?.test(text)) at++;
    else if (!text.startsWith("-") && !(assigns && /^\w+=/.test(text))) break;
  }
  return rest.slice(at + words);
}

/** The text that replaces `{}` is not known. */
function unwrapRunner(rest: readonly Argument[]): Argument[] | undefined {
  const words = sliceFromAws(
    rest,
    rest.findIndex((word) => getArgumentText(word) === "aws"),
  );
  const end = words?.findIndex((word) => COMMAND_ENDS.has(getArgumentText(word))) ?? -1;
  const own = end < 0 ? words : words?.slice(0, end);
  return own?.map((word) => (getArgumentText(word).includes("{}") ? createUnknownArgument(word) : word));
}

/** `python3 -m awscli fsx …` */
function unwrapPython(rest: readonly Argument[]): Argument[] | undefined {
  const at = rest.findIndex((word) => getArgumentText(word) === "awscli");
  return at > 0 && getArgumentText(rest[at - 1]!) === "-m"
    ? [createArgument("aws", rest[at]!), ...rest.slice(at + 1)]
    : undefined;
}

/** `docker run … amazon/aws-cli fsx …`: the image's entry point is `aws`. */
function unwrapContainer(rest: readonly Argument[]): Argument[] | undefined {
  const image = rest.findIndex((word) => IMAGE.test(getArgumentText(word)));
  if (image >= 0) return [createArgument("aws", rest[image]!), ...rest.slice(image + 1)];
  return sliceFromAws(
    rest,
    rest.findIndex((word) => getArgumentText(word) === "aws"),
  );
}

function createArgument(text: string, { span }: Argument): Argument {
  return { inside: { text, at: () => span.start, span: () => span }, span, words: "one" };
}

/** `xargs` appends its input to the command's words, or inserts it where `-I` says. */
function unwrapXargs(wrapper: Wrapper, rest: readonly Argument[]): Argument[] | undefined {
  const words = skipWrapper(wrapper, rest);
  if (!words || words.length === 0) return undefined;
  const flags = rest.slice(0, rest.length - words.length).map(getArgumentText);
  const mark = flags.indexOf("-I") >= 0 ? flags[flags.indexOf("-I") + 1] : undefined;
  const joined = mark ?? flags.find((flag) => /^-I./.test(flag))?.slice(2);
  if (joined !== undefined)
    return words.map((word) => (getArgumentText(word).includes(joined) ? createUnknownArgument(word) : word));
  const last = words.at(-1)!;
  return [...words, { ...createUnknownArgument(last), words: "list" }];
}

function createUnknownArgument({ span }: Argument): Argument {
  const text = STAND_IN.repeat(3);
  return { inside: { text, at: () => span.start, span: () => span }, span, words: "one" };
}
