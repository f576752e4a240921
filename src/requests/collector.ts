import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Document } from "../documents/document.ts";
import type { OpenCall } from "./containers/call-arn.ts";
import { mayBePayload } from "./containers/call-arn.ts";
import type { SdkCall } from "./containers/sdk-arns.ts";
import type { MemberNames } from "./dialects/member-names.ts";
import { createSdkNames, findAddedMembers } from "./dialects/member-names.ts";
import type { OptimizedIntegration } from "./dialects/optimized.ts";
import type { IntegrationRequest, OptimizedCall } from "./dialects/optimized-call.ts";
import { resolveOptimizedCall } from "./dialects/optimized-call.ts";
import { composeDialects, renameMembers } from "./dialects/rename-members.ts";
import { type RestoredPayload, restoreApiNames } from "./dialects/restore-names.ts";
import { resolveSdkCall } from "./dialects/sdk-operation.ts";
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

export type CollectedRequest = Pick<
  Request,
  | "operation"
  | "path"
  | "operationSpan"
  | "justification"
  | "span"
  | "caller"
  | "repeats"
  | "choices"
  | "dialect"
  | "findings"
>;

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

  /**
   * Resolves the operation that the ARN of an SDK call names, whose spelling is reported if it is wrong. A call without
   * a schema is only counted.
   */
  resolveCall(call: SdkCall, by: "scheduler" | "states", span: () => Span): string | undefined {
    const { operation, name, fault, isRefused } = resolveSdkCall(call, by, this.#surroundings.operations);
    this.calls.push(span);
    if (fault) this.faults.push({ code: "document/unknown-operation", span: span(), ...fault });
    if (isRefused) return undefined;
    if (operation === undefined) this.unchecked.push({ operation: name });
    return operation;
  }

  /** Resolves a call of an optimized integration; undefined if there is no request to check, which is recorded. */
  resolveIntegration(
    call: OptimizedCall,
    span: () => Span,
    table?: ReadonlyMap<string, OptimizedIntegration>,
  ): IntegrationRequest | undefined {
    this.calls.push(span);
    const resolved = resolveOptimizedCall(call, this.#surroundings.operations, table);
    if (resolved.kind === "unread") {
      const { why, help, operation } = resolved;
      this.addUnread(span(), why, { help, ...(operation !== undefined && { operation }) });
      return undefined;
    }
    const { operation, fault } = resolved;
    if (fault) this.faults.push({ code: "document/unknown-operation", span: span(), ...fault });
    if (resolved.kind === "request") return resolved;
    this.unchecked.push({ operation });
    return undefined;
  }

  /** Restores the names of an SDK call's members; `reader` is whose call it is. */
  restoreSdkNames(operation: string, payload: Payload, reader: string): RestoredPayload {
    const own = renameMembers(payload, findAddedMembers(operation));
    const restored = this.restoreNames(operation, own.payload, createSdkNames(operation, reader));
    return { ...restored, dialect: composeDialects(own.dialect, restored.dialect) };
  }

  /** The members at the top of an operation's request. */
  listMembers(operation: string): readonly string[] {
    return this.#surroundings.operations.members(operation, []) ?? [];
  }

  /** Restores the API's own names of members. */
  restoreNames(operation: string, payload: Payload, names: MemberNames): RestoredPayload {
    return restoreApiNames(payload, names, (path) => this.#surroundings.operations.members(operation, path));
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

  /** Adds the requests of a document that stands in a part of this one, at `path`. */
  addNested(document: Document, path: Path): void {
    const found = this.#surroundings.findNested?.(document, this.#surroundings);
    if (!found) return;
    for (const request of found.requests) {
      const { path: own, span = () => document.span(own, "value"), payloadDocument = document } = request;
      this.requests.push({ ...request, path, span, payloadDocument });
    }
    this.faults.push(...found.faults);
    this.unread.push(...(found.unread ?? []));
    this.unchecked.push(...(found.unchecked ?? []));
    this.calls.push(...(found.calls ?? []));
  }

  add(request: CollectedRequest, payload: Payload): void {
    this.requests.push({
      ...request,
      container: this.container,
      payload: replacePlaceholders(payload.value),
      payloadPath: payload.path,
      payloadDocument: payload.document,
    });
  }

  /** Adds a request whose container names members in its own way. */
  addRestored(request: CollectedRequest, { payload, dialect, findings }: RestoredPayload): void {
    this.add({ ...request, dialect, ...(findings.length > 0 && { findings }) }, payload);
  }
}
