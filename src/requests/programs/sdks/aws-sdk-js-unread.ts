import type { ProgramFindings } from "../findings.ts";
import type { ImportNode, NameNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { importedAs } from "./imports.ts";
import { whyHandedOn } from "./unread.ts";

interface CommandNames {
  /** The operation of a command that a package of the SDK has. */
  ofPackage(module: string, command: string): string | undefined;
  /** The operation that a command's name tells, wherever it comes from. */
  likely(command: string): string | undefined;
}

/** Commands that this program imports, and that something else makes objects of. */
export function findCommandsHandedOn(
  program: SourceProgram,
  found: ProgramFindings,
  names: CommandNames,
): void {
  for (const each of program.scopes.imports) {
    const { local, module, imported = "", span } = each;
    const known = names.ofPackage(module, imported);
    // Under another name, nothing else tells what the command of somebody's own package calls.
    const isRenamed = local !== undefined && local.name !== imported;
    const operation = known ?? (isRenamed ? names.likely(imported) : undefined);
    if (operation === undefined) continue;
    // `export { CreateXCommand as Task } from "…"`: whoever imports it doesn't name the operation.
    if (!local) found.skip(span, whyHandedOn(imported, operation), operation);
    for (const mention of local ? program.scopes.mentions(local) : [])
      if (isHandedOn(mention, each, program) || (known === undefined && isMade(mention)))
        found.skip(mention.span, whyHandedOn(mention.name, operation), operation);
  }
}

/** `exports.Task = require("…").CreateXCommand`: commands out of packages that have no name here. */
export function findRequiredHandedOn(
  program: SourceProgram,
  found: ProgramFindings,
  { ofPackage }: CommandNames,
): void {
  for (const member of program.scopes.members) {
    const required = member.of.kind === "call" ? importedAs(member, program) : undefined;
    const operation = required && ofPackage(required.module, required.name ?? "");
    const { parent } = member;
    const isGiven = parent?.kind === "assign" ? parent.value === member : GIVEN.has(parent?.kind ?? "");
    if (operation !== undefined && isGiven)
      found.skip(member.span, whyHandedOn(member.name, operation), operation);
  }
}

const GIVEN: ReadonlySet<string> = new Set(["entry", "list", "return", "argument"]);

const isMade = (mention: NameNode): boolean =>
  mention.parent?.kind === "call" && mention.parent.isNew && mention.parent.callee === mention;

/** Who mocks a client asks for its commands, and who asks for a class only looks at it. */
const EXPECTATIONS = /^(?:on|on[A-Z]\w*|commandCalls|toHaveReceived\w*|toBeInstanceOf|mock\w*|calls?)$/;

function isHandedOn(mention: NameNode, { imported }: ImportNode, program: SourceProgram): boolean {
  const { parent } = mention;
  switch (parent?.kind) {
    case "call":
      return parent.callee !== mention && !EXPECTATIONS.test(lastName(parent.callee) ?? "");
    case "assign":
      return parent.value === mention;
    case "other": {
      const source = program.sourceOf(parent.span);
      // Under its own name, an export is found where it is used.
      const exported = /^([\w$]{1,200})(?:\s+as\s+([\w$]{1,200}))?$/.exec(source);
      if (exported?.[1] === mention.name && isExported(parent.parent, program))
        return (exported[2] ?? exported[1]) !== imported;
      return !parent.isRead && !/\binstanceof\b|^typeof\b/.test(source);
    }
    case "list":
    case "entry":
    case "return":
    case "flow":
    case "scope":
      return true;
    default:
      return false;
  }
}

const isExported = (node: NameNode["parent"], program: SourceProgram): boolean =>
  node !== undefined && program.sourceOf(node.span).startsWith("{");
