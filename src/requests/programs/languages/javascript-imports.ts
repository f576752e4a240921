import type { Span } from "../../../diagnostics/lines.ts";
import type { ImportNode, NameNode } from "../model/node.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";

/** The names that an `import` binds. A type that is imported binds its name to no module. */
export function readJavascriptImports(node: TreeNode, text: string): ImportNode[] {
  const clause = namedChildren(node).find(
    ({ type }) => type === "import_clause" || type === "import_require_clause",
  );
  const source = childAs(node, "source") ?? (clause && childAs(clause, "source"));
  if (!clause || !source) return [];
  const isType = hasWord(node, "type");
  const module = unquoted(source, text);
  const bind = (local: TreeNode, imported: string | undefined, isTypeOnly = false): ImportNode =>
    importOf(local, isType || isTypeOnly ? "" : module, imported, text);
  if (clause.type === "import_require_clause")
    return namedChildren(clause)
      .slice(0, 1)
      .map((name) => bind(name, undefined));
  return namedChildren(clause).flatMap((part) => {
    if (part.type === "identifier") return [bind(part, "default")];
    if (part.type === "namespace_import") return namedChildren(part).map((name) => bind(name, undefined));
    return namedChildren(part).flatMap((specifier) => {
      const name = childAs(specifier, "name");
      const local = childAs(specifier, "alias") ?? name;
      return name && local ? [bind(local, text.slice(name.start, name.end), hasWord(specifier, "type"))] : [];
    });
  });
}

/** What `export { a as b } from "…"` hands on under another name. */
export function readRenamedExports(node: TreeNode, text: string): ImportNode[] {
  const source = childAs(node, "source");
  const clause = namedChildren(node).find(({ type }) => type === "export_clause");
  return (source && clause ? namedChildren(clause) : []).flatMap((specifier): ImportNode[] => {
    const [name, alias] = [childAs(specifier, "name"), childAs(specifier, "alias")];
    if (!name || !alias || !source) return [];
    const imported = text.slice(name.start, name.end);
    const span = { start: specifier.start, end: specifier.end };
    const module = toPackage(unquoted(source, text));
    return [{ kind: "import", span, hasError: node.hasError, module, imported, local: undefined }];
  });
}

/** What `require("…")` or `await import("…")` is bound to; undefined for a value of another kind. */
export function readRequire(
  node: TreeNode,
  target: TreeNode,
  value: TreeNode,
  text: string,
): ImportNode[] | undefined {
  const required = requiredModule(value, text);
  if (!required || node.hasError) return undefined;
  const { module, member } = required;
  if (target.type === "identifier") return [importOf(target, module, member, text)];
  if (target.type !== "object_pattern" || member !== undefined) return undefined;
  return namedChildren(target).flatMap((part) => {
    if (part.type === "shorthand_property_identifier_pattern")
      return [importOf(part, module, text.slice(part.start, part.end), text)];
    const [key, value] = [childAs(part, "key"), childAs(part, "value")];
    const local = value?.type === "assignment_pattern" ? childAs(value, "left") : value;
    return part.type === "pair_pattern" && key && local?.type === "identifier"
      ? [importOf(local, module, text.slice(key.start, key.end), text)]
      : [];
  });
}

function requiredModule(
  node: TreeNode,
  text: string,
): { module: string; member: string | undefined } | undefined {
  if (node.type === "await_expression" || node.type === "parenthesized_expression") {
    const [inner] = namedChildren(node);
    return inner && requiredModule(inner, text);
  }
  if (node.type === "member_expression") {
    const [object, property] = [childAs(node, "object"), childAs(node, "property")];
    const required = object && requiredModule(object, text);
    return required && property && required.member === undefined
      ? { module: required.module, member: text.slice(property.start, property.end) }
      : undefined;
  }
  const callee = node.type === "call_expression" ? childAs(node, "function") : undefined;
  const [argument] = namedChildren(childAs(node, "arguments") ?? node);
  const isRequire = callee && /^(?:require|import)$/.test(text.slice(callee.start, callee.end));
  return isRequire && argument?.type === "string"
    ? { module: unquoted(argument, text), member: undefined }
    : undefined;
}

/** Deno and browsers load packages by addresses: `npm:@aws-sdk/client-fsx@3`, `https://esm.sh/@aws-sdk/client-fsx`. */
const ADDRESS = /^(?:npm:|https?:\/\/[^@]{1,200}\/)(@aws-sdk\/[\w-]+)(?:[@/?][^\s]*)?$/;

/** A file inside of a package: `@aws-sdk/client-fsx/dist-cjs/commands`. */
const INNER = /^(@aws-sdk\/client-[\w-]+)\//;

const toPackage = (module: string): string => (ADDRESS.exec(module) ?? INNER.exec(module))?.[1] ?? module;

function importOf(local: TreeNode, module: string, imported: string | undefined, text: string): ImportNode {
  const span: Span = { start: local.start, end: local.end };
  const name: NameNode = {
    kind: "name",
    span,
    hasError: local.hasError,
    name: text.slice(local.start, local.end),
  };
  return { kind: "import", span, hasError: local.hasError, module: toPackage(module), imported, local: name };
}

const hasWord = (node: TreeNode, word: string): boolean =>
  node.children.some(({ type, isNamed }) => !isNamed && type === word);

const unquoted = ({ start, end }: Span, text: string): string => text.slice(start + 1, end - 1);
