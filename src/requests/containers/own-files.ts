import { isObject } from "../request.ts";

/** Keys that hold an API payload, or that somebody might take for the one that does. */
export const PAYLOAD_KEYS = ["request", "payload", "parameters", "params", "input", "body"] as const;

/**
 * Whether a document is a rule file or a limits file. It names an operation, but is never a request, and neither
 * are its examples.
 */
export const isOwnDocument = (value: unknown): boolean =>
  isObject(value) && (isRules(value) || isLimits(value));

const isRules = (value: Record<string, unknown>): boolean =>
  "operation" in value &&
  (Array.isArray(value.rules) || Array.isArray(value.permissions)) &&
  !PAYLOAD_KEYS.some((key) => key in value);

/** The keys of limits are JSON pointers, which no member of a payload is named like. */
const isLimits = ({ source, request }: Record<string, unknown>): boolean =>
  source !== undefined &&
  isObject(request) &&
  Object.keys(request).every((key) => key === "" || key.startsWith("/"));
