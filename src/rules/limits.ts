/** What an expression may be and may cost. Rules and payloads are other people's: neither may hang a run. */
export const MAX_SOURCE = 4096;
export const MAX_DEPTH = 64;
/** Loops inside each other. */
export const MAX_NESTING = 2;
/** Items of a list that is gone through. */
export const MAX_ITEMS = 10_000;
/** Characters of a text that an expression makes. */
export const MAX_TEXT = 262_144;
/** Loop rounds and calls of one rule for one request; long texts and lists count as several. */
export const MAX_STEPS = 200_000;
/** The same for one rule over all requests of a run. */
export const MAX_RUN_STEPS = 10_000_000;
