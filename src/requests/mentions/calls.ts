import type { Span } from "../../diagnostics/lines.ts";
import { createSpanMatcher } from "../span-matcher.ts";
import type { Lexed } from "./lexer.ts";
import type { KnownNames, KnownOperation } from "./names.ts";
import type { ProgramLanguage } from "./program-language.ts";

/** A place in code that names an operation: a call of it, or the object that a call takes. */
export interface Mention {
  span: Span;
  candidates: readonly KnownOperation[];
  kind: "call" | "object";
  /** Whether a call takes what stands in it or what code elsewhere makes, and no object that is made in this file. */
  isItsOwn?: boolean;
}

const IDENTIFIER = /[A-Za-z_]\w{3,200}/g;
const WORD = /\w/;

/** The identifiers of code in which a name may end at one of the places. */
function* identifiersAt(places: readonly number[], code: string): Generator<{ name: string; index: number }> {
  let end = 0;
  for (const at of places) {
    if (at < end || !WORD.test(code.charAt(at))) continue;
    let start = at;
    while (start > end && WORD.test(code.charAt(start - 1))) start--;
    for (end = at + 1; end < code.length && WORD.test(code.charAt(end)); ) end++;
    for (const { 0: name, index } of code.slice(start, end).matchAll(IDENTIFIER))
      yield { name, index: start + index };
  }
}

/** What SDKs add to an operation's name, longest first. */
const SUFFIX =
  /(?:Command|WithContextAsync|WithContext|Async|InputBuilder|RequestBuilder|Input|Request|Sync)$/;
const PREFIX = /^(?:paginate|New(?=\w+Paginator$))/;

/** How far around a name its use is looked for. */
const REACH = 240;

/** The mentions of operations in code that call them, or make what a call takes. */
export function callsInCode(
  { code }: Pick<Lexed, "code">,
  language: ProgramLanguage,
  names: KnownNames,
  places = names.placesIn(code),
): Mention[] {
  let isImported: ((offset: number) => boolean) | undefined;
  const mentions: Mention[] = [];
  for (const { name, index } of identifiersAt(places, code)) {
    const known = findNamed(name, names, language);
    if (!known) continue;
    isImported ??= createSpanMatcher(importsIn(code));
    if (isImported(index)) continue;
    const end = index + name.length;
    const use: Use = {
      name,
      added: known.added,
      before: code.slice(Math.max(0, index - REACH), index),
      after: code.slice(end, end + REACH),
      language,
      code,
    };
    const kind = kindOf(use);
    const own = kind === "call" && (hasOwnArguments(use) || isMadeElsewhere(use)) ? { isItsOwn: true } : {};
    if (kind) mentions.push({ span: { start: index, end }, candidates: known.candidates, kind, ...own });
  }
  return mentions;
}

/** What an identifier names, and what the SDK adds to the name. */
interface Named {
  candidates: readonly KnownOperation[];
  added: string;
}

function findNamed(name: string, names: KnownNames, { makers }: ProgramLanguage): Named | undefined {
  const candidates = names.find(name);
  if (candidates.length > 0) return { candidates, added: "" };
  const made = makers?.exec(name)?.[0];
  const added = made ?? SUFFIX.exec(name)?.[0] ?? PREFIX.exec(name)?.[0];
  if (added === undefined) return undefined;
  const bare = name
    .slice(made?.length)
    .replace(SUFFIX, "")
    .replace(PREFIX, "")
    .replace(/Paginator$/, "");
  const found = names.find(bare);
  return found.length > 0 ? { candidates: found, added } : undefined;
}

/** A name in code with what stands around it. */
interface Use {
  name: string;
  added: string;
  before: string;
  after: string;
  language: ProgramLanguage;
  code: string;
}

function kindOf(use: Use): Mention["kind"] | undefined {
  if (DEFINES.test(use.before)) return undefined;
  if (SENT_SYMBOL.test(use.before)) return "call";
  if (/Input|Request|Command/.test(use.added)) return objectKind(use);
  return isReceived(use) ? memberKind(use) : bareKind(use);
}

/** Ruby calls a method by its symbol, also for each of several (`map(&:create_x)`), Clojure an operation by its keyword: `client.public_send(:create_x, …)`, `{:op :CreateX …}`. */
const SENT_SYMBOL = /(?:\b(?:public_send|__send__|send|method|build_request)[( ] ?|:op[ ,\n]{1,20}|[( ]&):$/;

/** A name behind these is what is defined here, or what an import or a comparison of types names. */
const DEFINES =
  /\b(?:def|function|func|fn|sub|fun|interface|class|struct|type|enum|record|trait|import|from|use|using|package|namespace|instanceof|typeof|extends|implements|defp?|proc)\s+(?:\([^()\n]{0,120}\)\s*)?(?:[\w.]+[.:])?\*?$/;

/** A member of something: `client.`, `$client->`, `Client::`, `client?.`, `this.client!.`, `client&.`. */
const isReceived = ({ before, language }: Use): boolean =>
  (/(?:\.|->|::|&\.)\s*$/.test(before) && !/\.\.\s*$/.test(before)) ||
  language.receives?.test(before) === true;

/** What tests and definitions do with a method. */
const NOT_A_CALL =
  /^(?:\s*=(?![=>~])|\.(?:return_value|side_effect|assert_\w*|called\w*|call_\w+|mock\w*|resolves?|returns?|rejects?|restore|should\w*|to[A-Z]\w*|__name__|name\b|length\b)|\s*::\s*\w)/;

/** Arguments that no API call of Python has: positional ones, and keywords with an underscore. */
const WRAPPED = /^\s*\((?!\s*(?:\)|\*|$|[A-Za-z][A-Za-z0-9]*\s*(?:=(?!=)|$)))/;

function memberKind({ after, language }: Use): Mention["kind"] | undefined {
  if (NOT_A_CALL.test(after)) return undefined;
  return language.takesKeywords && WRAPPED.test(after) ? undefined : "call";
}

const CALLED = /^\s*(?:<[^<>()\n]{0,100}>\s*)?\(/;

/** Without a receiver: of a function of this file, of what an import brings, or of a destructured client. */
function bareKind({ name, after, before, language, code }: Use): Mention["kind"] | undefined {
  if (isRenamed(before, after)) return "call";
  const { application } = language;
  const isApplied = application?.before.test(before) && application.after.test(after);
  if (!isApplied && (!CALLED.test(after) || isDeclared(before, after))) return undefined;
  if (language.takesKeywords && WRAPPED.test(after)) return undefined;
  return isDefinedIn(code, name) ? undefined : "call";
}

/** `Response name(Request request) {`, `name(input) {`, `async name(input): Promise<…>`. */
const isDeclared = (before: string, after: string): boolean =>
  /(?:[\w>\]]|\basync|\*)\s+$/.test(
    before.replace(/\b(?:return|await|yield|throw|new|else|in|and|or|not|do)\s+$/, ";"),
  ) || /^\s*\([^()]{0,200}\)\s*(?:\{|:|=>|throws\b|->)/.test(after);

const isDefinedIn = (code: string, name: string): boolean =>
  new RegExp(`\\b(?:def|defp|function|func|fn|sub|fun|const|let|var|val|proc)\\s+${name}\\b`).test(code);

/** `.call(client, …)`, `?.({ Type: x })`, `(b -> b.type(x))`, `({ Type: x })`, `(['Type' => $x])`, `(type: x)`, `{ type = x }`. */
const hasOwnArguments = ({ after }: Use): boolean =>
  /^\s*(?:\{|\.(?:call|apply|bind)\s*\(|(?:\?\.|!)?\s?\(\s*(?:[{[]|\w{1,80}\s*(?:->|=>|:(?!:))))/.test(after);

/** `(ctx, factory.request(…))`. */
const TAKES_RESULT =
  /^\s*\(\s*(?:[\w.]{1,60}(?:\(\))?\s*,\s*)?(?:\w{1,60}\.){0,4}([a-z_]\w{0,80})\s*\([^()]{0,120}\)\s*\)/i;
const BUILDS = /^(?:build|new)$/i;

/** The only argument besides a context is what a function returns that this file doesn't define. */
function isMadeElsewhere({ after, code }: Use): boolean {
  const maker = TAKES_RESULT.exec(after)?.[1];
  return maker !== undefined && !BUILDS.test(maker) && !isDefinedIn(code, maker) && !isMethodOf(code, maker);
}

/** `Request name(String id) {`, `func (s *Server) name(id string) *fsx.Input {`. */
const isMethodOf = (code: string, name: string): boolean =>
  new RegExp(`[\\w>\\])]\\s+${name}\\s*\\([^(){};]{0,300}\\)[^(){};]{0,200}\\{`).test(code);

const MADE_BY_NEW = /\bnew\s+(?:[\w$]+(?:\.|::|\\))*$/i;
/** The colon also stands for the `::` of a qualified name. */
const MADE_BEHIND = /(?:[=(,[{&:?]|\breturn|=>|<-)\s*(?:\*|&)?(?:\w+\.)*$/;

/** The SDKs for Python that have classes for requests: `aws_sdk_fsx`. */
const IMPORTS_MODELS = /^[ \t]*(?:from|import)[ \t]+aws_sdk_\w/m;

function objectKind({ added, before, after, language, code }: Use): Mention["kind"] | undefined {
  const isCommand = added === "Command";
  if (MADE_BY_NEW.test(before) || /\bnew\(\s*(?:\w+\.)?$/.test(before)) return "object";
  if (/^\s*(?:\.|::)\s*(?:builder|newBuilder|new)\b/.test(after)) return "object";
  if (isCommand) return isPassedOn(before, after) || isRenamed(before, after) ? "object" : undefined;
  if (/\bvar\s+\w+\s+(?:\w+\.)?$/.test(before)) return "object";
  // C#, Java and C++ declare a variable of the type: `CreateXRequest request = new();`, `CreateXRequest request;`.
  if (/^\s+\w+\s*=\s*new\s*\(/.test(after)) return "object";
  if (language.name === "c++" && /^\s+\w+\s*[;({=]/.test(after)) return "object";
  if (language.makesWithBraces && /^\s*\{/.test(after) && !/\)\s*\*?(?:\w+\.)?$/.test(before))
    return "object";
  const makesWithParens = language.makesWithParens || (language.takesKeywords && IMPORTS_MODELS.test(code));
  if (makesWithParens && /^\s*\(/.test(after) && MADE_BEHIND.test(before)) return "object";
  // Version 1 of the SDK for Go makes a request object with a method of this name.
  return added === "Request" && /\.\s*$/.test(before) && /^\s*\(/.test(after) ? "call" : undefined;
}

/** `import("…").then(({ CreateXCommand: Task }) => …)`, `const { CreateXCommand: Task } = sdk`: whoever has another name for the class makes objects of it. */
const isRenamed = (before: string, after: string): boolean =>
  (/\(\(?\{[^{}()]{0,200}$/.test(before) &&
    /^\s{0,20}:\s{0,20}\w[^{}()]{0,300}\}(?:\s{0,20},[^{}()]{0,100})?\)?\s{0,20}(?:=>|\{|=(?!=))/.test(
      after,
    )) ||
  (/\b(?:const|let|var)\s*\{[^{}()]{0,200}$/.test(before) &&
    /^\s{0,20}:\s{0,20}\w[^{}()]{0,300}\}\s{0,20}=(?![=>])/.test(after));

/** A class that is handed to somebody, who may make an object of it; not to a mock, and not as a type. */
const isPassedOn = (before: string, after: string): boolean =>
  /(?:[(,[]|\breturn|[^=!<>]=|\?|=>)\s*(?:\w+\.)*$/.test(before) &&
  /^\s*[),;\]}\n:]/.test(after) &&
  !/\b(?:on|toHaveReceived\w*|commandCalls|expect|instanceof|calls?|resolves\w*|mock\w*|stub\w*)\s*\([^()]{0,100}$/i.test(
    before,
  );

/** What an import names: in braces or brackets, or in the rest of its line as far as that can be no code. */
const IMPORT =
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w$*]{1,100}\s*,\s*)?\{[^{}]{0,20000}\}|\b(?:const|let|var)\s*\{[^{}]{0,20000}\}\s*=\s*(?:await\s+)?(?:require|import)\b|^[ \t]*from\s+[\w.]{1,200}\s+import\s+\([^()]{0,20000}\)|^[ \t]*(?:import|from|use|using|package|require|#include)\b[^\n;(={]{0,1000}/gm;

const importsIn = (code: string): Span[] =>
  [...code.matchAll(IMPORT)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));

/** Where a name that only the run knows is called: `getattr(client, name)`, `client[name](…)`, `new commands[name]`. */
export function dynamicAccesses({ code }: Lexed, { name }: ProgramLanguage): Span[] {
  const named = [...code.matchAll(CALLS_BY_NAME)].slice(0, MAX_ACCESSES);
  const found = [...named, (name === "powershell" ? CALLS_VARIABLE : CALLS_MEMBER).exec(code)];
  return found.flatMap((one) => (one ? [{ start: one.index, end: one.index + one[0].length }] : []));
}

/** More of them tell nobody anything. */
const MAX_ACCESSES = 20;

const CALLS_BY_NAME =
  /\b(?:getattr|methodcaller|_make_api_call|makeRequest|MethodByName|getMethod|GetMethod|call_user_func(?:_array)?|public_send|__send__)\s*\(/g;

const CALLS_MEMBER =
  /\.send[( ]\s*[a-z_]\w{0,100}\b|[\w$)\]]\s?(?:\?\.)?\[\s?[A-Za-z_$][\w$.]{0,100}\s?\]\s?(?:!\s?)?(?:\(|\.bind\b|\.call\b|\.apply\b)|\bnew\s+\(?[\w$.]{1,100}\[|->\{?\$\w{1,100}\}?\s?\(/;

/** `& $command`, `& ("New-" + $noun)`. */
const CALLS_VARIABLE = /(?:^|[\s;{(|=])[&.][ \t]*(?:\$[\w:{]|\()/;
