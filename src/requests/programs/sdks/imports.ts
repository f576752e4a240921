import type { CallExpression, ProgramNode } from "../model/node.ts";
import { textOfLiteral } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";

/** What a name stands for that comes out of a module. */
export interface Imported {
  module: string;
  /** Undefined for the module itself. */
  name: string | undefined;
}

/** The import that an expression stands for: a name of its own, or a member of a module. */
export function importedAs(node: ProgramNode, program: SourceProgram): Imported | undefined {
  if (node.kind === "name") {
    const [binding, ...others] = program.scopes.bindings(node);
    if (binding?.by.kind !== "import" || others.length > 0) return undefined;
    return { module: binding.by.module, name: binding.by.imported };
  }
  if (node.kind === "call") return requiredBy(node, program);
  if (node.kind !== "member") return undefined;
  const outer = importedAs(node.of, program);
  const isModule = outer !== undefined && (outer.name === undefined || outer.name === "default");
  return isModule ? { module: outer.module, name: node.name } : undefined;
}

/** `require("module")`, where it stands without a name. */
function requiredBy({ callee, args }: CallExpression, program: SourceProgram): Imported | undefined {
  const [module, ...more] = args.map((arg) => textOfLiteral(arg));
  const isRequire =
    callee.kind === "name" && callee.name === "require" && program.scopes.bindings(callee).length === 0;
  return isRequire && module !== undefined && more.length === 0 ? { module, name: undefined } : undefined;
}
