import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { ExcerptLines } from "../../diagnostics/excerpt-lines.ts";
import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { toPointer } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { knownPartOf } from "../../documents/partial.ts";
import type { RuleInput } from "../../rules/input.ts";
import type { Rule } from "../../rules/rule.ts";
import { listMemberNames } from "../../schema/member-names.ts";
import type { FileCheck } from "../check-file.ts";
import type { Engine } from "../engine.ts";
import { listPolicyProblems } from "../report/policy-problems.ts";
import { encodeValue } from "./codec.ts";
import type { PlacedRequest } from "./placed-request.ts";
import type { StoredFile, StoredInput, StoredPlaces, StoredRequest, StoredSpan } from "./stored-file.ts";

/** Stores what the check of a file found, with all that the rules over the whole run need of its requests. */
export function storeFile(check: FileCheck, engine: Engine): StoredFile {
  return new FileWriter(check, engine).write();
}

/** Of a file that has nothing else to be reported: what is counted. */
export const storeCounts = ({
  file,
  unchecked,
  passedOver,
}: Pick<FileCheck, "file" | "unchecked" | "passedOver">): StoredFile => ({
  file,
  isOther: true,
  diagnostics: [],
  requests: [],
  texts: {},
  faults: [],
  policyProblems: [],
  unchecked: unchecked.map(({ operation }) => operation ?? null),
  passedOver,
  callTexts: [],
});

class FileWriter {
  readonly #check: FileCheck;
  readonly #engine: Engine;
  readonly #indexes: ReadonlyMap<Diagnostic, number>;
  readonly #texts: Record<string, string> = {};
  /** Documents that leave a choice open, with their numbers. */
  readonly #documents = new Map<object, number>();

  constructor(check: FileCheck, engine: Engine) {
    this.#check = check;
    this.#engine = engine;
    this.#indexes = new Map(check.diagnostics.map((diagnostic, index) => [diagnostic, index]));
  }

  write(): StoredFile {
    const { file, diagnostics, requests, faults, lines, sources, callTexts, unchecked, passedOver } =
      this.#check;
    const isCompared = requests.some((request) => this.#rulesFor(request).length > 0);
    const stored = requests.map((request) => this.#writeRequest(request, isCompared));
    const hasPlaces = isCompared || diagnostics.length > 0;
    if (hasPlaces) for (const [name, { text }] of sources) if (name !== file) this.#texts[name] = text;
    return {
      file,
      diagnostics,
      requests: stored,
      ...(hasPlaces && { text: lines.text }),
      ...(hasPlaces && lines instanceof ExcerptLines && { origins: lines.origins }),
      texts: this.#texts,
      faults,
      policyProblems: listPolicyProblems([this.#check], this.#engine),
      unchecked: unchecked.map(({ operation }) => operation ?? null),
      passedOver,
      callTexts: [...(callTexts ?? [])].map(([diagnostic, text]) => [this.#indexes.get(diagnostic)!, text]),
    };
  }

  #rulesFor({ input }: PlacedRequest): readonly Rule[] {
    const { rules, ruleOptions } = this.#engine;
    return (input && rules?.listComparing(input.operation, ruleOptions)) ?? [];
  }

  #writeRequest(checked: PlacedRequest, isCompared: boolean): StoredRequest {
    const { request, line, faulty, diagnostics, input } = checked;
    const rules = this.#rulesFor(checked);
    const caller = input?.caller ?? request.caller;
    return {
      operation: request.operation,
      container: request.container,
      line,
      faulty,
      diagnostics: diagnostics.map((diagnostic) => this.#indexes.get(diagnostic)!),
      payload: encodeValue(request.payload),
      ...(caller !== undefined && { caller: encodeValue(caller) }),
      ...(request.recorded && { recorded: request.recorded }),
      ...(isCompared && { places: this.#writePlaces(checked) }),
      ...(input && rules.length > 0 && { input: this.#writeInput(input, rules) }),
    };
  }

  #writePlaces({ request, input }: PlacedRequest): StoredPlaces {
    const { payloadPath, document, payloadDocument: within = document, dialect, spell } = request;
    const values: StoredPlaces["values"] = {};
    for (const path of [...listPaths(request.payload), ...(input ? listPaths(input.request) : [])]) {
      const pointer = toPointer(path);
      if (Object.hasOwn(values, pointer)) continue;
      const at = [...payloadPath, ...path];
      const own = dialect?.toContainerPath(path);
      values[pointer] = {
        key: this.#writeSpan(within.span(at, "key")),
        value: this.#writeSpan(within.span(at, "value")),
        ...(own && toPointer(own) !== pointer && { container: [...own] }),
      };
    }
    const source = this.#engine.schemas.find(request.operation)?.source;
    const tabulate = (name: (member: string) => string): Record<string, string> =>
      Object.fromEntries(
        [...(source ? listMemberNames(source) : [])]
          .map((member) => [member, name(member)] as const)
          .filter(([member, other]) => member !== other),
      );
    return {
      operation: this.#writeSpan(request.operationSpan()),
      ...(request.callSpan && { call: this.#writeSpan(request.callSpan) }),
      values,
      ...(spell && { spelled: tabulate(spell) }),
      ...(dialect && { renamed: tabulate(dialect.toContainerName) }),
    };
  }

  #writeSpan({ start, end, source }: Span): StoredSpan {
    if (!source) return [start, end];
    const { file, text, reference } = source;
    this.#texts[file] = text;
    return [start, end, file, reference.start, reference.end];
  }

  #writeInput(input: RuleInput, rules: readonly Rule[]): StoredInput {
    const { operation, request, justification, caller, container, repeats, choices, context, partialLists } =
      input;
    const { faulty, wellTyped } = input;
    const needsContext = rules.some(mayReadContext);
    return {
      operation,
      request: encodeValue(request),
      ...(justification !== undefined && { justification: encodeValue(justification) }),
      ...(caller !== undefined && { caller: encodeValue(caller) }),
      ...(container !== undefined && { container }),
      ...(repeats !== undefined && { repeats }),
      ...(choices && {
        choices: { document: this.#numberOf(choices.document), taken: [...choices.taken] },
      }),
      ...(needsContext && context && { context: encodeValue(context) }),
      ...(needsContext && partialLists && { partialLists: encodeValue(partialLists) }),
      faulty: [...faulty],
      ...(wellTyped && { wellTyped: [...wellTyped] }),
    };
  }

  #numberOf(document: object): number {
    const known = this.#documents.get(document) ?? this.#documents.size;
    this.#documents.set(document, known);
    return known;
  }
}

/** A rule that ships says what it reads; of others, what their messages read isn't known. */
const mayReadContext = ({ place, needs, references }: Rule): boolean =>
  place !== undefined || needs.length > 0 || references.some(({ root }) => root === "context");

/** The paths of all known parts of a payload, its own first. */
function listPaths(payload: unknown, path: Path = [], paths: Path[] = []): Path[] {
  paths.push(path);
  const known = knownPartOf(payload);
  if (typeof known !== "object" || known === null || known instanceof Unknown) return paths;
  for (const [name, part] of Object.entries(known))
    listPaths(part, [...path, Array.isArray(known) ? Number(name) : name], paths);
  return paths;
}
