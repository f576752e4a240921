import { composeEmbedded } from "../../../documents/embedded.ts";
import { holdsEncodedScript } from "../../scripts/encoded-scripts.ts";
import type { Script } from "../../scripts/kind.ts";
import type { ProgramFindings } from "../findings.ts";
import type { CallExpression, ObjectNode, ProgramNode } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import type { SourceProgram } from "../program.ts";
import { ProgramTemplate } from "../template.ts";
import { embedText, linesScript, shellScript, wordOf, wordsOf, wordsScript } from "./script-text.ts";

const BLOCKS = new Set(["resource", "data", "module"]);

/** Finds the commands in blocks of Terraform: of provisioners, of machines that start, of programs that give data. */
export async function findTerraformScripts(program: SourceProgram, found: ProgramFindings): Promise<void> {
  if (!namesCommands(program.text, program)) return;
  // It loads the YAML parser, which most programs don't need.
  const { readTemplate } = await import("../../scripts/machines/template.ts");
  const { readUserData } = await import("../../scripts/machines/user-data.ts");
  for (const block of program.scopes.calls) {
    const body = block.args.at(-1);
    const isKnown = block.callee.kind === "name" && BLOCKS.has(block.callee.name);
    if (!isKnown || body?.kind !== "object" || !isWorthReading(block, program)) continue;
    const value = program.evaluator(block).valueOf(body);
    const encoded = encodedTexts(body).flatMap(
      (node) => embedText(program.evaluator(block).valueOf(node), program) ?? [],
    );
    const scripts = [
      ...readTemplate("", new ProgramTemplate(value)).map((script) => movedOut(script, program)),
      ...encoded.flatMap(readUserData),
      ...(value.members?.get("provisioner")?.items ?? []).flatMap((one) => provisionerScripts(one, program)),
      ...externalScripts(block, value, program),
    ];
    found.addCommands(scripts, block);
  }
}

const namesCommands = (text: string, { operations }: SourceProgram): boolean =>
  operations.isNamedIn(text) || holdsEncodedScript(text);

/** A block may name the operation itself, or be given a text that does by a local value. */
const isWorthReading = ({ span }: CallExpression, program: SourceProgram): boolean => {
  const text = program.sourceOf(span);
  return namesCommands(text, program) || (text.includes("local.") && text.includes("user_data"));
};

/** A script with its places in the file. */
const movedOut = (script: Script, { within }: SourceProgram): Script =>
  "shell" in script
    ? { ...script, shell: composeEmbedded(within, script.shell) }
    : {
        ...script,
        words: script.words.map((word) => ({
          ...word,
          inside: composeEmbedded(within, word.inside),
          span: within.span(word.span),
        })),
      };

/** What `base64encode` is given, for the user data of a machine. */
function encodedTexts({ entries }: ObjectNode): ProgramNode[] {
  return entries.flatMap((entry): ProgramNode[] => {
    if (entry.kind !== "entry" || !entry.name?.startsWith("user_data")) return [];
    const { value } = entry;
    const isEncoded =
      value.kind === "call" && value.callee.kind === "name" && value.callee.name === "base64encode";
    return isEncoded ? value.args.slice(0, 1) : [];
  });
}

/** `local-exec` has a command, `remote-exec` lines; an interpreter gets the command as its last word. */
function provisionerScripts({ members }: ProgramValue, program: SourceProgram): Script[] {
  const [command, inline, interpreter] = ["command", "inline", "interpreter"].map((name) =>
    members?.get(name),
  );
  const words = interpreter && wordsOf(interpreter, program);
  return [
    ...(command && words ? wordsScript([...words, wordOf(command, program)]) : []),
    ...(command && !interpreter ? shellScript(command, program) : []),
    ...(inline?.items ? linesScript(inline.items, program) : []),
  ];
}

/** `data "external"` runs a program. */
function externalScripts(
  { args }: CallExpression,
  { members }: ProgramValue,
  program: SourceProgram,
): Script[] {
  const isExternal = args[0]?.kind === "literal" && args[0].value === "external";
  const list = isExternal ? members?.get("program") : undefined;
  const words = list && wordsOf(list, program);
  return words ? wordsScript(words) : [];
}
