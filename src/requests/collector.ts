import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { restoreApiCase } from "./api-case.ts";
import type { OpenCall } from "./containers/call-arn.ts";
import { mayBePayload } from "./containers/call-arn.ts";
import { type Payload, payloadFromPart } from "./payload.ts";
import { replacePlaceholders } from "./placeholders.ts";
import type {
  Container,
  ContainerRequests,
  DocumentContext,
  Request,
  RequestFault,
  UnreadSpan,
} from "./request.ts";
import type { EmbeddedJson } from "./templates/embedded-json.ts";
import { parseEmbeddedJson } from "./templates/embedded-json.ts";
import type { DocumentPart } from "./templates/part.ts";
import type { TextSegment } from "./templates/segments.ts";

/** Collects what a finder for one kind of container finds. */
export class RequestCollector implements ContainerRequests {
  readonly requests: Request[] = [];
  readonly faults: RequestFault[] = [];
  readonly unread: UnreadSpan[] = [];
  readonly calls: (() => Span)[] = [];
  readonly container: Container;
  readonly #surroundings: DocumentContext;

  constructor(container: Container, surroundings: DocumentContext) {
    this.container = container;
    this.#surroundings = surroundings;
  }

  /** The result, or undefined if nothing was found, as `FindRequests` requires. */
  get result(): ContainerRequests | undefined {
    return this.requests.length + this.faults.length + this.unread.length > 0 ? this : undefined;
  }

  /**
   * Resolves the operation of a call. A missing schema is recorded if the service is known; calls of other
   * services are ignored.
   */
  resolveOperation(service: string, action: string, span: () => Span): string | undefined {
    const { operations } = this.#surroundings;
    const operation = operations.find(service, action);
    this.calls.push(span);
    if (operation === undefined && operations.hasService(service))
      this.addUnread(span(), `there is no schema for the operation ${quoted(`${service}:${action}`)}`);
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

  /** Records a request that is recognized but can't be checked. */
  addUnread(span: Span, why: string): void {
    this.unread.push({ span, why });
  }

  /** Records a request that can't be read until its placeholders are filled in. */
  addUnresolved(span: Span, why: string): void {
    this.unread.push({ span, why, isUnresolved: true });
  }

  /** Records a call whose operation is open, unless it can't be one that has a schema. */
  addOpenCall(part: DocumentPart, source: string, { service }: OpenCall, payload: unknown): void {
    if (service !== undefined && !this.hasService(service)) return;
    if (service === undefined && !mayBePayload(payload, this.#surroundings.operations)) return;
    const span = part.span();
    if (this.unread.some((other) => other.span.start === span.start)) return;
    this.addUnresolved(span, `${quoted(source)} holds a placeholder: which operation is called is not known`);
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
