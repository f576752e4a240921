/**
 * Limits of expressions. Rules and payloads are untrusted input: neither may hang a run. Lengths in
 * characters.
 */
export const MAX_EXPRESSION_LENGTH = 4096;
export const MAX_EXPRESSION_DEPTH = 64;
/** Nested loops. */
export const MAX_LOOP_NESTING = 2;
/** Items of a list that is iterated over or created. */
export const MAX_ITEMS = 10_000;
/** Characters of a string that an expression creates. */
export const MAX_TEXT = 262_144;
/** Loop iterations and calls of one rule for one request; long strings and lists count as several. */
export const MAX_STEPS = 2_000_000;
/** The same for one changeset rule over all requests of a run. */
export const MAX_RUN_STEPS = 10_000_000;
