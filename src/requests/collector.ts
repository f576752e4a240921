import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { asTheApiHasIt } from "./pascal-case.ts";
import { type Payload, payloadAt } from "./payload.ts";
import { withUnknowns } from "./placeholders.ts";
import type { Container, Found, Request, RequestFault, Surroundings, Unread } from "./request.ts";
import type { EmbeddedJson } from "./templates/embedded-json.ts";
import { readEmbeddedJson } from "./templates/embedded-json.ts";
import type { Piece } from "./templates/holes.ts";
import type { Part } from "./templates/part.ts";

/** Collects what a finder for one kind of container finds. */
export class Collector implements Found {
  readonly requests: Request[] = [];
  readonly faults: RequestFault[] = [];
  readonly unread: Unread[] = [];
  readonly calls: (() => Span)[] = [];
  readonly container: Container;
  readonly #surroundings: Surroundings;

  constructor(container: Container, surroundings: Surroundings) {
    this.container = container;
    this.#surroundings = surroundings;
  }

  /** The result, or undefined if nothing was found, as `FindRequests` requires. */
  get found(): Found | undefined {
    return this.requests.length + this.faults.length + this.unread.length > 0 ? this : undefined;
  }

  /**
   * Resolves the operation of a call. A missing schema is recorded if the service is known; calls of other
   * services are ignored.
   */
  operation(service: string, action: string, span: () => Span): string | undefined {
    const { operations } = this.#surroundings;
    const operation = operations.find(service, action);
    this.calls.push(span);
    if (operation === undefined && operations.hasService(service))
      this.skip(span(), `there is no schema for the operation ${quoted(`${service}:${action}`)}`);
    return operation;
  }

  /** Converts a payload whose members are all capitalized to the API's own member names. */
  capitalised(operation: string, payload: Payload): Payload {
    return asTheApiHasIt(payload, (path) => this.#surroundings.operations.members(operation, path));
  }

  get parseYaml(): Surroundings["parseYaml"] {
    return this.#surroundings.parseYaml;
  }

  hasService(service: string): boolean {
    return this.#surroundings.operations.hasService(service);
  }

  /** Records a request that is recognized but can't be checked. */
  skip(span: Span, why: string): void {
    this.unread.push({ span, why });
  }

  /** Records a request that can't be read until its placeholders are filled in. */
  open(span: Span, why: string): void {
    this.unread.push({ span, why, isOpen: true });
  }

  fault(span: Span, message: string, help: string): void {
    this.faults.push({ code: "document/envelope", span, message, help });
  }

  /** Parses the JSON in a text; undefined if that fails, which is reported. */
  payloadOf(
    pieces: readonly Piece[],
    part: Part,
    read: (pieces: readonly Piece[]) => EmbeddedJson = readEmbeddedJson,
  ): Payload | undefined {
    const { document, unknown, faults } = read(pieces);
    this.faults.push(...faults);
    if (document) return { value: document.value, document, path: [] };
    return unknown && payloadAt(part, unknown);
  }

  add(
    request: Pick<Request, "operation" | "path" | "operationSpan" | "justification" | "span" | "caller">,
    payload: Payload,
  ): void {
    this.requests.push({
      ...request,
      container: this.container,
      payload: withUnknowns(payload.value),
      payloadPath: payload.path,
      payloadDocument: payload.document,
    });
  }
}
