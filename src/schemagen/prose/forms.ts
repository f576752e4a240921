// The recurring phrases in which pages state limits. A phrase stays here only while it contradicts no service
// model over all documented operations; bench/prose-limits.py measures this.

export type ProseBounds = {
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
};

export type LimitForm = {
  /** The kind of member whose prose is searched; `number` includes integers. */
  of: "string" | "list" | "number";
  /** Matches a sentence. Its groups are the limits, in the order of `sets`. */
  pattern: RegExp;
  sets: (keyof ProseBounds)[];
};

/** Words that restrict a limit to some case, or relate it to something other than the member as a whole. */
const QUALIFYING_WORDS =
  "account|all|both|combined|comma|default|depend(?:s|ing)|each|either|except|first|for|if|last|multiple|only|others?|otherwise|per|recommend\\w*|request|separated|sum|together|total|unless|when";

const N = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,12})(?![\d,.]*\d)`;
const TO = " ?(?:to|and|through|-|–) ?";
const CHARACTERS = "(?:(?:Unicode|ASCII|UTF-8|alphanumeric|printable) )?characters";
const LONG = "(?: long| in length)";
const VALID = "(?:Valid|Allowed|Allowable|Acceptable|Permitted|Supported)";
const END = "(?:,? inclusive(?:ly)?)?\\.?$";
/** The beginning of a sentence that is a single clause about the member itself. */
const CLAUSE = `^(?!.*\\b(?:${QUALIFYING_WORDS})\\b)[^;:()]*`;

const createForm =
  (of: LimitForm["of"], ...sets: LimitForm["sets"]) =>
  (pattern: string): LimitForm => ({ of, pattern: new RegExp(pattern, "i"), sets });

const MAX_LENGTH = [
  `\\ba string of up to ${N} ASCII characters\\b`,
  `${CLAUSE}\\bbe up to ${N} ${CHARACTERS}${LONG}?\\.?$`,
  `(?:can't|cannot|can not|must not|must be no|may not be|can be no|no|not be) (?:be )?(?:longer|more) than ${N} ${CHARACTERS}\\.?$`,
  `\\blength limit is ${N} ${CHARACTERS}\\.?$`,
  `^The maximum length(?: is| of|:)? ${N} ${CHARACTERS}\\.?$`,
  `^Maximum length: ${N}(?: ${CHARACTERS})?\\.?$`,
];

const LENGTHS = [
  `${CLAUSE}\\bbetween ${N} and ${N} ${CHARACTERS}${LONG}?\\.?$`,
  `${CLAUSE}\\b${N}${TO}${N} ${CHARACTERS}${LONG}\\.?$`,
  `\\(${N}-${N} ${CHARACTERS}\\)`,
];

const MAX_ITEMS = [
  `\\bwith a maximum of ${N} elements\\b`,
  `^(?:\\(Optional\\) )?A list of up to ${N} (?:[\\w/-]+ ){0,2}tags\\b`,
  `${CLAUSE}\\b(?:specify|have|include|contain|provide|add|assign) (?:a|the) maximum of ${N} (?:[\\w-]+ )?[\\w-]+\\.?$`,
  `${CLAUSE}\\bup to ${N} tags\\.?$`,
  `${CLAUSE}\\bup to ${N} (?:[\\w-]+ ){0,2}(?:items|elements|entries|values|IDs|ARNs|names|identifiers)\\.?$`,
  `^(?:Array Members: )?Maximum number of ${N} items?\\.?$`,
  `^(?:Maximum|Max)(?: of)?:? ${N}(?: [\\w-]+)?\\.?$`,
];

const RANGES = [
  `^(?:The )?${VALID} (?:values?|range)(?: is| are|:| are:| is:)(?: an? (?:integer|number|value))?(?: from| between| in the range(?: of)?)? ${N}${TO}${N}${END}`,
  `^(?:The )?(?:value )?range(?: is|:) ${N} (?:to|through|-) ${N}${END}`,
  `^(?:Specify|Enter)(?: an?)?(?: value| integer| number| whole number)?(?: between| from)? ${N}${TO}${N}${END}`,
  `^(?:Constraints?: )?Must be (?:a value |a number |an integer )?(?:between |from |in the range )?${N}${TO}${N}${END}`,
  `^(?!.*\\b(?:${QUALIFYING_WORDS})\\b)[^,;:()]+ (?:is|are) ${N} to ${N}\\.$`,
];

export const LIMIT_FORMS: LimitForm[] = [
  ...MAX_LENGTH.map(createForm("string", "maxLength")),
  ...LENGTHS.map(createForm("string", "minLength", "maxLength")),
  createForm("string", "minLength")(`^Length Constraints: Minimum length of ${N}\\.?$`),
  ...MAX_ITEMS.map(createForm("list", "maxItems")),
  createForm("list", "minItems")(`^Array Members: Minimum number of ${N} items?\\.?$`),
  createForm(
    "list",
    "minItems",
    "maxItems",
  )(`^You can (?:specify|include|provide) (?:from |between )?${N} (?:to|and) ${N} [\\w-]+\\.?$`),
  ...RANGES.map(createForm("number", "minimum", "maximum")),
  createForm(
    "number",
    "maximum",
  )(`^(?:The )?maximum(?: allowed| supported| valid)? value(?: is| of|:) ${N}\\.?$`),
  createForm("number", "minimum")(`^Valid Range: Minimum value of ${N}\\.?$`),
];

const KIND_OF_POLICY = "(?:(?:current|new|updated|JSON|IAM|bucket|key|resource|resource-based|session) )*";

/** First sentences of strings that contain a JSON document, such as a policy. */
export const DOCUMENT_FORMS: RegExp[] = [
  /^A string map of /,
  new RegExp(`^(?:An? |The )${KIND_OF_POLICY}(?:policy|policy document)(?:\\.$| that | in JSON )`),
  /^(?:An? |The )?JSON(?:-formatted|-encoded)? (?:content|description|document|expression|object|policy|representation|string|text)\b/,
  /^(?:An? |The )?JSON (?:expressing|(?:resource|repository|registry) policy)\b/,
  /\b(?:as a|is a|must be a|in the form of a) (?:valid )?JSON (?:document|object|string)\b/,
  /\bJSON serialization of\b/,
  /^The [^.]{1,80} in JSON format\.$/,
];
