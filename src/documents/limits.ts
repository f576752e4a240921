/** Limits of documents: far above the size of AWS payloads, and low enough to bound memory and time. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** Of context and policy files: the IAM details of one account may be tens of megabytes. Only JSON may be that large. */
export const MAX_CONTEXT_BYTES = 128 * 1024 * 1024;
/**
 * In UTF-16 units. YAML takes about a hundred times as long to parse as JSON: more would look like a hang.
 */
export const MAX_YAML_LENGTH = 2 * 1024 * 1024;
export const MAX_DOCUMENT_DEPTH = 128;
/** Number of values of a document after expanding its aliases, which bounds alias bombs. */
export const MAX_VALUES = 1_000_000;
