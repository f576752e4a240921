import { toBotoService } from "../aws-cli/names.ts";
import type { Mention } from "./calls.ts";
import type { Lexed, StringLiteral } from "./lexer.ts";
import type { KnownNames, KnownOperation } from "./names.ts";
import type { ProgramLanguage } from "./program-language.ts";
import { cmdletsInText, commandCandidates } from "./words.ts";

export interface InStrings {
  mentions: Mention[];
  /** Names that stand in strings for themselves: what a dynamic access may call. */
  constants: KnownOperation[];
  /** Strings that hold a program of their own. */
  programs: StringLiteral[];
}

/** A program's text with its strings. */
interface Program {
  text: string;
  lexed: Lexed;
  language: ProgramLanguage;
  names: KnownNames;
}

/** What the strings of a program say: commands, ARNs of SDK calls, and names that are handed to somebody. */
export function callsInStrings(program: Program, places = program.names.placesIn(program.text)): InStrings {
  const found: InStrings = { mentions: [], constants: [], programs: [] };
  const isSigned = TARGET.test(program.text);
  for (const string of tellingStrings(program, places)) {
    const content = program.text.slice(string.start, string.end);
    found.mentions.push(...qualifiedIn(content, string.start, program.names));
    if (isSigned) found.mentions.push(...targetIn(content, string, program.names));
    const name = content.trim();
    const candidates = /^:?[\w-]{4,200}$/.test(name) ? namedBy(name, program.names) : [];
    found.constants.push(...cmdletNamed(name, program));
    if (candidates.length === 0) {
      // The names of commands and cmdlets have hyphens.
      if (content.includes("-"))
        found.mentions.push(
          ...commandsIn(content, string, program),
          ...cmdletsIn(content, string, program.names),
        );
      if (isProgram(content)) found.programs.push(string);
    } else if (isHandedOver(string, program) || isWordOfCommand(string, name, candidates, program)) {
      found.mentions.push({ span: { start: string.start, end: string.end }, candidates, kind: "call" });
    } else found.constants.push(...candidates);
  }
  return found;
}

/** The strings in which a name may end at one of the places, and those that may be programs: hardly any. */
function tellingStrings({ text, lexed }: Program, places: readonly number[]): readonly StringLiteral[] {
  const mayHoldProgram = NAMES_SDK.test(text);
  let next = 0;
  return lexed.strings.filter(({ start, end }) => {
    while (next < places.length && places[next]! < start) next++;
    const mayName = next < places.length && places[next]! < end;
    return end - start >= MIN_NAME && (mayName || (mayHoldProgram && end - start > MIN_PROGRAM));
  });
}

/** No shorter string is a name. */
const MIN_NAME = 4;

/** What a variable of PowerShell may hold, and then run. */
function cmdletNamed(name: string, { language, names }: Program): KnownOperation[] {
  const cmdlet = language.runsCommands ? names.cmdlet(name) : undefined;
  return cmdlet ? [certain(cmdlet)] : [];
}

/** An operation, the class of its command, or its method: `sdk["CreateXCommand"]`, `GetMethod("CreateXAsync")`. */
function namedBy(name: string, names: KnownNames): readonly KnownOperation[] {
  const found = names.find(name);
  return found.length > 0 ? found : names.find(name.replace(/(?:Command|Async)$/, ""));
}

/** An ARN of an SDK call, the header that names the operation in a request over HTTP, and what a method of API Gateway calls. */
const QUALIFIED =
  /(?::aws-sdk:[\w-]{1,60}:|\b[A-Za-z]\w{1,40}_v?\d{8}\.|:[a-z][\w-]{1,60}:action\/)(\w{3,200})/g;
const MAY_QUALIFY = /:aws-sdk:|\d{8}\.|:action\//;

/** Names of operations that stand behind their service. */
export function qualifiedIn(content: string, start: number, names: KnownNames): Mention[] {
  if (!MAY_QUALIFY.test(content)) return [];
  return [...content.matchAll(QUALIFIED)].flatMap(({ 0: whole, 1: action, index }): Mention[] => {
    const candidates = names.find(action!).map(certain);
    return candidates.length === 0
      ? []
      : [{ span: at(start + index, whole.length), candidates, kind: "call" }];
  });
}

/** A request over HTTP names its operation in this header; what is before the dot may be filled in. */
const TARGET = /\bx-amz-target\b/i;

function targetIn(content: string, { start }: StringLiteral, names: KnownNames): Mention[] {
  const name = /(?:^|[}%\w])\.([A-Z]\w{3,100})$/.exec(content)?.[1] ?? "";
  const candidates = /\d{8}\.\w+$/.test(content) ? [] : names.find(name).map(certain);
  const from = start + content.length - name.length;
  return candidates.length > 0 ? [{ span: at(from, name.length), candidates, kind: "call" }] : [];
}

const at = (start: number, length: number) => ({ start, end: start + length });

/** The service stands beside the name. */
const certain = (known: KnownOperation): KnownOperation => ({ ...known, isTelling: true });

const COMMAND = /(?<![\w./-])[a-z][a-z0-9]{0,60}(?:-[a-z0-9]{1,60}){1,20}(?![\w./-])/g;

/** `aws SERVICE` before a command's name, options and placeholders between them. */
const BEHIND_AWS =
  /(?:^|[\s"'`(/@&;|=])aws(?:\.exe)?["']?\s(?:[^\n;|&]{0,200}\s)?["']?([a-z][a-z0-9.-]{0,40})["']?(?:\s[^\n;|&]{0,200})?$/;

/** A word before a command: one that ends in a separator, assigns a variable or runs another command. */
const BEFORE_COMMAND = /[;|&({`](?:(?:sudo|env|time|exec|nohup|command|do|then|else)?$|\w+=)/;
const AWS_COMMAND = /[;|&({`](?:[\w./~-]*\/)?aws(?:\.exe)?["']?$/;

/** Does a text end in the arguments of `aws`, where that is a command? */
function endsInAwsCommand(text: string): boolean {
  let end: number | undefined;
  let canBegin = true;
  for (const { 1: word = "", 2: blank = "", index } of text.matchAll(/(\S+)(\s*)/g)) {
    // What begins a command is read as if a separator stood before it.
    const separated: string = canBegin ? `;${word}` : word;
    if (blank !== "" && AWS_COMMAND.test(separated)) end = index + word.length;
    canBegin = blank.includes("\n") || BEFORE_COMMAND.test(separated);
  }
  return end !== undefined && !/[\n;|&]/.test(text.slice(end + 1));
}

/** What runs commands, by the name of the function that a text is passed to. */
const RUNS =
  /(?:\b|_)(?:system|popen|run|call|check_call|check_output|getoutput|getstatusoutput|exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execAsync|shell|shell_exec|passthru|proc_open|sh|bash|Command|backtick|invoke|Invoke-Expression|iex|cmd|local|sudo|execute|runCommand|ProcessBuilder|provisioner)\w{0,12}\s*\(?\s*(?:\[\s*)?$/;

function commandsIn(content: string, string: StringLiteral, program: Program): Mention[] {
  const { text, lexed, names } = program;
  const mentions: Mention[] = [];
  for (const { 0: word, index } of content.matchAll(COMMAND)) {
    const candidates = commandCandidates(word, names);
    if (candidates.length === 0) continue;
    const before = unescapeBlanks(content.slice(Math.max(0, index - 400), index));
    const alone = /^\s*([a-z][a-z0-9.-]{0,40})\s+$/.exec(before)?.[1];
    const service = BEHIND_AWS.exec(before)?.[1] ?? alone;
    if (service === undefined) continue;
    const own = candidates.filter(
      (one) => new RegExp(`\\b${one.service}\\b`).test(before) || toBotoService(service) === one.service,
    );
    const isCommand =
      alone !== undefined
        ? isHandedOver(string, program) || isArgumentOfAws(string, text)
        : endsInAwsCommand(before)
          ? !isStatement(string, lexed.code) || isExecuted(string, lexed.code)
          : RUNS.test(calleeBefore(text, string));
    if (own.length > 0 && isCommand)
      mentions.push({
        span: at(string.start + index, word.length),
        candidates: own.map(certain),
        kind: "call",
      });
  }
  return mentions;
}

const cmdletsIn = (content: string, { start }: StringLiteral, names: KnownNames): Mention[] =>
  cmdletsInText(unescapeBlanks(content), names).map(({ span, ...mention }) => ({
    ...mention,
    span: { start: start + span.start, end: start + span.end },
  }));

/** The blanks that escapes of a string stand for, each in the place of both characters of its escape. */
const unescapeBlanks = (text: string): string =>
  text.replace(/\\[nrt\n]/g, (written) => (/[nr]/.test(written) ? " \n" : "  "));

/** `Start-Process aws -ArgumentList "fsx …"`, `new ProcessStartInfo("aws") { Arguments = "fsx …" }`. */
const isArgumentOfAws = ({ from }: StringLiteral, text: string): boolean =>
  /(?:^|[\s;&|('"])aws(?:\.exe)?["']?[\s,)][^\n;|]{0,100}$/.test(text.slice(Math.max(0, from - 120), from));

const calleeBefore = (text: string, { from }: StringLiteral): string =>
  text.slice(Math.max(0, from - 80), from);

/** Groovy and Scala run a text as a command by a method of it. */
const isExecuted = ({ end }: StringLiteral, code: string): boolean =>
  /^(?:\.execute\b|\s?\.?!(?!=))/.test(code.slice(end + 1, end + 12));

/** A string that is a statement of its own: a docstring. */
function isStatement({ from }: StringLiteral, code: string): boolean {
  if (RUNS_BY_ITSELF.test(code.slice(from, from + 3))) return false;
  const before = code.slice(Math.max(0, from - 200), from);
  const end = before.trimEnd();
  if (end.endsWith(":")) return HEAD.test(end.slice(0, -1).trimEnd());
  return (end === "" || before.includes("\n", end.length)) && !GOES_ON.test(end);
}

/** Quotes of languages that run what stands in them. */
const RUNS_BY_ITSELF = /^(?:`|%x|qx)/;
/** Before the colon of a Python function or class. */
const HEAD = /(?:\)|\bclass [ \w]{1,80}|->[\w.[\], |]{1,80})$/;
/** Behind these, an expression goes on in the next line. */
const GOES_ON = /[=(,[{+\\:?|&"'<]$/;

/** Of a shorter string, none is a program. */
const MIN_PROGRAM = 40;

const NAMES_SDK = /\bboto3\b|aws-sdk|aws_sdk|botocore/;

/** Code in a string, as a Lambda function's in a stack: it brings a client along. */
const isProgram = (content: string): boolean =>
  content.length > MIN_PROGRAM && NAMES_SDK.test(content) && /[\n;]/.test(content);

/** The keys under which the name of an API call stands. */
const ACTION_KEY =
  /["']?\b(?:action|api|apiname|api_name|apiaction|operation|operation_?name|method(?:_?name)?|command(?:_?name)?|call|func|function|op)["']?\s*(?:=>|[:=])\s*(?:\w*["'`]|:)?$/i;

/** Functions to which a name means no call. */
const HARMLESS_BEGINNINGS =
  /^(?:log|print|write|warn|metric|count|emit|segment|assert|expect|equal|eq$|stub|mock|patch|grant|permission|policy|policies|statement|allow|replace)/;
const HARMLESS_ENDINGS = new Set(
  (
    "puts echo trace debug info fail fatal span describe it test addresponse response when raise throw error exception " +
    "addaction addactions actions deny include includes contain contains startswith endswith indexof has hasattr in tobe " +
    "canpaginate split strip format len set append push add symbol t i18n translate addclienterror"
  ).split(" "),
);

/** Whether a function of this name only looks at its texts, says them, or grants what they name. */
function isHarmless(callee: string): boolean {
  const words = callee
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_$]+/)
    .filter(Boolean);
  const last = words.at(-1) ?? "";
  return (
    words.some((word) => HARMLESS_BEGINNINGS.test(word)) ||
    HARMLESS_ENDINGS.has(last) ||
    HARMLESS_ENDINGS.has((words.at(-2) ?? "") + last)
  );
}

/** `["aws", "fsx", "create-data-repository-task"]`, or behind the service alone. */
function isWordOfCommand(
  { from }: StringLiteral,
  name: string,
  candidates: readonly KnownOperation[],
  { text }: Program,
): boolean {
  if (!name.includes("-")) return false;
  const before = text.slice(Math.max(0, from - 400), from);
  if (/["'`](?:[\w./-]{0,100}\/)?aws["'`](?:\s*,|\s+["'`(])[^;]*$/.test(before)) return true;
  return candidates.some(({ service }) =>
    new RegExp(`["'\`]${service}["'\`](?:\\s*,\\s*|\\s+)$`).test(before),
  );
}

/** Is a name passed as the action of a call? */
function isHandedOver(string: StringLiteral, { text, lexed: { code } }: Program): boolean {
  const before = text.slice(Math.max(0, string.from - 120), string.from);
  if (ACTION_KEY.test(before) || /->\s*\{\s*$/.test(before)) return true;
  // `[$client, 'name']` of PHP is a function.
  if (/\[\s*\$\w[\w>-]{0,60}\s*,\s*$/.test(before)) return true;
  const behind = code.slice(string.end + 1, string.end + 40);
  if (/[\w$)\]]\s*(?:\?\.)?\[\s*$/.test(before))
    return /^\s*\]\s*(?:!\s*)?(?:\(|\.bind|\.call|\.apply|\.promise)/.test(behind);
  const callee = enclosingCall(code.slice(Math.max(0, string.from - 600), string.from));
  return callee !== undefined && !isHarmless(callee);
}

/** The function whose arguments stand at the end of a piece of code; undefined where none does. */
function enclosingCall(code: string): string | undefined {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const char = code[at]!;
    if (char === ")" || char === "]" || char === "}") depth++;
    if (char !== "(" && char !== "[" && char !== "{") continue;
    if (depth-- > 0) continue;
    if (char !== "(") return undefined;
    const before = code.slice(Math.max(0, at - 100), at).trimEnd();
    return /(?<![\w$])[\w$]+$/.exec(before.replace(/!$/, "").trimEnd())?.[0];
  }
  return undefined;
}
