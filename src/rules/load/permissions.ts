import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import { isKnownAction, suggestActions } from "../../iam/actions/facts.ts";
import type { Permission } from "../permission.ts";
import type { ParsedExpression } from "../rule.ts";
import { ExpressionChecker } from "../typecheck/checker.ts";
import { collectPresentWhen, formatPath } from "../typecheck/presence.ts";
import type { TypeScope } from "../typecheck/scope.ts";
import { withPresent } from "../typecheck/scope.ts";
import type { Type } from "../types.ts";
import { BOOL, describeType, isAssignable, STRING, toListType } from "../types.ts";
import type { FileScope } from "./environment.ts";
import { checkAt, parseAt } from "./parsing.ts";
import { findPointerFault } from "./pointers.ts";
import type { KeySpecs, Mapping, RuleSourceFile } from "./source-file.ts";
import { SOURCE } from "./source-file.ts";

const PERMISSION_KEYS: KeySpecs = {
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
  source: SOURCE,
};

/** The type that an expression must have, as a phrase for messages and as a predicate. */
interface ExpectedType {
  what: string;
  fits: (type: Type) => boolean;
}

const isText = (type: Type): boolean => isAssignable(type, STRING);
const isTexts = (type: Type): boolean => isText(type) || isAssignable(type, toListType(STRING));

const EXPECTED_TYPES = {
  principal: { what: "the ARN of a user or role, a string", fits: isText },
  resource: { what: "an ARN, a string, or a list of them", fits: isTexts },
  resourceAccount: { what: "an account ID, a string", fits: isText },
  resourcePolicy: {
    what: "a policy document, or null where there is none",
    fits: ({ kind }) => ["object", "map", "string", "null_type", "dyn"].includes(kind),
  },
  tags: { what: "a list of tags, each with `Key` and `Value`", fits: isTagList },
} as const satisfies Record<string, ExpectedType>;

function isTagList(type: Type): boolean {
  if (type.kind !== "list") return type.kind === "dyn";
  const { item } = type;
  return item.kind !== "object" || (item.member("Key") !== undefined && item.member("Value") !== undefined);
}

const EXPECTED_KEY_TYPE: ExpectedType = {
  what: "the key's value, a string or a list of them",
  fits: isTexts,
};

/** Reads and checks one entry under `permissions`; errors are added to the file's faults. */
export function readPermission(home: FileScope, scope: TypeScope, value: unknown, path: Path): Permission[] {
  const { file, operation } = home;
  const before = file.faults.length;
  const given = file.checkMapping(value, path, PERMISSION_KEYS, "a permission");
  if (!given) return [];
  checkId(home, given.id, path);
  checkPrincipal(file, given, path);
  checkActions(home, given, path);
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

function checkId({ file, operation, state: around }: FileScope, id: unknown, path: Path): void {
  if (typeof id !== "string") return;
  const at = [...path, "id"];
  // Ids of permissions are not codes: they only distinguish the entries of one operation.
  const name = `permission ${id} of ${operation}`;
  const other = around.usedIds.get(name);
  if (!/^[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*$/.test(id)) {
    file.addFault(at, `${quoted(id)} is no id`, "write it in lower case, with `-` between its words");
  } else if (other !== undefined) {
    file.addFault(at, `there is another permission ${quoted(id)} of this operation`, `it is in ${other}`);
  } else around.usedIds.set(name, `${quoted(file.file)}, line ${file.place(at).line}`);
}

function checkPrincipal(file: RuleSourceFile, { principal, service }: Mapping, path: Path): void {
  const help =
    "write `principal: caller`, `principal: request.Role`, or `service: storagegateway.amazonaws.com`";
  if (principal === undefined && service === undefined) {
    file.addFault(
      path,
      "a permission has no `principal` and no `service`: it says of nobody that they need it",
      help,
    );
  } else if (principal !== undefined && service !== undefined) {
    file.addFault([...path, "service"], "a permission has `principal` or `service`, not both", help, "key");
  } else if (typeof service === "string" && !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(service)) {
    file.addFault([...path, "service"], `${quoted(service)} is no service principal`, help);
  }
}

const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

export const checkActionForms = (file: RuleSourceFile, actions: unknown, path: Path): void =>
  checkEach(
    file,
    actions,
    path,
    (text) => ACTION.test(text),
    () => ({
      message: "is no action",
      help: "write `service:Name`, without wildcards: a request needs certain actions",
    }),
  );

/** An action that doesn't exist is granted by `*` alone, and decides nothing. */
const checkActionNames = ({ file, state }: FileScope, actions: unknown, path: Path): void =>
  checkEach(
    file,
    actions,
    path,
    (text) => !ACTION.test(text) || isExistingAction(text, state),
    (text) => {
      const near = suggestActions(text);
      const hint = near.length > 0 ? `did you mean ${formatList(near.slice(0, 1))}? ` : "";
      return {
        message: "is no action that IAM knows",
        help: `${hint}one that is newer than this version of Countersign is listed under \`newActions\` in the rule file`,
      };
    },
  );

const isExistingAction = (action: string, { newActions }: FileScope["state"]): boolean =>
  newActions.has(action) || isKnownAction(action) !== false;

function checkActions(home: FileScope, { actions, absentKeys, keys }: Mapping, path: Path): void {
  const { file } = home;
  checkActionForms(file, actions, [...path, "actions"]);
  checkActionNames(home, actions, [...path, "actions"]);
  const message = "is no condition key";
  const help = "write `service:Name`, for example `aws:SourceArn`";
  const isKey = (text: string): boolean => CONDITION_KEY.test(text);
  checkEach(file, absentKeys, [...path, "absentKeys"], isKey, () => ({ message, help }));
  for (const name of Object.keys((keys ?? {}) as Mapping)) {
    if (!isKey(name)) file.addFault([...path, "keys", name], `${quoted(name)} ${message}`, help, "key");
  }
}

const CONDITION_KEY = /^[A-Za-z0-9-]+:\S+$/;

function checkEach(
  file: RuleSourceFile,
  given: unknown,
  path: Path,
  isRight: (text: string) => boolean,
  explain: (text: string) => { message: string; help: string },
): void {
  for (const [index, text] of ([given ?? []].flat() as string[]).entries()) {
    if (isRight(text)) continue;
    const { message, help } = explain(text);
    file.addFault(Array.isArray(given) ? [...path, index] : path, `${quoted(text)} ${message}`, help);
  }
}

function checkPointer({ file, request }: FileScope, at: unknown, path: Path): void {
  const fault = typeof at === "string" ? findPointerFault(at, request, undefined) : undefined;
  if (fault) file.addFault([...path, "at"], fault.message, fault.help);
}

/** The members of the payload that the principal and the resource are, where they are members as they stand. */
function listMembers(
  named: Partial<Record<"principal" | "resource", ParsedExpression>>,
): Permission["members"] {
  const [principal, resource] = [named.principal, named.resource].map(
    (expression) => /^request\.(\w+)$/.exec((expression && formatPath(expression.node)) ?? "")?.[1],
  );
  return { ...(principal !== undefined && { principal }), ...(resource !== undefined && { resource }) };
}

type PermissionExpressions = Pick<
  Permission,
  | "principal"
  | "isCallers"
  | "members"
  | "resourceAccount"
  | "resourcePolicy"
  | "when"
  | "tags"
  | "keys"
  | "references"
> & { resource?: ParsedExpression };

/** Parses and type-checks the expressions of one permission. */
class PermissionReader {
  readonly #file: RuleSourceFile;
  readonly #given: Mapping;
  readonly #path: Path;
  readonly #checker = new ExpressionChecker();
  #scope: TypeScope;

  constructor(file: RuleSourceFile, given: Mapping, path: Path, scope: TypeScope) {
    this.#file = file;
    this.#given = given;
    this.#path = path;
    this.#scope = scope;
  }

  read(): PermissionExpressions {
    const when = this.#at(["when"], this.#given.when, {
      what: "a condition",
      fits: (type) => isAssignable(type, BOOL),
    });
    if (when) this.#scope = withPresent(this.#scope, collectPresentWhen(true, when.node, this.#scope));
    const read = (Object.keys(EXPECTED_TYPES) as (keyof typeof EXPECTED_TYPES)[]).flatMap((key) => {
      const expression = this.#at([key], this.#given[key], EXPECTED_TYPES[key]);
      return expression ? [[key, expression] as const] : [];
    });
    const named = Object.fromEntries(read) as Partial<Record<keyof typeof EXPECTED_TYPES, ParsedExpression>>;
    const keys = Object.entries((this.#given.keys ?? {}) as Mapping).flatMap(([name, text]) => {
      const expression = this.#key(name, text);
      return expression ? [[name, expression] as const] : [];
    });
    return {
      ...(when && { when }),
      ...named,
      isCallers: named.principal !== undefined && formatPath(named.principal.node) === "caller",
      members: listMembers(named),
      keys: Object.fromEntries(keys),
      references: this.#checker.references.filter(({ root }) => root === "request"),
    };
  }

  #key(name: string, text: unknown): ParsedExpression | undefined {
    if (typeof text === "string") return this.#at(["keys", name], text, EXPECTED_KEY_TYPE);
    const help = "write an expression, a text in its own quotes: `\"'true'\"`";
    this.#file.addFault([...this.#path, "keys", name], `${quoted(name)} is not a text`, help);
    return undefined;
  }

  #at(below: Path, text: unknown, { what, fits }: ExpectedType): ParsedExpression | undefined {
    if (typeof text !== "string") return undefined;
    const path = [...this.#path, ...below];
    const expression = parseAt(this.#file, path, text);
    if (!expression) return undefined;
    const place = { file: this.#file, path, text };
    const type = checkAt(place, this.#checker, () => this.#checker.checkValue(expression.node, this.#scope));
    if (!fits(type)) {
      this.#file.addFaultWithin(
        path,
        text,
        0,
        `${quoted(String(below.at(-1)))} is ${what}, and this is ${describeType(type)}`,
      );
    }
    return expression;
  }
}
