// Reconciles a page and a service model that describe the same operation.
// The model takes precedence as a whole: the SDK and the CLI validate and send requests by it, and it is
// machine-readable, while a page is rendered from some version of it. One fact is taken from the page because
// the model lacks it: members that boto3 fills in are not required.

import type { Definitions, IrOperation, IrShape, IrStructure, SourceNote } from "./ir.ts";
import type { OperationPart } from "./limits/read.ts";
import { extractFacts, mergeFacts, type ProseFacts } from "./prose/facts.ts";
import { quoteShort } from "./source-error.ts";

const PARTS: OperationPart[] = ["request", "response"];

/** Describes the differences between page and model as notes on the page. */
export function findDisagreements(page: IrOperation, model: IrOperation): SourceNote[] {
  return PARTS.flatMap((part) => {
    const [fromPage, fromModel] = [page[part], model[part]];
    if (!fromPage || !fromModel) {
      // If the page lacks a part because it is too large to render, a note about that exists already.
      if (fromPage)
        return [{ line: fromPage.at.line, message: `the page has a ${part}, the model has none` }];
      return [];
    }
    const comparer = new PageComparer(part, model.definitions?.[part] ?? new Map());
    comparer.compare(fromPage, fromModel, "");
    return comparer.notes;
  });
}

/** Marks the members that boto3 fills in, according to the page, as optional in the model's operation. */
export function markFilledIn(model: IrOperation, page: IrOperation): IrOperation {
  const { request } = model;
  const unlisted = page.request?.unlisted;
  if (!request || !unlisted || unlisted.size === 0) return model;
  const members = new Map(
    [...request.members].map(([name, member]) => {
      return [name, unlisted.has(name) ? { ...member, required: false, autopopulated: true } : member];
    }),
  );
  return { ...model, request: { ...request, members } };
}

class PageComparer {
  readonly part: OperationPart;
  readonly definitions: Definitions;
  readonly notes: SourceNote[] = [];

  constructor(part: OperationPart, definitions: Definitions) {
    this.part = part;
    this.definitions = definitions;
  }

  compare(page: IrShape, given: IrShape, pointer: string): void {
    const model = given.kind === "reference" ? this.definitions.get(given.to)! : given;
    // The page doesn't say which shape recurs.
    if (page.kind === "recursive") return;
    if (page.kind !== model.kind) {
      this.addNote(page, pointer, `is of the kind ${page.kind} on the page, and ${model.kind} in the model`);
      return;
    }
    if (page.kind === "structure") this.compareStructures(page, model as IrStructure, pointer);
    if (page.kind === "list" && model.kind === "list") this.compare(page.item, model.item, `${pointer}/*`);
    if (page.kind === "map" && model.kind === "map") this.compare(page.value, model.value, `${pointer}/*`);
    this.compareValues(page, model, pointer);
    this.compareLimits(page, model, pointer);
  }

  compareStructures(page: IrStructure, model: IrStructure, pointer: string): void {
    for (const [name, member] of page.members) {
      const other = model.members.get(name);
      if (other) this.compareMembers(member, other, `${pointer}/${name}`);
      else this.addNote(member, `${pointer}/${name}`, "is only on the page");
    }
    for (const [name, member] of model.members) {
      const inside = `${pointer}/${name}`;
      const filledIn = page.unlisted.get(name);
      if (filledIn && member.required)
        this.addNote(filledIn, inside, "is required by the model, but boto3 fills it in: it may be left out");
      if (!filledIn && !page.members.has(name)) this.addNote(page, inside, "is only in the model");
    }
    if (page.union !== "untold" && page.union !== model.union && page.members.size > 0) {
      const [here, there] = page.union ? ["on the page", "in the model"] : ["in the model", "on the page"];
      this.addNote(page, pointer, `takes exactly one of its members ${here}, any ${there}`);
    }
  }

  compareMembers(page: IrShape, model: IrShape, pointer: string): void {
    const [here, there] = page.required ? ["page", "model"] : ["model", "page"];
    // Pages don't say whether a recursive member is required.
    if (page.required !== model.required && page.kind !== "recursive")
      this.addNote(page, pointer, `is required by the ${here}, not by the ${there}`);
    this.compare(page, model, pointer);
  }

  compareValues(page: IrShape, model: IrShape, pointer: string): void {
    const [fromPage, fromModel] = [page, model].map((shape) =>
      "values" in shape ? (shape.values ?? []) : [],
    );
    const onPage = fromPage!.filter((value) => !fromModel!.includes(value));
    const inModel = fromModel!.filter((value) => !fromPage!.includes(value));
    if (onPage.length > 0) this.addNote(page, pointer, `has values only on the page: ${formatFew(onPage)}`);
    if (inModel.length > 0)
      this.addNote(page, pointer, `has values only in the model: ${formatFew(inModel)}`);
  }

  compareLimits(page: IrShape, model: IrShape, pointer: string): void {
    const fromPage = extractFacts(page);
    const fromModel: ProseFacts = mergeFacts(model);
    for (const key of LIMITS) {
      if (fromPage[key] === undefined || fromPage[key] === fromModel[key]) continue;
      // An enum is more precise than a length.
      if ("values" in model && model.values) continue;
      const other =
        fromModel[key] === undefined ? "the model has no such limit" : `the model says ${fromModel[key]}`;
      this.addNote(page, pointer, `\`${key}\` is ${fromPage[key]} in the page's prose; ${other}`, "");
    }
  }

  addNote(page: IrShape, pointer: string, message: string, separator = " "): void {
    const where = pointer === "" ? `the ${this.part}` : `${this.part} ${quoteShort(pointer)}`;
    this.notes.push({
      line: page.at.line,
      message: `${where}${separator === "" ? ": " : separator}${message}`,
    });
  }
}

const LIMITS = ["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum"] as const;
const MAX_LISTED = 5;

function formatFew(values: string[]): string {
  const shown = values.slice(0, MAX_LISTED).map(quoteShort).join(", ");
  return values.length > MAX_LISTED ? `${shown} and ${values.length - MAX_LISTED} more` : shown;
}
