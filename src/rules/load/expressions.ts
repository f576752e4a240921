import type { Path } from "../../diagnostics/pointer.ts";
import type { Node } from "../cel/index.ts";
import { createProgram } from "../cel/index.ts";
import type { ItemExpression, ParsedExpression, Rule, Template } from "../rule.ts";
import { ExpressionChecker } from "../typecheck/checker.ts";
import { collectPresentWhen, formatPath } from "../typecheck/presence.ts";
import type { ExpressionInfo, TypeScope } from "../typecheck/scope.ts";
import { withPresent } from "../typecheck/scope.ts";
import type { Type } from "../types.ts";
import { BOOL, DYN, describeType, INT, isAssignable, STRING, toListType } from "../types.ts";
import { catchSyntaxError, checkAt, parseAt } from "./parsing.ts";
import type { Mapping, RuleSourceFile } from "./source-file.ts";
import { parseTemplate } from "./templates.ts";

/** The expressions of one rule, and their dependencies. */
export type RuleExpressions = Pick<Rule, "isWhenOfItem" | "message" | "help" | "needs" | "references"> & {
  when?: ParsedExpression;
  each?: (ParsedExpression & ItemExpression)[];
  assert: ParsedExpression;
  fix?: ParsedExpression;
  usedParams: ReadonlySet<string>;
};

const TRUE: Node = { kind: "constant", type: "bool", value: true, at: 0 };

/** Parses and type-checks the expressions of a rule; faults are reported at their position in the file. */
export class ExpressionReader {
  readonly #file: RuleSourceFile;
  readonly #rule: Mapping;
  readonly #path: Path;
  /**
   * Checks what decides the outcome. Messages have their own checker, because the outcome doesn't depend on
   * them.
   */
  readonly #deciding = new ExpressionChecker();
  readonly #telling = new ExpressionChecker();
  #scope: TypeScope;

  constructor(file: RuleSourceFile, rule: Mapping, path: Path, scope: TypeScope) {
    this.#file = file;
    this.#rule = rule;
    this.#path = path;
    this.#scope = scope;
  }

  read(): RuleExpressions {
    const each = this.#each();
    const when = this.#condition("when");
    const isWhenOfItem =
      this.#deciding.used.has("item") || (each !== undefined && this.#deciding.used.has("index"));
    if (when) this.#scope = withPresent(this.#scope, collectPresentWhen(true, when.node, this.#scope));
    const assert = this.#condition("assert") ?? { text: "true", node: TRUE, program: createProgram(TRUE) };
    this.#scope = withPresent(this.#scope, collectPresentWhen(false, assert.node, this.#scope));
    const message = this.#template("message") ?? [];
    const help = this.#template("help");
    const fix = this.#fix();
    const { references, needs, optional } = this.#deciding;
    return {
      ...(when && { when }),
      ...(isWhenOfItem && { isWhenOfItem }),
      ...(each && { each: each.map(locateItems) }),
      assert,
      message,
      ...(help && { help }),
      ...(fix && { fix }),
      needs: [...needs].filter((name) => !optional.has(name)),
      references: references.filter(
        ({ root }) => root === "request" || root === "item" || root === "requests",
      ),
      usedParams: this.#usedParams(),
    };
  }

  #usedParams(): Set<string> {
    const all = [...this.#deciding.references, ...this.#telling.references];
    return new Set(all.filter(({ root }) => root === "params").map(({ path }) => path[0] ?? "*"));
  }

  /** `each` has to be read first because it determines the type of `item`. */
  #each(): ParsedExpression[] | undefined {
    const given = this.#rule.each;
    if (given === undefined) return undefined;
    const texts = [given].flat() as string[];
    const variables: ExpressionInfo[] = [];
    const read = texts.map((text, index) => {
      const path = [...this.#path, "each", ...(Array.isArray(given) ? [index] : [])];
      const expression = this.#parse(text, path);
      variables.push(expression ? this.#itemOf(expression, path) : { type: DYN });
      return expression;
    });
    const [first, ...others] = variables;
    const isSame = others.every(({ type }) => first && isAssignable(type, first.type));
    const item: ExpressionInfo = { ...first, type: first && isSame ? first.type : DYN };
    const scope = new Map(this.#scope.variables).set("item", item).set("index", { type: INT });
    this.#scope = { ...this.#scope, variables: scope };
    return read.every((expression) => expression !== undefined) ? read : undefined;
  }

  /** An absent list has no items, so its path needs no `has` guard. */
  #itemOf(expression: ParsedExpression, path: Path): ExpressionInfo {
    const { node, text } = expression;
    const isPath = formatPath(node) !== undefined;
    const scope = isPath ? { ...this.#scope, present: EVERYTHING } : this.#scope;
    const type = this.#checked(this.#deciding, text, 0, path, () =>
      this.#deciding.checkValue(node, scope, false),
    );
    if (type.kind !== "list" && type.kind !== "dyn") {
      this.#file.addFaultWithin(
        path,
        text,
        0,
        `\`each\` goes through a list, and this is ${describeType(type)}`,
      );
    }
    const item: Type = type.kind === "list" ? type.item : DYN;
    const [root, ...names] = formatPath(node)?.split(".") ?? [];
    const place = root === "context" ? { root, path: [...names, "*"] } : { root: "item", path: [] };
    return { type: item, place, required: [], key: "item" };
  }

  #condition(key: "when" | "assert"): ParsedExpression | undefined {
    const text = this.#rule[key];
    if (typeof text !== "string") return undefined;
    const path = [...this.#path, key];
    const expression = this.#parse(text, path);
    if (!expression) return undefined;
    this.#checked(this.#deciding, text, 0, path, () => {
      this.#deciding.checkCondition(expression.node, this.#scope, `\`${key}\` is a condition`);
      return BOOL;
    });
    return expression;
  }

  #template(key: "message" | "help"): Template | undefined {
    const text = this.#rule[key];
    if (typeof text !== "string") return undefined;
    const path = [...this.#path, key];
    const read = catchSyntaxError(this.#file, path, text, () => parseTemplate(text, this.#file.definitions));
    for (const { expression, offset } of read?.expressions ?? []) {
      this.#checked(this.#telling, text, offset, path, () =>
        this.#telling.checkValue(expression.node, this.#scope),
      );
    }
    return read?.parts;
  }

  #fix(): ParsedExpression | undefined {
    const text = this.#rule.fix;
    if (typeof text !== "string") return undefined;
    const path = [...this.#path, "fix"];
    const expression = this.#parse(text, path);
    if (!expression) return undefined;
    const type = this.#checked(this.#telling, text, 0, path, () =>
      this.#telling.checkValue(expression.node, this.#scope),
    );
    if (!isAssignable(type, STRING) && !isAssignable(type, toListType(STRING)))
      this.#file.addFaultWithin(
        path,
        text,
        0,
        `\`fix\` is a text or a list of texts, and this is ${describeType(type)}`,
      );
    return expression;
  }

  #parse(text: string, path: Path): ParsedExpression | undefined {
    return parseAt(this.#file, path, text);
  }

  #checked(checker: ExpressionChecker, text: string, offset: number, path: Path, check: () => Type): Type {
    return checkAt({ file: this.#file, path, text, offset }, checker, check);
  }
}

/** A list at a path in the data gives every item a position. */
function locateItems(expression: ParsedExpression): ParsedExpression & ItemExpression {
  const [root, ...path] = formatPath(expression.node)?.split(".") ?? [];
  return root === "request" || root === "context" ? { ...expression, path: { root, path } } : expression;
}

/** A set that contains every name. */
const EVERYTHING: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });
