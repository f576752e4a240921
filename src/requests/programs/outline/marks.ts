import { ENCODED_BEGINNINGS } from "../../scripts/encoded-scripts.ts";
import { DEFINED_KINDS } from "../../templates/record-kinds.ts";
import type { ProgramOperations } from "../operations.ts";
import { CALL_SIGNS } from "../signs.ts";

/** What only the run puts together, what gives any name a value, and commands: what holds it is always read. */
const ALWAYS = [
  "\\b(?:getattr|setattr|_make_api_call|generate_presigned_url|global|nonlocal|import_module|__globals__|f_globals|goto|prototype|toBuilder)\\b",
  "\\bsys\\.modules\\b",
  "(?<![.\\w])(?:exec|eval|globals|locals|vars)\\s*\\(",
  "\\]\\s*!?(?:\\?\\.)?\\(|\\bnew\\s+[\\w.]+\\[",
  "[\"'`(\\s/]aws[\"'`\\s]",
  "countersign:",
  ...CALL_SIGNS,
];

/** In Terraform's language: the resources that describe calls or records, and what local values may fill in. */
const IN_BLOCKS = [
  "aws_ssm_document|user_data",
  ...Object.keys(DEFINED_KINDS).map((type) => `${type}\\b`),
  ...CALL_SIGNS,
];

const MARKS = {
  code: new RegExp(ALWAYS.join("|"), "g"),
  blocks: new RegExp([...IN_BLOCKS, ...ENCODED_BEGINNINGS].join("|"), "g"),
};

/** The places of a text that have to be read, and the operations that it names. */
export function marksIn(
  text: string,
  kind: keyof typeof MARKS,
  operations: ProgramOperations,
): { places: number[]; named: readonly string[] } {
  const names = operations.namesIn(text);
  const places = [...names, ...text.matchAll(MARKS[kind])].map(({ index }) => index ?? 0);
  const named = new Set(names.flatMap(({ 0: name }) => operations.named(name)));
  return { places: places.sort((a, b) => a - b), named: [...named] };
}
