import type { ProgramFindings } from "../findings.ts";
import type { NameNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { whyHandedOn } from "./unread.ts";

/** Commands that this program imports, and that something else makes objects of. */
export function findCommandsHandedOn(
  program: SourceProgram,
  found: ProgramFindings,
  operationOf: (module: string, command: string) => string | undefined,
): void {
  for (const { local, module, imported = "" } of program.scopes.imports) {
    const operation = operationOf(module, imported);
    if (!local || operation === undefined) continue;
    for (const mention of program.scopes.mentions(local))
      if (isHandedOn(mention, program))
        found.skip(mention.span, whyHandedOn(mention.name, operation), operation);
  }
}

/** Who mocks a client asks for its commands. */
const EXPECTATIONS = /^(?:on|on[A-Z]\w*|commandCalls|toHaveReceived\w*|mock\w*|calls?)$/;

function isHandedOn(mention: NameNode, program: SourceProgram): boolean {
  const { parent } = mention;
  switch (parent?.kind) {
    case "call":
      return parent.callee !== mention && !EXPECTATIONS.test(lastName(parent.callee) ?? "");
    case "assign":
      return parent.value === mention;
    case "other":
      return program.sourceOf(parent.span).startsWith("extends");
    case "list":
    case "entry":
    case "return":
    case "flow":
      return true;
    default:
      return false;
  }
}
