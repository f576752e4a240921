import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedText } from "./commands/script-text.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";
import type { CallExpression, ProgramNode } from "./model/node.ts";
import { lastName, positional } from "./model/node.ts";
import type { SourceProgram } from "./program.ts";

/** The code of a function that a construct of the CDK takes as a text. */
interface InnerCode {
  call: CallExpression;
  language: LanguageReader;
  /** Undefined where something is filled into the code. */
  within: EmbeddedText | undefined;
}

const CONSTRUCTS = new Set(["fromInline", "from_inline", "InlineCode"]);

/** Functions of languages that run a text. */
const OWN = new Set(["eval", "exec", "Function", "instance_eval", "class_eval", "invoke-expression", "iex"]);

/** `lambda.Code.fromInline("…")`, and `eval("…")`, whose code is the program's own language. */
export function innerCodeIn(program: SourceProgram): InnerCode[] {
  return program.scopes.calls.flatMap((call) => {
    const name = lastName(call.callee) ?? "";
    const isOwn = call.callee.kind === "name" && OWN.has(name);
    const [first] = isOwn || CONSTRUCTS.has(name) ? positional(call) : [];
    if (!first || !namesOperation(first, isOwn, program)) return [];
    const value = program.evaluator(call).valueOf(first);
    const within = typeof value.value === "string" ? embedText(value, program) : undefined;
    const language = languageNamed(isOwn ? program.language.name : languageOfRuntime(within?.text ?? ""));
    return language ? [{ call, language, within }] : [];
  });
}

/** What runs a text may give any name another value: of a text by its name, it is known that it may be run. */
function namesOperation(node: ProgramNode, isOwn: boolean, program: SourceProgram): boolean {
  const bindings = isOwn && node.kind === "name" ? program.scopes.bindings(node) : [];
  const sources = [node, ...bindings.map(({ value }) => value)];
  return sources.some((each) => each && program.operations.isNamedIn(program.sourceOf(each.span)));
}

/** The runtime stands beside the code, or elsewhere; the code says what it is. */
const languageOfRuntime = (code: string): string =>
  /^[ \t]*(?:import|from|def)[ \t][^{}]*$/m.test(code) ? "python" : "javascript";
