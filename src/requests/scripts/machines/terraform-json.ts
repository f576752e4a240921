import type { Document } from "../../../documents/document.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import type { Argument } from "../../aws-cli/argument.ts";
import { createUnknownArgument, UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { splitInterpolations } from "../../templates/interpolations.ts";
import { DocumentPart } from "../../templates/part.ts";
import { joinTexts, replaceMatches } from "../joined.ts";
import type { Script } from "../kind.ts";
import { embedSegments } from "./segments-text.ts";

/** The commands of provisioners, and programs that give data, in Terraform's configuration as JSON and in plans. */
export function readTerraformJson(text: string, document: Document): Script[] {
  const root = new DocumentPart(document, text);
  const blocks = [...blocksOf(root.member("resource")), ...blocksOf(root.member("data"))];
  return [
    ...blocks.flatMap((block) => listOf(block.member("provisioner"))).flatMap(readProvisioners),
    ...blocksOf(root.member("data"), "external").flatMap((block) => {
      const program = block.member("program");
      return program ? wordsScript(listOf(program).map(readWord)) : [];
    }),
    ...plannedProvisioners(root.member("configuration")?.member("root_module")),
  ];
}

const listOf = (part: DocumentPart | undefined): DocumentPart[] =>
  part === undefined ? [] : Array.isArray(part.value) ? part.items() : [part];

/** Blocks by their types and names, each an object or a list of them. */
const blocksOf = (part: DocumentPart | undefined, only?: string): DocumentPart[] =>
  listOf(part)
    .flatMap((one) => one.members())
    .filter(([type]) => only === undefined || type === only)
    .flatMap(([, named]) => listOf(named).flatMap((one) => one.members()))
    .flatMap(([, body]) => listOf(body));

/** Provisioners by their types. */
const readProvisioners = (part: DocumentPart): Script[] =>
  part
    .members()
    .flatMap(([, body]) => listOf(body))
    .flatMap((body) =>
      readProvisioner(body.member("command"), body.member("inline"), listOf(body.member("interpreter"))),
    );

function readProvisioner(
  command: DocumentPart | undefined,
  inline: DocumentPart | undefined,
  interpreter: readonly DocumentPart[],
): Script[] {
  const lines = listOf(inline).flatMap((line) => readText(line) ?? []);
  const given = command && readText(command);
  return [
    ...(lines.length > 0 ? [{ shell: toShellText(joinTexts(lines)) }] : []),
    ...(command && interpreter.length > 0
      ? wordsScript([...interpreter, command].map(readWord))
      : given
        ? [{ shell: toShellText(given) }]
        : []),
  ];
}

/** In a plan, what is written down stands under `constant_value`. */
function plannedProvisioners(module: DocumentPart | undefined): Script[] {
  if (!module) return [];
  const calls = module.member("module_calls")?.members() ?? [];
  const own = listOf(module.member("resources"))
    .flatMap((resource) => listOf(resource.member("provisioners")))
    .flatMap((provisioner) => {
      const given = (name: string) =>
        provisioner.member("expressions")?.member(name)?.member("constant_value");
      return readProvisioner(given("command"), given("inline"), listOf(given("interpreter")));
    });
  return [...own, ...calls.flatMap(([, call]) => plannedProvisioners(call.member("module")))];
}

const wordsScript = (words: Argument[]): Script[] => (words.length > 1 ? [{ words }] : []);

function readWord(part: DocumentPart): Argument {
  const span = part.span();
  const inside = readText(part);
  return inside ? { inside, span, words: "one" } : createUnknownArgument({ span });
}

/** `${…}` is filled in by Terraform, and `$${` leaves a `${` for the shell. */
function readText(part: DocumentPart): EmbeddedText | undefined {
  if (typeof part.value !== "string") return undefined;
  const split = embedSegments(splitInterpolations(part, part.value));
  return replaceMatches(split, /\$\$\{|[$%]\{[^{}]*\}/g, ([found]) =>
    found === "$${" ? "${" : UNKNOWN_TEXT,
  );
}
