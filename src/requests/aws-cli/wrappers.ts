import type { Argument } from "./argument.ts";
import { isUnknownText, STAND_IN, textOf } from "./argument.ts";

/** What a command runs: the words behind `aws`, or a script. */
export type Run = { kind: "aws"; name: Argument; words: Argument[] } | { kind: "script"; script: Argument };

/** How the options of commands that run another one are to be skipped. */
interface Wrapper {
  /** Options whose value is a word of its own. */
  values?: RegExp;
  /** Options after which no other command is run. */
  not?: RegExp;
  /** Words that stand before the other command. */
  words?: number;
  /** Words `NAME=value` before it are assignments. */
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

/** Commands of credential helpers and containers: what they run stands behind `--`. */
const DASHED =
  /^(?:aws-vault|aws-sso|awsume|chamber|doppler|dotenv|envchain|granted|kubectl|op|saml2aws|teller)$/;

/** Functions that people write to run a command again, or with a word about it. */
const OWN = /^(?:re)?(?:attempt|exec|repeat|run|try|with)(?:[-_A-Z0-9]|$)/;

const SHELLS = /^(?:ba|z|da|k)?sh$/;
const IMAGE = /(?:^|\/)aws-cli(?:[:@].*)?$/;

/** Commands that run commands: nobody needs more at once. */
const MAX_WRAPPERS = 20;

/** What a command runs in the end, through whatever commands that run others. */
export function runOf(given: readonly Argument[]): Run | undefined {
  let words = [...given];
  for (let round = 0; words.length > 0 && round < MAX_WRAPPERS; round++) {
    const [name, ...rest] = words as [Argument, ...Argument[]];
    const command = textOf(name).replace(/^.*\//, "");
    if (isUnknownText(command)) return undefined;
    if (command === "aws") return { kind: "aws", name, words: rest };
    if (command === "eval")
      return rest[0] && rest.length === 1 ? { kind: "script", script: rest[0] } : undefined;
    if (SHELLS.test(command)) return scriptOf(rest);
    const next = inner(command, rest);
    if (!next) return undefined;
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

function inner(command: string, rest: readonly Argument[]): Argument[] | undefined {
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

/** `docker run … amazon/aws-cli fsx …`: the image runs `aws`. */
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

/** What `xargs` reads goes behind the command's words, or where `-I` says. */
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
