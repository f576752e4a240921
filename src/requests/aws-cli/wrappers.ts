import type { Argument } from "./argument.ts";
import { isUnknownText, STAND_IN, textOf } from "./argument.ts";

/**
 * What a command runs: the words after `aws`, or a script. `isGuess` if `aws` is assumed to be the value of a
 * variable or a function named after it: then the words must name an operation.
 */
export type Run =
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
const DASHED =
  /^(?:aws-vault|aws-sso|awsume|chamber|doppler|dotenv|envchain|granted|kubectl|op|saml2aws|teller)$/;

/** Typical names of functions that retry or log a command. */
const OWN = /^(?:re)?(?:attempt|exec|repeat|run|try|with)(?:[-_A-Z0-9]|$)/;

/** Commands that run those of their words that begin with `aws`, or one of their words as a script. */
const RUNNERS = new Set(
  "asdf bundle chroot direnv find flock gosu hatch mise nix parallel pipenv pipx pixi poetry runuser script setpriv ssh strace su su-exec systemd-run tini trap uv uvx watch".split(
    " ",
  ),
);

/** Words that end the command run by `find` or `parallel`. */
const ENDS = new Set([";", "+", ":::", "::::"]);

const SHELLS = /^(?:ba|z|da|k)?sh$/;
const IMAGE = /(?:^|\/)aws-cli(?:[:@].*)?$/;

/** Limit on nested wrappers, which bounds the loop. */
const MAX_WRAPPERS = 20;

/** Resolves what a command eventually runs, through any wrappers. */
export function runOf(given: readonly Argument[]): Run | undefined {
  let words = [...given];
  for (let round = 0; words.length > 0 && round < MAX_WRAPPERS; round++) {
    const [name, ...rest] = words as [Argument, ...Argument[]];
    const command = textOf(name).replace(/^.*\//, "");
    if (command === "aws") return { kind: "aws", name, words: rest };
    if (SHELLS.test(command)) return scriptOf(rest);
    const script = textRunBy(command, rest);
    if (script) return { kind: "script", script };
    const next = inner(command, rest);
    if (!next) return mayBeAws(command) ? { kind: "aws", name, words: rest, isGuess: true } : undefined;
    words = next;
  }
  return undefined;
}

/** The script of `bash -euc '…'`. */
function scriptOf(words: readonly Argument[]): Run | undefined {
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(textOf(word)));
  const script = option >= 0 ? words[option + 1] : undefined;
  return script ? { kind: "script", script } : undefined;
}

/** Names such as `$AWS` or `run_aws`. */
const mayBeAws = (command: string): boolean => isUnknownText(command) || /^[\w.-]*aws[\w.-]*$/i.test(command);

/** A word that a command runs as a script: `ssh host "aws …"`. */
function textRunBy(command: string, rest: readonly Argument[]): Argument | undefined {
  if (command === "eval") return rest.length === 1 ? rest[0] : undefined;
  if (!RUNNERS.has(command) && !OWN.test(command)) return undefined;
  const first = rest.find((word) => textOf(word) === "aws" || isScript(word));
  return first && isScript(first) ? first : undefined;
}

const isScript = (word: Argument): boolean => /(?:^|[\s;&|(])aws\s/.test(textOf(word));

function inner(command: string, rest: readonly Argument[]): Argument[] | undefined {
  if (command === "eval") return [...rest];
  // `$SUDO aws …`
  if (isUnknownText(command)) return rest[0] && textOf(rest[0]) === "aws" ? [...rest] : undefined;
  if (RUNNERS.has(command)) return ofRunner(rest);
  if (/^python[\d.]*$/.test(command)) return ofPython(rest);
  const wrapper = Object.hasOwn(WRAPPERS, command) ? WRAPPERS[command] : undefined;
  if (command === "xargs") return ofXargs(wrapper!, rest);
  if (wrapper) return skip(wrapper, rest);
  if (command === "docker" || command === "podman") return inContainer(rest);
  if (DASHED.test(command)) return from(rest, rest.findIndex((word) => textOf(word) === "--") + 1);
  if (OWN.test(command))
    return from(
      rest,
      rest.slice(0, 8).findIndex((word) => textOf(word) === "aws"),
    );
  return undefined;
}

const from = (words: readonly Argument[], start: number): Argument[] | undefined => {
  const first = words[start];
  return first && (start > 0 || textOf(first) === "aws") ? words.slice(start) : undefined;
};

function skip(
  { values, not, words = 0, assigns }: Wrapper,
  rest: readonly Argument[],
): Argument[] | undefined {
  let at = 0;
  for (; at < rest.length; at++) {
    const text = textOf(rest[at]!);
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
function ofRunner(rest: readonly Argument[]): Argument[] | undefined {
  const words = from(
    rest,
    rest.findIndex((word) => textOf(word) === "aws"),
  );
  const end = words?.findIndex((word) => ENDS.has(textOf(word))) ?? -1;
  const own = end < 0 ? words : words?.slice(0, end);
  return own?.map((word) => (textOf(word).includes("{}") ? unknownLike(word) : word));
}

/** `python3 -m awscli fsx …` */
function ofPython(rest: readonly Argument[]): Argument[] | undefined {
  const at = rest.findIndex((word) => textOf(word) === "awscli");
  return at > 0 && textOf(rest[at - 1]!) === "-m"
    ? [named("aws", rest[at]!), ...rest.slice(at + 1)]
    : undefined;
}

/** `docker run … amazon/aws-cli fsx …`: the image's entry point is `aws`. */
function inContainer(rest: readonly Argument[]): Argument[] | undefined {
  const image = rest.findIndex((word) => IMAGE.test(textOf(word)));
  if (image >= 0) return [named("aws", rest[image]!), ...rest.slice(image + 1)];
  return from(
    rest,
    rest.findIndex((word) => textOf(word) === "aws"),
  );
}

function named(text: string, { span }: Argument): Argument {
  return { inside: { text, at: () => span.start, span: () => span }, span, words: "one" };
}

/** `xargs` appends its input to the command's words, or inserts it where `-I` says. */
function ofXargs(wrapper: Wrapper, rest: readonly Argument[]): Argument[] | undefined {
  const words = skip(wrapper, rest);
  if (!words || words.length === 0) return undefined;
  const flags = rest.slice(0, rest.length - words.length).map(textOf);
  const mark = flags.indexOf("-I") >= 0 ? flags[flags.indexOf("-I") + 1] : undefined;
  const joined = mark ?? flags.find((flag) => /^-I./.test(flag))?.slice(2);
  if (joined !== undefined)
    return words.map((word) => (textOf(word).includes(joined) ? unknownLike(word) : word));
  const last = words.at(-1)!;
  return [...words, { ...unknownLike(last), words: "list" }];
}

function unknownLike({ span }: Argument): Argument {
  const text = STAND_IN.repeat(3);
  return { inside: { text, at: () => span.start, span: () => span }, span, words: "one" };
}
