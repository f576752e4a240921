import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedText } from "./commands/script-text.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";
import type { CallExpression } from "./model/node.ts";
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
    if (!first || !program.operations.isNamedIn(program.sourceOf(first.span))) return [];
    const value = program.evaluator(call).valueOf(first);
    const within = typeof value.value === "string" ? embedText(value, program) : undefined;
    // The runtime stands beside it, or elsewhere; the code says what it is.
    const isPython = /^[ \t]*(?:import|from|def)[ \t][^{}]*$/m.test(within?.text ?? "");
    const language = isOwn
      ? languageNamed(program.language.name)
      : languageNamed(isPython ? "python" : "javascript");
    return language ? [{ call, language, within }] : [];
  });
}
