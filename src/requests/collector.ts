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

/** What a finder of one kind of container has come by. */
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

  /** Undefined where nothing was found, as `FindRequests` has it. */
  get found(): Found | undefined {
    return this.requests.length + this.faults.length + this.unread.length > 0 ? this : undefined;
  }

  /** The operation of a call; one of a service that has no such schema is noted, one of another service is passed over. */
  operation(service: string, action: string, span: () => Span): string | undefined {
    const { operations } = this.#surroundings;
    const operation = operations.find(service, action);
    this.calls.push(span);
    if (operation === undefined && operations.hasService(service))
      this.skip(span(), `there is no schema for the operation ${quoted(`${service}:${action}`)}`);
    return operation;
  }

  /** The payload of an operation whose members are all written with a capital letter. */
  capitalised(operation: string, payload: Payload): Payload {
    return asTheApiHasIt(payload, (path) => this.#surroundings.operations.members(operation, path));
  }

  get parseYaml(): Surroundings["parseYaml"] {
    return this.#surroundings.parseYaml;
  }

  hasService(service: string): boolean {
    return this.#surroundings.operations.hasService(service);
  }

  /** What is there, but can't be checked. */
  skip(span: Span, why: string): void {
    this.unread.push({ span, why });
  }

  /** What can't be read for its placeholders. */
  open(span: Span, why: string): void {
    this.unread.push({ span, why, isOpen: true });
  }

  fault(span: Span, message: string, help: string): void {
    this.faults.push({ code: "document/envelope", span, message, help });
  }

  /** The payload that the JSON in a text is; undefined where it is no JSON, which is reported. */
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
