/** Ajv as we use it: every fault of a payload, no coercion, nothing filled in. */
export const AJV_OPTIONS = {
  allErrors: true,
  strict: false,
  strictNumbers: true,
  messages: false,
  unicodeRegExp: true,
} as const;
