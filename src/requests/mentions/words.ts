import { listCommandNames } from "../aws-cli/names.ts";
import type { Mention } from "./calls.ts";
import type { KnownNames, KnownOperation } from "./names.ts";

export const commandCandidates = (word: string, names: KnownNames): readonly KnownOperation[] =>
  names.find(word).filter(({ operation }) => listCommandNames(operation).includes(word));

const WORD = /(?<![\w./-])[A-Za-z][A-Za-z0-9]{0,60}(?:-[A-Za-z0-9_]{1,100}){1,20}(?![\w./-])/g;

/** Before the name of a command in a line: `aws` and what belongs to it. */
const AWS = /(?:^|[\s&;|(!^])(?:[\w./~:\\-]{0,200}[/\\])?aws(?:\.exe|\.cmd)?\s[^;|&\n]*$/;

/** What only shows its words. */
const SHOWS = /(?:^|[;|&(])\s*@?(?:echo|rem|puts|write-\w+|print\w*|set_color)\b[^;|&\n]*$/i;

/** Commands of the AWS CLI, and cmdlets of AWS Tools for PowerShell, in the code of a language that runs commands. */
export function commandsInCode(code: string, names: KnownNames): Mention[] {
  const mentions: Mention[] = [];
  for (const { 0: word, index } of code.matchAll(WORD)) {
    const cmdlet = names.cmdlet(word);
    const candidates = cmdlet ? [cmdlet] : commandCandidates(word, names);
    if (candidates.length === 0) continue;
    const before = code.slice(Math.max(0, index - 400), index).replace(/[`\\^]\r?\n/g, "  ");
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (
      SHOWS.test(line) ||
      (cmdlet ? /\b(?:function|Get-Help|Get-Command|alias)\s+$/i.test(line) : !AWS.test(line))
    )
      continue;
    const known = candidates.filter(({ service }) => cmdlet !== undefined || line.includes(service));
    if (known.length === 0) continue;
    const own = known.map((one) => ({ ...one, isTelling: true }));
    mentions.push({ span: { start: index, end: index + word.length }, candidates: own, kind: "call" });
  }
  return mentions;
}

const CMDLET = /(?<![\w./$-])[A-Z][a-z]{2,12}-[A-Z][A-Za-z0-9]{3,100}(?=[ \t]+[-@`])/g;

/** Behind these, a text in a document begins a command. */
const BEGINS_COMMAND = /(?:^|[;|{(=&"'`[,>]|: |- |\b(?:Command|c|RUN|CMD|ENTRYPOINT) )\s*$/;

/** Cmdlets with parameters that stand where a document may have a command. */
export function cmdletsInText(text: string, names: KnownNames): Mention[] {
  return [...text.matchAll(CMDLET)].flatMap(({ 0: word, index }): Mention[] => {
    const known = names.cmdlet(word);
    const before = text.slice(Math.max(0, index - 60), index);
    if (!known || !BEGINS_COMMAND.test(before.slice(before.lastIndexOf("\n") + 1))) return [];
    const span = { start: index, end: index + word.length };
    return [{ span, candidates: [{ ...known, isTelling: true }], kind: "call" }];
  });
}

const KEBAB = /\/([a-z][a-z0-9-]{3,100})(?=[\s)])/g;

/** Functions that are named as commands are, behind the name of what they come from: `(fsx/create-backup {…})`. */
export const kebabCalls = (code: string, names: KnownNames): Mention[] =>
  [...code.matchAll(KEBAB)].flatMap(({ 1: name = "", index }): Mention[] => {
    const candidates = name.includes("-") ? names.find(name) : [];
    const span = { start: index + 1, end: index + 1 + name.length };
    return candidates.length > 0 ? [{ span, candidates, kind: "call" }] : [];
  });

/** `%i[create_backup delete_backup]`, `:create_backup`. */
const SYMBOLS =
  /%[iI][([{<]([^)\]}>]{1,5000})|(?<![:\w]|(?:send|__|method|build_request)[( ] ?):([a-z]\w{3,100})\b(?!:)/g;

/** The symbols of Ruby that name operations: what a method that is sent later may be. */
export const namedSymbols = (code: string, names: KnownNames): KnownOperation[] =>
  [...code.matchAll(SYMBOLS)].flatMap(({ 1: list, 2: symbol = "" }) =>
    (list ?? symbol).split(/\s+/).flatMap((name) => names.find(name)),
  );
