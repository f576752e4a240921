import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { findValueSpan } from "../aws-cli/located-value.ts";
import type { LocatedRequest } from "../find.ts";
import { findRequests } from "../find.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { Container, ContainerFinding, Request, RequestFault, Unchecked, Unread } from "../request.ts";
import { findScriptCommands } from "../scripts/find.ts";
import type { Script } from "../scripts/kind.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import { commentsAt } from "./comments.ts";
import type { SdkStyle } from "./model/conform.ts";
import { capitalized, conformed } from "./model/conform.ts";
import type { ProgramNode } from "./model/node.ts";
import type { ProgramValue } from "./model/value.ts";
import type { SourceProgram } from "./program.ts";
import type { ProgramTemplate } from "./template.ts";

/** A call of an operation in a program. */
export interface ProgramCall {
  operation: string;
  container: Container;
  /** The call as a whole, and where it names the operation. */
  node: ProgramNode;
  named: Span;
  payload: ProgramValue;
  /** How the SDK's values differ from the API's. */
  style?: SdkStyle;
}

/** What was found in one program, with places in the file that it stands in. */
export class ProgramFindings {
  readonly requests: (Request & { document: Document })[] = [];
  readonly faults: RequestFault[] = [];
  readonly unread: Unread[] = [];
  readonly unchecked: Unchecked[] = [];
  /** Programs that commands run. */
  readonly programs: CommandProgram[] = [];
  /** Where commands were read, whether they make a request or not. */
  readonly seen: Span[] = [];
  missed?: Unread;
  readonly #program: SourceProgram;

  constructor(program: SourceProgram) {
    this.#program = program;
  }

  add({ operation, container, node, named, style = {}, ...given }: ProgramCall): void {
    const { within, text, comments, operations } = this.#program;
    if (node.hasError) {
      this.skip(
        node.span,
        `a syntax error in this call of \`${operation}\` keeps it from being read`,
        operation,
      );
      return;
    }
    const { faults, ...said } = commentsAt(text, comments, node.span, statementOf(node, text).span);
    const misnamed: ContainerFinding[] = [];
    const payload = conformed(
      given.payload,
      operations.shape(operation),
      operations.shapes(operation),
      style,
      (name, span) => misnamed.push(misnamedFinding(name, within.span(span), style)),
    );
    for (const fault of faults) this.faults.push({ ...fault, span: within.span(fault.span) });
    this.requests.push({
      operation,
      container,
      payload: replacePlaceholders(payload.value),
      path: [],
      payloadPath: ["request"],
      operationSpan: () => within.span(named),
      document: new ProgramDocument(payload, node.span, within),
      callSpan: within.span(node.span),
      ...(misnamed.length > 0 && { findings: misnamed }),
      ...this.#spelling(operation, style.spell),
      ...said,
    });
  }

  /** A call of a service without operations here, such as `ec2.delete_volume`: its name alone would mislead. */
  passForeignCall(service: string | undefined, node: ProgramNode): void {
    const { operations, within } = this.#program;
    if (service !== undefined && !operations.names.hasService(service))
      this.seen.push(within.span(node.span));
  }

  /** The requests of what a program describes, as the readers of templates find them. */
  addTemplate(template: ProgramTemplate, node: ProgramNode): void {
    const { within, text, comments, operations } = this.#program;
    const parsed = { documents: [template], faults: [], directives: [] };
    const {
      requests,
      faults,
      unread,
      unchecked = [],
    } = findRequests(parsed, "", {
      operations: operations.names,
      parseYaml: this.#program.file.parseYaml,
    });
    const { name: language } = this.#program.language;
    const outward = <T extends { span: Span }>(placed: T): T => ({
      ...placed,
      span: within.span(placed.span),
    });
    if (requests.length > 0 && node.hasError) {
      this.skip(node.span, "a syntax error keeps what this describes from being read");
      return;
    }
    this.faults.push(...faults.map(outward));
    this.unread.push(...unread.map((one) => ({ ...outward(one), language })));
    this.unchecked.push(...unchecked);
    if (requests.length === 0) return;
    const { faults: wrong, ...said } = commentsAt(text, comments, node.span, statementOf(node, text).span);
    this.faults.push(...wrong.map(outward));
    const callSpan = within.span(node.span);
    for (const request of requests) {
      const { operation, container } = request;
      // A constant may hold the name of what is called.
      this.see(request.operationSpan());
      const spelling = this.#spelling(operation, CAPITALIZES.has(container) ? capitalized : undefined);
      this.requests.push({ ...said, ...movedOut(request, within), callSpan, ...spelling });
    }
  }

  #spelling(operation: string, spell: SdkStyle["spell"]): Pick<Request, "spell"> {
    if (!spell) return {};
    const names = this.#program.operations.memberNames(operation);
    return { spell: (member) => (names.has(member) ? spell(member) : member) };
  }

  /** The requests of commands of the AWS CLI that a call runs. */
  addCommands(scripts: readonly Script[], node: ProgramNode): void {
    if (scripts.length === 0) return;
    const { text, comments, file } = this.#program;
    const { requests, faults, unread, unchecked, seen, programs } = findScriptCommands(scripts, file);
    const { faults: wrong, ...said } = commentsAt(text, comments, node.span, statementOf(node, text).span);
    this.programs.push(...programs);
    // What of a program isn't read is said as a call in a text.
    const starts = programs.map(({ within }) => within.at(0));
    this.seen.push(...seen.filter(({ start, end }) => !starts.some((at) => at >= start && at < end)));
    this.faults.push(...faults);
    this.unread.push(...unread);
    this.unchecked.push(...unchecked);
    if (requests.length > 0)
      this.faults.push(...wrong.map((fault) => ({ ...fault, span: this.#program.within.span(fault.span) })));
    const callSpan = this.#program.within.span(node.span);
    for (const request of requests) this.requests.push({ ...request, ...said, callSpan });
  }

  /** A place that needs no other reader: what it says is told elsewhere. */
  see(span: Span): void {
    this.seen.push(this.#program.within.span(span));
  }

  /** A name of an operation that may be a call, were it not for a syntax error. */
  miss(named: Span | undefined): void {
    const { within, language } = this.#program;
    const why = "a syntax error in this program keeps it from being read, and it names an operation";
    if (named) this.missed = { span: within.span(named), why, language: language.name };
  }

  /** A call that can't be read. */
  skip(span: Span, why: string, operation?: string): void {
    const { within, language } = this.#program;
    this.unread.push({
      span: within.span(span),
      why,
      language: language.name,
      ...(operation !== undefined && { operation }),
    });
  }
}

/** Services that call others have all members with a capital letter. */
const CAPITALIZES: ReadonlySet<string> = new Set(["step-functions", "scheduler"]);

/** A request with its places in the file. */
function movedOut(request: LocatedRequest, within: EmbeddedText): LocatedRequest {
  const { document, payloadDocument, span, operationSpan } = request;
  const moved = ({ span }: Pick<Document, "span">): Pick<Document, "span"> => ({
    span: (path, at) => within.span(span(path, at)),
  });
  return {
    ...request,
    document: { value: document.value, ...moved({ span: (path, at) => document.span(path, at) }) },
    operationSpan: () => within.span(operationSpan()),
    ...(span && { span: () => within.span(span()) }),
    ...(payloadDocument && {
      payloadDocument: moved({ span: (path, at) => payloadDocument.span(path, at) }),
    }),
  };
}

/** The outermost expression that a call is a part of, or the statement that begins in the same line. */
function statementOf(node: ProgramNode, text: string): ProgramNode {
  let statement = node;
  for (
    let outer = node.parent;
    outer && outer.kind !== "scope" && outer.kind !== "flow";
    outer = outer.parent
  ) {
    if (outer.kind === "other" && text.slice(outer.span.start, statement.span.start).includes("\n")) break;
    statement = outer;
  }
  return statement;
}

/** The API's name of a member, where the SDK knows another. */
function misnamedFinding(name: string, span: Span, { reader = "", spell }: SdkStyle): ContainerFinding {
  const own = spell?.(name) ?? name;
  return {
    code: "schema/unknown-field",
    path: [name],
    span,
    message: `${quoted(name)} is the API's name of a member, which ${reader} writes in its own way`,
    help: `did you mean ${quoted(own)}?`,
    replacement: { of: name, by: own },
  };
}

/** A call as a document: under `request` its payload. */
class ProgramDocument implements Document {
  readonly value: unknown;
  readonly #payload: ProgramValue;
  readonly #span: Span;
  readonly #within: EmbeddedText;

  constructor(payload: ProgramValue, span: Span, within: EmbeddedText) {
    this.value = { request: payload.value };
    this.#payload = payload;
    this.#span = span;
    this.#within = within;
  }

  span([first, ...rest]: Path, at: "key" | "value"): Span {
    return this.#within.span(first === "request" ? findValueSpan(this.#payload, rest, at) : this.#span);
  }
}
