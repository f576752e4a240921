import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";

/** Functions of PHP that give their arguments other values. */
const CHANGING = ["settype", "preg_match", "preg_match_all", "sscanf", "parse_str"];

/** PHP's own functions that leave the texts and numbers alone that they are given. */
const HARMLESS =
  /^(?:is_|ctype_|str|sub|mb_str|mb_sub|json_|date|array_|file_|f(?:open|write|puts|close)$|u?c(?:first|words)$|[lr]?trim$|print|sprintf$|vsprintf$|implode$|explode$|join$|in_array$|count$|intval$|floatval$|boolval$|number_format$|round$|floor$|ceil$|abs$|min$|max$|m?d5$|sha1$|hash|crc32$|base64_|bin2hex$|url|raw|http_|html|nl2br$|define|constant$|getenv$|putenv$|error_log$|trigger_error$|var_|serialize|unserialize$|uniqid$|sleep$|usleep$|die$|exit$|empty$|isset$|echo$|basename$|dirname$|realpath$|rtrim$|preg_(?:replace|split|quote|grep)|iterator_|call_user_func|usort$|compact$|range$|gettype$|get_|method_exists$|class_exists$|function_exists$|env$|config$|dd$|dump$|collect$|now$|today$|__$|trans$|esc_)/i;

/** The functions and methods of a program. */
export interface ProgramFunctions {
  /** Those that may change their arguments, which are given by reference. */
  changing: ReadonlySet<string>;
  /** Those that can't, by a name that no other of the program has. */
  harmless: { has(name: string): boolean };
}

export function functionsIn(root: TreeNode, text: string): ProgramFunctions {
  const changing = new Set(CHANGING);
  const defined = new Set<string>();
  const visit = (node: TreeNode): void => {
    const [name, parameters] = [childAs(node, "name"), childAs(node, "parameters")];
    const isChanging =
      parameters && namedChildren(parameters).some((parameter) => childAs(parameter, "reference_modifier"));
    if (name && parameters) (isChanging ? changing : defined).add(text.slice(name.start, name.end));
    for (const child of node.children) visit(child);
  };
  visit(root);
  return { changing, harmless: { has: (name) => defined.has(name) || HARMLESS.test(name) } };
}

/** What `use` declares, by the path of each name without a backslash before it. */
export function usedNames(node: TreeNode, text: string): { path: string; local: TreeNode }[] {
  const sourceOf = ({ start, end }: TreeNode) => text.slice(start, end);
  // `use function …` and `use const …` bind no classes.
  if (node.children.some(({ type }) => type === "function" || type === "const")) return [];
  const group = childAs(node, "body");
  const prefix = group && namedChildren(node).find(({ type }) => type === "namespace_name");
  const clauses = namedChildren(group ?? node).filter(({ type }) => type === "namespace_use_clause");
  return clauses.flatMap((clause) => {
    const [name] = namedChildren(clause);
    const local = childAs(clause, "alias") ?? (name && (namedChildren(name).at(-1) ?? name));
    if (!name || !local) return [];
    const path = `${prefix ? `${sourceOf(prefix)}\\` : ""}${sourceOf(name)}`;
    return [{ path: path.replace(/^\\/, ""), local }];
  });
}
