import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Permission } from "../permission.ts";
import type { Expression } from "../rule.ts";
import { Checker } from "../typecheck/checker.ts";
import { pathText, presentWhen } from "../typecheck/presence.ts";
import type { Scope } from "../typecheck/scope.ts";
import { withPresent } from "../typecheck/scope.ts";
import type { Type } from "../types.ts";
import { BOOL, describe, isAssignable, listOf, STRING } from "../types.ts";
import type { Home } from "./environment.ts";
import { checkedAt, parsedAt } from "./parsing.ts";
import { pointerFault } from "./pointers.ts";
import type { Keys, Mapping, SourceFile } from "./source-file.ts";

const PERMISSION: Keys = {
  id: { kind: "text", isRequired: true },
  principal: { kind: "text" },
  service: { kind: "text" },
  actions: { kind: "texts", isRequired: true },
  resource: { kind: "text", isRequired: true },
  resourceAccount: { kind: "text" },
  resourcePolicy: { kind: "text" },
  when: { kind: "text" },
  tags: { kind: "text" },
  keys: { kind: "mapping" },
  absentKeys: { kind: "texts" },
  at: { kind: "text" },
  why: { kind: "text" },
  source: { kind: "text" },
};

/** The type that an expression must have, as a phrase for messages and as a predicate. */
interface Wanted {
  what: string;
  fits: (type: Type) => boolean;
}

const isText = (type: Type): boolean => isAssignable(type, STRING);
const isTexts = (type: Type): boolean => isText(type) || isAssignable(type, listOf(STRING));

const WANTED = {
  principal: { what: "the ARN of a user or role, a string", fits: isText },
  resource: { what: "an ARN, a string, or a list of them", fits: isTexts },
  resourceAccount: { what: "an account ID, a string", fits: isText },
  resourcePolicy: {
    what: "a policy document, or null where there is none",
    fits: ({ kind }) => ["object", "map", "string", "null_type", "dyn"].includes(kind),
  },
  tags: { what: "a list of tags, each with `Key` and `Value`", fits: isTagList },
} as const satisfies Record<string, Wanted>;

function isTagList(type: Type): boolean {
  if (type.kind !== "list") return type.kind === "dyn";
  const { item } = type;
  return item.kind !== "object" || (item.member("Key") !== undefined && item.member("Value") !== undefined);
}

const KEY_WANTED: Wanted = { what: "the key's value, a string or a list of them", fits: isTexts };

/** Reads and checks one entry under `permissions`; errors are added to the file's faults. */
export function readPermission(home: Home, scope: Scope, value: unknown, path: Path): Permission[] {
  const { file, operation } = home;
  const before = file.faults.length;
  const given = file.mapping(value, path, PERMISSION, "a permission");
  if (!given) return [];
  checkId(home, given.id, path);
  checkPrincipal(file, given, path);
  checkActions(file, given, path);
  checkPointer(home, given.at, path);
  const reader = new PermissionReader(file, given, path, scope);
  const expressions = reader.read();
  if (file.faults.length > before || !expressions.resource) return [];
  const { id, service, at, why, source = home.source } = given as Partial<Record<string, string>>;
  const texts = { service, at, why, source };
  return [
    {
      id: id as string,
      operation,
      ...expressions,
      resource: expressions.resource,
      actions: [given.actions].flat() as string[],
      absentKeys: [given.absentKeys ?? []].flat() as string[],
      ...(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as object),
      file: file.file,
      place: file.place([...path, "id"]),
    },
  ];
}

function checkId({ file, operation, around }: Home, id: unknown, path: Path): void {
  if (typeof id !== "string") return;
  const at = [...path, "id"];
  // Ids of permissions are not codes: they only distinguish the entries of one operation.
  const name = `permission ${id} of ${operation}`;
  const other = around.ids.get(name);
  if (!/^[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*$/.test(id)) {
    file.fault(at, `${quoted(id)} is no id`, "write it in lower case, with `-` between its words");
  } else if (other !== undefined) {
    file.fault(at, `there is another permission ${quoted(id)} of this operation`, `it is in ${other}`);
  } else around.ids.set(name, `${quoted(file.file)}, line ${file.place(at).line}`);
}

function checkPrincipal(file: SourceFile, { principal, service }: Mapping, path: Path): void {
  const help =
    "write `principal: caller`, `principal: request.Role`, or `service: storagegateway.amazonaws.com`";
  if (principal === undefined && service === undefined) {
    file.fault(
      path,
      "a permission has no `principal` and no `service`: it says of nobody that they need it",
      help,
    );
  } else if (principal !== undefined && service !== undefined) {
    file.fault([...path, "service"], "a permission has `principal` or `service`, not both", help, "key");
  } else if (typeof service === "string" && !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(service)) {
    file.fault([...path, "service"], `${quoted(service)} is no service principal`, help);
  }
}

function checkActions(file: SourceFile, { actions, absentKeys, keys }: Mapping, path: Path): void {
  each(file, actions, [...path, "actions"], /^[a-z0-9-]+:[A-Za-z0-9]+$/, (text) => ({
    message: `${quoted(text)} is no action`,
    help: "write `service:Name`, without wildcards: a request needs certain actions",
  }));
  const key = (text: string) => ({
    message: `${quoted(text)} is no condition key`,
    help: "write `service:Name`, for example `aws:SourceArn`",
  });
  each(file, absentKeys, [...path, "absentKeys"], CONDITION_KEY, key);
  for (const name of Object.keys((keys ?? {}) as Mapping)) {
    const { message, help } = key(name);
    if (!CONDITION_KEY.test(name)) file.fault([...path, "keys", name], message, help, "key");
  }
}

const CONDITION_KEY = /^[A-Za-z0-9-]+:\S+$/;

function each(
  file: SourceFile,
  given: unknown,
  path: Path,
  form: RegExp,
  fault: (text: string) => { message: string; help: string },
): void {
  for (const [index, text] of ([given ?? []].flat() as string[]).entries()) {
    if (form.test(text)) continue;
    const { message, help } = fault(text);
    file.fault(Array.isArray(given) ? [...path, index] : path, message, help);
  }
}

function checkPointer({ file, request }: Home, at: unknown, path: Path): void {
  const fault = typeof at === "string" ? pointerFault(at, request, undefined) : undefined;
  if (fault) file.fault([...path, "at"], fault.message, fault.help);
}

type Expressions = Pick<
  Permission,
  "principal" | "isCallers" | "resourceAccount" | "resourcePolicy" | "when" | "tags" | "keys" | "references"
> & { resource?: Expression };

/** Parses and type-checks the expressions of one permission. */
class PermissionReader {
  readonly #file: SourceFile;
  readonly #given: Mapping;
  readonly #path: Path;
  readonly #checker = new Checker();
  #scope: Scope;

  constructor(file: SourceFile, given: Mapping, path: Path, scope: Scope) {
    this.#file = file;
    this.#given = given;
    this.#path = path;
    this.#scope = scope;
  }

  read(): Expressions {
    const when = this.#at(["when"], this.#given.when, {
      what: "a condition",
      fits: (type) => isAssignable(type, BOOL),
    });
    if (when) this.#scope = withPresent(this.#scope, presentWhen(true, when.node, this.#scope));
    const read = (Object.keys(WANTED) as (keyof typeof WANTED)[]).flatMap((key) => {
      const expression = this.#at([key], this.#given[key], WANTED[key]);
      return expression ? [[key, expression] as const] : [];
    });
    const named = Object.fromEntries(read) as Partial<Record<keyof typeof WANTED, Expression>>;
    const keys = Object.entries((this.#given.keys ?? {}) as Mapping).flatMap(([name, text]) => {
      const expression = this.#key(name, text);
      return expression ? [[name, expression] as const] : [];
    });
    return {
      ...(when && { when }),
      ...named,
      isCallers: named.principal !== undefined && pathText(named.principal.node) === "caller",
      keys: Object.fromEntries(keys),
      references: this.#checker.references.filter(({ root }) => root === "request"),
    };
  }

  #key(name: string, text: unknown): Expression | undefined {
    if (typeof text === "string") return this.#at(["keys", name], text, KEY_WANTED);
    const help = "write an expression, a text in its own quotes: `\"'true'\"`";
    this.#file.fault([...this.#path, "keys", name], `${quoted(name)} is not a text`, help);
    return undefined;
  }

  #at(below: Path, text: unknown, { what, fits }: Wanted): Expression | undefined {
    if (typeof text !== "string") return undefined;
    const path = [...this.#path, ...below];
    const expression = parsedAt(this.#file, path, text);
    if (!expression) return undefined;
    const place = { file: this.#file, path, text };
    const type = checkedAt(place, this.#checker, () => this.#checker.value(expression.node, this.#scope));
    if (!fits(type)) {
      this.#file.faultWithin(
        path,
        text,
        0,
        `${quoted(String(below.at(-1)))} is ${what}, and this is ${describe(type)}`,
      );
    }
    return expression;
  }
}
