import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { restoreApiCase } from "./api-case.ts";
import type { OpenCall } from "./containers/call-arn.ts";
import { mayBePayload } from "./containers/call-arn.ts";
import { toOperationName } from "./operations.ts";
import { type Payload, payloadFromPart } from "./payload.ts";
import { replacePlaceholders } from "./placeholders.ts";
import type {
  Container,
  ContainerRequests,
  DocumentContext,
  Request,
  RequestFault,
  Unchecked,
  Unread,
} from "./request.ts";
import type { EmbeddedJson } from "./templates/embedded-json.ts";
import { parseEmbeddedJson } from "./templates/embedded-json.ts";
import type { DocumentPart } from "./templates/part.ts";
import type { TextSegment } from "./templates/segments.ts";

/** Collects what a finder for one kind of container finds. */
export class RequestCollector implements ContainerRequests {
  readonly requests: Request[] = [];
  readonly faults: RequestFault[] = [];
  readonly unread: Unread[] = [];
  readonly unchecked: Unchecked[] = [];
  readonly calls: (() => Span)[] = [];
  readonly container: Container;
  readonly #surroundings: DocumentContext;

  constructor(container: Container, surroundings: DocumentContext) {
    this.container = container;
    this.#surroundings = surroundings;
  }

  /** The result, or undefined if nothing was found, as `FindRequests` requires. */
  get result(): ContainerRequests | undefined {
    const { requests, faults, unread, unchecked } = this;
    return [requests, faults, unread, unchecked].some((list) => list.length > 0) ? this : undefined;
  }

  /**
   * Resolves the operation of a call. A call without a schema is only counted.
   */
  resolveOperation(service: string, action: string, span: () => Span): string | undefined {
    const { operations } = this.#surroundings;
    const operation = operations.find(service, action);
    this.calls.push(span);
    if (operation === undefined) this.unchecked.push({ operation: toOperationName(service, action) });
    return operation;
  }

  /** Converts a payload whose members are all capitalized to the API's own member names. */
  restoreCase(operation: string, payload: Payload): Payload {
    return restoreApiCase(payload, (path) => this.#surroundings.operations.members(operation, path));
  }

  get parseYaml(): DocumentContext["parseYaml"] {
    return this.#surroundings.parseYaml;
  }

  hasService(service: string): boolean {
    return this.#surroundings.operations.hasService(service);
  }

  /** Records a call that can't be read. `known` is what is known of it. */
  addUnread(span: Span, why: string, known: Pick<Unread, "help" | "operation" | "service"> = {}): void {
    this.unread.push({ span, why, language: this.#surroundings.language, ...known });
  }

  /** Whether any operation with a schema has a member of this name. */
  isMember(name: string): boolean {
    return this.#surroundings.operations.isMember(name);
  }

  /** Records a call whose operation is open, unless it can't be one that has a schema. */
  addOpenCall(part: DocumentPart, source: string, { service }: OpenCall, payload: unknown): void {
    if (service !== undefined && !this.hasService(service)) return;
    if (service === undefined && !mayBePayload(payload, this.#surroundings.operations)) return;
    const span = part.span();
    if (this.unread.some((other) => other.span.start === span.start)) return;
    this.addUnread(span, `${quoted(source)} holds a placeholder: which operation is called is not known`);
  }

  addFault(span: Span, message: string, help: string): void {
    this.faults.push({ code: "document/envelope", span, message, help });
  }

  /** Parses the JSON in a text; undefined if that fails, which is reported. */
  parsePayload(
    pieces: readonly TextSegment[],
    part: DocumentPart,
    read: (pieces: readonly TextSegment[]) => EmbeddedJson = parseEmbeddedJson,
  ): Payload | undefined {
    const { document, unknown, faults } = read(pieces);
    this.faults.push(...faults);
    if (document) return { value: document.value, document, path: [] };
    return unknown && payloadFromPart(part, unknown);
  }

  add(
    request: Pick<Request, "operation" | "path" | "operationSpan" | "justification" | "span" | "caller">,
    payload: Payload,
  ): void {
    this.requests.push({
      ...request,
      container: this.container,
      payload: replacePlaceholders(payload.value),
      payloadPath: payload.path,
      payloadDocument: payload.document,
    });
  }
}
