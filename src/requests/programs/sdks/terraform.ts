import { quoted } from "../../../diagnostics/text.ts";
import { DEFINED_KINDS } from "../../templates/record-kinds.ts";
import type { ProgramFindings } from "../findings.ts";
import type { CallExpression } from "../model/node.ts";
import { textOfLiteral } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import type { OtherResource } from "../template.ts";
import { resourceTemplate } from "../template.ts";
import { isOverride } from "../terraform-overrides.ts";

/** The resources that describe calls of AWS, which the readers of templates know. */
const TYPES = new Set([
  "aws_scheduler_schedule",
  "awscc_scheduler_schedule",
  "aws_sfn_state_machine",
  "awscc_stepfunctions_state_machine",
  "aws_ssm_document",
]);

/** Calls that resources of Terraform describe. */
export function findTerraformResources(program: SourceProgram, found: ProgramFindings): void {
  const blocks = program.scopes.calls.filter(
    ({ callee }) => callee.kind === "name" && callee.name === "resource",
  );
  const describing = blocks.filter((block) => TYPES.has(typeOf(block)));
  if (describing.length === 0) return;
  const others = listDefinedResources(program, blocks);
  for (const block of describing) {
    const type = typeOf(block);
    const body = block.args.at(-1);
    if (body?.kind !== "object") continue;
    const changed = whyOverridden(block, program);
    if (changed !== undefined) {
      if (program.operations.isNamedIn(program.text)) found.skip(block.span, changed);
      continue;
    }
    const isDynamic = body.entries.some(
      ({ value }) => value.kind === "list" && value.items.some(({ kind }) => kind === "other"),
    );
    if (isDynamic && program.operations.isNamedIn(program.sourceOf(block.span)))
      found.skip(block.span, "a `dynamic` block makes a part of this resource: what it calls is not known");
    found.addTemplate(resourceTemplate(type, program.evaluator(block).valueOf(body), others), block);
  }
}

/** Why a resource isn't what it is written as: a file of the same folder changes it, or it is the change. */
function whyOverridden({ args }: CallExpression, { file, overrides }: SourceProgram): string | undefined {
  const [type = "", name = ""] = args.slice(0, 2).map((label) => textOfLiteral(label));
  if (isOverride(file.path))
    return "this file changes a resource of its folder: what that calls afterwards is not read";
  const other = overrides?.fileOf(type, name);
  return other === undefined
    ? undefined
    : `${quoted(other)} changes this resource: what it calls afterwards is not read`;
}

const typeOf = ({ args }: CallExpression): string => textOfLiteral(args[0]) ?? "";

/** The resources that are context for requests. */
const listDefinedResources = (program: SourceProgram, blocks: readonly CallExpression[]): OtherResource[] =>
  blocks.flatMap((block) => {
    const [type, name] = block.args.slice(0, 2).map((label) => textOfLiteral(label));
    const body = block.args.at(-1);
    if (type === undefined || name === undefined || !Object.hasOwn(DEFINED_KINDS, type) || !body) return [];
    return [{ type, address: `${type}.${name}`, properties: program.evaluator(block).valueOf(body) }];
  });
