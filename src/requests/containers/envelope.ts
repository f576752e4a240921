import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { replacePlaceholders } from "../placeholders.ts";
import type { ContainerRequests, DocumentContext, FindRequests, Request, RequestFault } from "../request.ts";
import { isObject } from "../request.ts";

/** The keys of an envelope, and what each of them holds. */
const KEYS = {
  operation: { holds: "text", fits: (value: unknown) => typeof value === "string" },
  request: { holds: "the API payload", fits: () => true },
  justification: { holds: "text", fits: (value: unknown) => typeof value === "string" },
  caller: { holds: "an ARN", fits: (value: unknown) => typeof value === "string" },
  context: { holds: "a mapping", fits: isObject },
} as const;
type Key = keyof typeof KEYS;
const KEY_NAMES = Object.keys(KEYS) as Key[];

/** Finds a single envelope, or a list of them under `requests`. */
export const findEnvelopes: FindRequests = (document, surroundings) => {
  const { value } = document;
  if (Array.isArray(value) && value.some(isEnvelope))
    return new EnvelopeReader(document, surroundings).reportBareList();
  if (!isObject(value)) return undefined;
  const reader = new EnvelopeReader(document, surroundings);
  const { requests } = value;
  const list = Array.isArray(requests) && requests.some(isEnvelope) ? requests : undefined;
  const holdsRequests = list !== undefined || isEnvelope(requests);
  // `requests` could be a misspelling of `request`, but not if it contains requests itself.
  if (isEnvelope(value) && ("request" in value || !holdsRequests)) return reader.read([[]]);
  if (!holdsRequests) return undefined;
  if (!list) return reader.reportSingleRequest();
  reader.checkOtherKeys(value);
  return reader.read(list.map((_, index) => ["requests", index]));
};

/** The form `service:Operation`. */
const OPERATION = /^[a-z0-9-]+:[A-Z]\w*$/;

/**
 * Whether a value is intended as an envelope. Tolerates misspelled keys, so that they are reported rather
 * than the request skipped.
 */
function isEnvelope(value: unknown): boolean {
  if (!isObject(value) || isReportEntry(value)) return false;
  if ("request" in value && hasOperationName(value)) return true;
  const keys = Object.keys(value);
  const intended = new Set<string>();
  for (const key of keys) {
    const near = findNearest(key, KEY_NAMES);
    if (near === undefined) return false;
    intended.add(near);
  }
  if (!intended.has("request")) return OPERATION.test(String(value.operation));
  return intended.has("operation") || (intended.size > 1 && isObject(value.request));
}

/** Whether `operation`, or another key such as `op`, holds the name of an operation. */
const hasOperationName = (value: Record<string, unknown>): boolean =>
  typeof value.operation === "string" ||
  (isObject(value.request) &&
    Object.values(value).some((member) => typeof member === "string" && OPERATION.test(member)));

/**
 * Whether this is an entry of our own JSON report, which a later `countersign check .` must not treat as a
 * request.
 */
const isReportEntry = (value: Record<string, unknown>): boolean => "container" in value && "outcome" in value;

class EnvelopeReader {
  readonly #found: ContainerRequests = { requests: [], faults: [] };
  readonly #document: Document;
  readonly #surroundings: DocumentContext;

  constructor(document: Document, surroundings: DocumentContext) {
    this.#document = document;
    this.#surroundings = surroundings;
  }

  read(paths: readonly Path[]): ContainerRequests {
    for (const path of paths)
      this.#readEnvelope(path, path.length === 0 ? this.#document.value : this.#getItem(path));
    return this.#found;
  }

  reportSingleRequest(): ContainerRequests {
    this.#addFault(
      ["requests"],
      "value",
      "`requests` holds a list of requests, not a single one",
      "put `- ` before the request",
    );
    return this.#found;
  }

  reportBareList(): ContainerRequests {
    this.#addFault(
      [],
      "value",
      "a list of requests stands under `requests`, not by itself",
      "put `requests:` before the list",
    );
    return this.#found;
  }

  /**
   * Reports all keys beside `requests`: a misspelled or misplaced key would otherwise be ignored silently.
   */
  checkOtherKeys(value: Record<string, unknown>): void {
    for (const key of Object.keys(value)) {
      if (key === "requests") continue;
      this.#addFault(
        [key],
        "key",
        `${quoted(key)} has no meaning beside \`requests\``,
        "put it into each request of the list",
      );
    }
  }

  #getItem([, index]: Path): unknown {
    return (this.#document.value as { requests: unknown[] }).requests[index as number];
  }

  #readEnvelope(path: Path, value: unknown): void {
    if (!isObject(value)) {
      this.#addFault(path, "value", "a request is a mapping with `operation` and `request`");
      return;
    }
    const misspelt = this.#checkKeys(path, value);
    const wrong = KEY_NAMES.filter((key) => key in value && !this.#checkType(path, key, value[key]));
    const operation = "operation" in value ? value.operation : this.#surroundings.operation;
    if (operation === undefined && !("operation" in value) && !misspelt.has("operation"))
      this.#reportMissing(path, "operation");
    if (!("request" in value) && !misspelt.has("request")) this.#reportMissing(path, "request");
    if (typeof operation !== "string" || !("request" in value)) return;
    this.#found.requests.push({
      operation,
      payload: replacePlaceholders(value.request),
      container: "envelope",
      path,
      operationSpan: () => this.#document.span("operation" in value ? [...path, "operation"] : path, "value"),
      payloadPath: [...path, "request"],
      ...pickOptionalKeys(value, wrong),
    });
  }

  /** Reports keys that an envelope doesn't have. Returns the keys that they probably are misspellings of. */
  #checkKeys(path: Path, value: Record<string, unknown>): Set<string> {
    const intended = new Set<string>();
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(KEYS, key)) continue;
      const near = findNearest(
        key,
        KEY_NAMES.filter((name) => !(name in value)),
      );
      if (near) intended.add(near);
      const help = near ? `did you mean \`${near}\`?` : `the keys are ${formatList(KEY_NAMES, "and")}`;
      this.#addFault([...path, key], "key", `${quoted(key)} is not a key of a request document`, help);
    }
    return intended;
  }

  #checkType(path: Path, key: Key, value: unknown): boolean {
    if (KEYS[key].fits(value)) return true;
    if (value instanceof Unknown && key !== "operation") return false;
    this.#addFault([...path, key], "value", `\`${key}\` holds ${KEYS[key].holds}`, KEY_HELP[key]);
    return false;
  }

  #reportMissing(path: Path, key: "operation" | "request"): void {
    this.#addFault(path, "value", `this request has no \`${key}\``, KEY_HELP[key]);
  }

  #addFault(path: Path, at: "key" | "value", message: string, help?: string): void {
    const span = this.#document.span(path, at);
    const fault: RequestFault = { code: "document/envelope", span, message, ...(help && { help }) };
    this.#found.faults.push(fault);
  }
}

const KEY_HELP: Record<Key, string> = {
  operation: "write it as `service:Operation`, for example `operation: fsx:CreateDataRepositoryTask`",
  request: "put the API payload under `request:`",
  justification: "write why the call is needed, as text in quotes",
  caller: "write the ARN of the user or role that will make the call",
  context: "write facts about the world by name, for example `fileShare: {LocationARN: …}`",
};

/**
 * The optional keys of an envelope, without those whose value has the wrong type, which is reported already.
 */
function pickOptionalKeys(
  value: Record<string, unknown>,
  wrong: readonly Key[],
): Pick<Request, "justification" | "caller" | "context"> {
  const given = (["justification", "caller", "context"] as const).filter(
    (key) => key in value && !wrong.includes(key),
  );
  return Object.fromEntries(given.map((key) => [key, value[key]]));
}
