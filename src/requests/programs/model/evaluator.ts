import type { Span } from "../../../diagnostics/lines.ts";
import { opaqueText } from "../../../documents/embedded.ts";
import { OpenObject } from "../../../documents/partial.ts";
import type { TextSegment } from "../../templates/segments.ts";
import type { ConstantFinder, LaterChange, Use } from "./constants.ts";
import type { EvaluationState } from "./evaluation-state.ts";
import type {
  CallExpression,
  EntryNode,
  ItemsNode,
  LiteralNode,
  NameNode,
  ObjectNode,
  ProgramNode,
  TemplateNode,
} from "./node.ts";
import type { ProgramValue } from "./value.ts";
import { holeAt, listValue, ObjectBuilder, objectValue, piecesOf, textOfPieces } from "./value.ts";

/** Calls whose result is known from their arguments: `dict(…)`, `json.dumps(…)`, `aws.String(…)`. */
export type KnownCall = (call: CallExpression, evaluator: Evaluator) => ProgramValue | undefined;

/** A program repeats itself through its constants; no request holds as many values. */
const MAX_VALUES = 20_000;

/** What is known of the values of one request. */
export class Evaluator {
  readonly #text: string;
  readonly #constants: ConstantFinder;
  readonly #knownCall: KnownCall;
  readonly #open = new Set<ProgramNode>();
  #count = 0;
  #state: EvaluationState;

  constructor(text: string, constants: ConstantFinder, knownCall: KnownCall, use: Use) {
    this.#text = text;
    this.#constants = constants;
    this.#knownCall = knownCall;
    this.#state = { use };
  }

  readonly sourceOf = ({ start, end }: Span): string => this.#text.slice(start, end);

  hole = (span: Span): ProgramValue => holeAt(span, this.sourceOf);

  valueOf(node: ProgramNode): ProgramValue {
    if (++this.#count > MAX_VALUES || this.#open.has(node)) return this.hole(node.span);
    this.#open.add(node);
    try {
      return this.#valueOf(node);
    } finally {
      this.#open.delete(node);
    }
  }

  #valueOf(node: ProgramNode): ProgramValue {
    switch (node.kind) {
      case "literal":
        return literalValue(node);
      case "template":
        return this.#copied(() => this.#template(node));
      case "list":
        return this.#list(node);
      case "object":
        return this.#object(node);
      case "name":
        return this.#name(node);
      case "call":
        // What is made of a value that is kept by its name may see it change; what a call makes of it doesn't.
        return (
          (node.isNew ? this.#knownCall(node, this) : this.#copied(() => this.#knownCall(node, this))) ??
          this.#result(node) ??
          this.hole(node.span)
        );
      case "index":
        return this.#member(node, node.key.kind === "literal" ? node.key.value : undefined);
      case "member":
        return this.#member(node, node.name);
      default:
        return this.hole(node.span);
    }
  }

  /** Looks at values as they are where the name is given them. */
  #copied<T>(look: () => T): T {
    const { given, copiedAt } = this.#state;
    return this.#in({ ...this.#state, copiedAt: given ?? copiedAt }, look);
  }

  /** Looks at what a name was given. */
  #from<T>(given: ProgramNode, look: () => T): T {
    return this.#in({ ...this.#state, given }, () =>
      this.#constants.copiesValues ? this.#copied(look) : look(),
    );
  }

  /** Looks at values from elsewhere. */
  #in<T>(state: EvaluationState, look: () => T): T {
    const before = this.#state;
    this.#state = state;
    try {
      return look();
    } finally {
      this.#state = before;
    }
  }

  /** Is what is called a function of the language or of a module, and none that the program defines? */
  isForeign(callee: ProgramNode, { isRenamed }: { isRenamed?: boolean } = {}): boolean {
    let root = callee;
    let depth = 0;
    for (; root.kind === "member"; root = root.of) depth++;
    // `sfn.DefinitionBody.fromString`: what a module is called is up to the program.
    return root.kind === "name" && this.#constants.isForeign(root, { isRenamed: isRenamed ?? depth > 1 });
  }

  /** The object that entries, arguments by name and spreads make. */
  objectOf(
    entries: readonly ProgramNode[],
    { span, overrides }: { span: Span; overrides: boolean },
  ): ProgramValue {
    const builder = new ObjectBuilder(this.sourceOf);
    const more: string[] = [];
    for (const entry of entries) {
      if (entry.kind === "argument")
        builder.set(entry.name, { ...this.valueOf(entry.value), key: entry.nameSpan });
      else if (entry.kind === "entry") this.#entry(entry, builder);
      else if (entry.kind === "spread") {
        this.#copied(() => this.#spread(entry.value, builder, overrides));
        more.push(this.sourceOf(entry.value.span));
      }
    }
    return builder.done(span, more.join(", ") || this.sourceOf(span));
  }

  readonly #sourceOfNode = ({ span }: ProgramNode): string => this.sourceOf(span);

  /** What a function of the program returns. */
  #result(call: CallExpression): ProgramValue | undefined {
    const known = this.#constants.functionCalled(call, this.#sourceOfNode);
    if (!known) return undefined;
    const { result, definition } = known;
    const use = { node: result, within: definition };
    const frame = { known, call, outer: this.#state };
    return this.#in({ use, frame, given: result }, () => this.valueOf(result));
  }

  /** What a call gives a parameter, if that is nothing that may be changed. */
  #argument(name: NameNode): ProgramValue | undefined {
    const { frame } = this.#state;
    if (!frame) return undefined;
    const { known, call, outer } = frame;
    const given = this.#constants.argumentOf(name, known, call, this.#sourceOfNode);
    const value = given && this.#in(outer, () => this.valueOf(given));
    return value && ["string", "number", "boolean"].includes(typeof value.value) ? value : undefined;
  }

  #spread(node: ProgramNode, builder: ObjectBuilder, overrides: boolean): void {
    const choices = node.kind === "other" ? node.choices : undefined;
    const values = choices?.map((choice) => choice && this.valueOf(choice));
    if (values) builder.spreadOne(values, { overrides });
    else builder.spread(this.valueOf(node), { overrides });
  }

  #entry(entry: EntryNode, builder: ObjectBuilder): void {
    const { name = literalName(this.valueOf(entry.key)) } = entry;
    if (name === undefined) {
      builder.more(true);
      return;
    }
    // In JavaScript, what is undefined isn't there.
    if (entry.value.kind === "literal" && entry.value.value === undefined) builder.delete(name);
    else builder.set(name, { ...this.valueOf(entry.value), key: entry.key.span });
  }

  #object({ entries, span }: ObjectNode): ProgramValue {
    return this.objectOf(entries, { span, overrides: true });
  }

  #list({ items, span }: ItemsNode): ProgramValue {
    const known: ProgramValue[] = [];
    let isOpen = false;
    for (const item of items) {
      if (item.kind !== "spread") {
        const value = this.valueOf(item);
        // SDKs leave such an item out, or refuse it.
        known.push(value.value === undefined ? this.hole(item.span) : value);
        continue;
      }
      const spread = this.#copied(() => this.valueOf(item.value));
      known.push(...(spread.items ?? []));
      isOpen ||= !Array.isArray(spread.value);
    }
    return listValue(known, { span, source: this.sourceOf(span), isOpen });
  }

  #template({ parts, span }: TemplateNode): ProgramValue {
    const pieces = parts.flatMap((part): readonly TextSegment[] =>
      piecesOf(this.valueOf(part), this.sourceOf),
    );
    return textOfPieces(pieces, span, this.sourceOf(span));
  }

  #member(node: ProgramNode & { kind: "member" | "index" }, key: LiteralNode["value"]): ProgramValue {
    const hole = this.hole(node.span);
    const of =
      node.of.kind === "name" || node.of.kind === "member" || node.of.kind === "index"
        ? this.#copied(() => this.valueOf(node.of))
        : hole;
    const isCertain = !(
      of.value instanceof OpenObject &&
      (of.value.mayHaveMore || of.value.optional.has(String(key)))
    );
    const member =
      typeof key === "number" ? itemAt(of, key) : isCertain ? of.members?.get(String(key)) : undefined;
    if (member) return member;
    return node.kind === "member" ? { ...hole, constant: node } : hole;
  }

  #name(name: NameNode): ProgramValue {
    const { use, copiedAt } = this.#state;
    const constant = this.#constants.valueOf(name, { ...use, copiedAt });
    if (!constant) return this.#argument(name) ?? this.hole(name.span);
    const given = this.#from(constant.value, () => this.valueOf(constant.value));
    if (constant.sets.length === 0) return given;
    // In PHP, an array has nothing yet that tells whether it is a list.
    const isEmpty = given.items?.length === 0 && Array.isArray(given.value);
    const base = isEmpty ? objectValue({}, given.span) : given;
    if (!base.members) return this.hole(name.span);
    const builder = new ObjectBuilder(this.sourceOf);
    builder.spread(base);
    for (const change of constant.sets) this.#change(change, builder);
    return builder.done(base.span, this.sourceOf(name.span));
  }

  #change(change: LaterChange, builder: ObjectBuilder): void {
    const { isCertain } = change;
    if (change.kind === "merge") {
      const entries = change.sources.map(asEntry);
      const { span } = change.at;
      const merged = this.#from(change.at, () => this.objectOf(entries, { span, overrides: true }));
      if (isCertain) builder.spread(merged);
      else builder.spreadOne([merged, undefined]);
      return;
    }
    const { key, keySpan, value } = change;
    const member = { ...this.#from(value, () => this.valueOf(value)), key: keySpan };
    const isAbsent = value.kind === "literal" && value.value === undefined;
    if (change.kind === "default") builder.setDefault(key, member, isCertain);
    else if (isCertain && isAbsent) builder.delete(key);
    else if (isCertain) builder.set(key, member);
    else builder.setMaybe(key, member);
  }
}

/** An object as an argument is as good as one that is spread. */
const asEntry = (node: ProgramNode): ProgramNode =>
  node.kind === "argument" || node.kind === "spread" || node.kind === "entry"
    ? node
    : { kind: "spread", span: node.span, hasError: node.hasError, value: node };

/** Of a list that is known as a whole; counted from the end in some languages. */
const itemAt = ({ value, items }: ProgramValue, index: number): ProgramValue | undefined =>
  Array.isArray(value) && index >= 0 ? items?.[index] : undefined;

const literalName = ({ value }: ProgramValue): string | undefined =>
  typeof value === "string" ? value : undefined;

function literalValue({ value, span, text, isFloat }: LiteralNode): ProgramValue {
  if (typeof value !== "string") return { value, span, ...(isFloat && { isFloat }) };
  return { value, span, pieces: [{ embedded: text ?? opaqueText(value, span) }] };
}
