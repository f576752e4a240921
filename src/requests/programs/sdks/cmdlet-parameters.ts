import type { Span } from "../../../diagnostics/lines.ts";
import { OpenObject } from "../../../documents/partial.ts";
import type { RequestShape } from "../../aws-cli/shape.ts";
import type { Evaluator } from "../model/evaluator.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { ObjectBuilder, objectValue } from "../model/value.ts";
import type { SourceProgram } from "../program.ts";

/** Parameters of all cmdlets that stand by themselves; what they do isn't part of the request. */
const SWITCHES = new Set(
  "force passthru whatif wi confirm cf verbose vb debug db noautoiteration".split(" "),
);

/** Parameters of all cmdlets that take a value. */
const COMMON = new Set(
  (
    "select region regiontouse profilename storedcredentials profilelocation profileslocation accesskey ak secretkey " +
    "sk secretaccesskey sessiontoken st credential endpointurl networkcredential clientconfig erroraction ea " +
    "warningaction wa informationaction infa progressaction proga errorvariable ev warningvariable wv " +
    "informationvariable iv outvariable ov outbuffer ob pipelinevariable pv"
  ).split(" "),
);

/** Structures nest that deep in no request. */
const MAX_DEPTH = 6;

/** What a cmdlet is given, as the members of its request: those of structures are parameters of their own, as `-Report_Enabled`. */
export class CmdletParameters {
  readonly #program: SourceProgram;
  readonly #evaluator: Evaluator;
  readonly #paths: readonly (readonly string[])[];
  readonly #given = new Map<string, Given>();
  #isOpen = false;
  /** The first parameter that isn't known. */
  unknown: string | undefined;

  constructor(operation: string, program: SourceProgram, evaluator: Evaluator) {
    this.#program = program;
    this.#evaluator = evaluator;
    const { operations } = program;
    const shapes = operations.shapes(operation);
    const walk = (shape: RequestShape, path: readonly string[]): (readonly string[])[] => {
      const { kind, members } = shapes.resolve(shape);
      if (kind !== "structure" || path.length > MAX_DEPTH) return [path];
      return Object.entries(members).flatMap(([name, member]) => walk(member, [...path, name]));
    };
    this.#paths = walk(operations.shape(operation), []);
  }

  /** There may be any other parameter. */
  open(): void {
    this.#isOpen = true;
  }

  /** Parameters that are written down replace those of tables. */
  add({ args }: CallExpression): void {
    for (const arg of args) if (arg.kind === "spread") this.#addTable(arg.value);
    for (let index = 0; index < args.length; index++) {
      const arg = args[index]!;
      const name = this.#parameterName(arg);
      // Which member a value by its position is, differs.
      if (name === undefined) this.#isOpen ||= arg.kind !== "spread";
      else {
        const next = args[index + 1];
        const isJoined = next && this.#program.text.slice(arg.span.end, next.span.start).includes(":");
        if (SWITCHES.has(name.toLowerCase()) && !isJoined) continue;
        const hasValue = next && (isJoined || this.#parameterName(next) === undefined);
        if (hasValue) index++;
        this.#set(name, hasValue ? this.#valueOf(next) : undefined, arg.span);
      }
    }
  }

  /** The request, as far as it is known. */
  payload(span: Span): ProgramValue {
    const builder = new ObjectBuilder(this.#evaluator.sourceOf);
    for (const [name, member] of Object.entries(nested([...this.#given.values()]))) builder.set(name, member);
    if (this.#isOpen) builder.more(false);
    return builder.done(span, this.#evaluator.sourceOf(span));
  }

  #valueOf(node: ProgramNode): ProgramValue {
    return { ...this.#evaluator.valueOf(node), isAlone: node.kind !== "list" };
  }

  #parameterName(node: ProgramNode): string | undefined {
    if (node.kind !== "literal" || typeof node.value !== "string") return undefined;
    return /^-([a-z]\w*):?$/i.exec(this.#program.sourceOf(node.span))?.[1];
  }

  /** `@parameters`. */
  #addTable(node: ProgramNode): void {
    const { value, members } = this.#evaluator.valueOf(node);
    if (!members || (value instanceof OpenObject && value.mayHaveMore)) this.#isOpen = true;
    for (const [name, member] of members ?? []) {
      const isOptional = value instanceof OpenObject && value.optional.has(name);
      if (isOptional) this.#isOpen = true;
      else if (!SWITCHES.has(name.toLowerCase()))
        this.#set(name, { ...member, isAlone: member.items === undefined }, member.key ?? member.span);
    }
  }

  #set(name: string, value: ProgramValue | undefined, key: Span): void {
    if (COMMON.has(name.toLowerCase()) || SWITCHES.has(name.toLowerCase())) return;
    const path = value && this.#find(name);
    if (!path) this.unknown ??= name;
    // What is null may be left out, or refused.
    else if (value.value === null) this.#isOpen = true;
    else this.#given.set(path.join("_"), { path, value: { ...value, key } });
  }

  /** By the whole path or its end: `-DurationSinceLastAccess_Unit`, where no other path ends so. */
  #find(name: string): readonly string[] | undefined {
    const parts = name.toLowerCase().split("_");
    const ending = this.#paths.filter((path) => endsWith(path, parts));
    const whole = ending.find(({ length }) => length === parts.length);
    return whole ?? (parts.length > 1 && ending.length === 1 ? ending[0] : undefined);
  }
}

/** Lists are in the singular, with the plural as an alias. */
function endsWith(path: readonly string[], parts: readonly string[]): boolean {
  const end = path.slice(-parts.length).map((part) => part.toLowerCase());
  if (end.length < parts.length) return false;
  return end.every((part, index) => {
    const isLast = index === end.length - 1;
    return part === parts[index] || (isLast && singular(part) === parts[index]);
  });
}

const singular = (name: string): string => name.replace(/ies$/, "y").replace(/s$/, "");

interface Given {
  path: readonly string[];
  value: ProgramValue;
}

/** Members by their paths, in objects. */
function nested(given: readonly Given[]): Record<string, ProgramValue> {
  const members: Record<string, ProgramValue> = {};
  for (const { path, value } of given) {
    const [first, ...rest] = path;
    if (first === undefined || Object.hasOwn(members, first)) continue;
    const inside = given.filter(({ path: other }) => other[0] === first);
    if (rest.length === 0) members[first] = value;
    else {
      const inner = nested(inside.map((each) => ({ path: each.path.slice(1), value: each.value })));
      const span = value.key ?? value.span;
      members[first] = { ...objectValue(inner, span), key: span };
    }
  }
  return members;
}
