/** What a document may be at most. Generous for requests (AWS payloads are far smaller), safe for us. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** YAML takes a hundred times as long to read as JSON; beyond this it would be felt as a hang. */
export const MAX_YAML_LENGTH = 2 * 1024 * 1024;
export const MAX_DEPTH = 128;
/** Values of a document once its aliases are written out: an alias bomb stops here. */
export const MAX_VALUES = 1_000_000;
