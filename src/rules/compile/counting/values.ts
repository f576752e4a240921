/** The code of values as the counting code has them: plain data, where `null` and `undefined` stand for an open value. */
export interface Value {
  code: string;
  kind: "bool" | "text" | "number" | "list" | "any" | "record";
  /** Whether it is never open. */
  isKnown: boolean;
  /** How long it takes, in reads of a member. */
  cost: number;
  /** What it always is. */
  constant?: Constant;
}

type Constant = boolean | string | number | readonly (string | number | boolean)[];

/** A value that depends on a fact that isn't there. */
export const OPEN: Value = { code: "undefined", kind: "any", isKnown: false, cost: 0 };

/** The context, which has nothing in it. */
export const EMPTY_CONTEXT: Value = { code: "undefined", kind: "record", isKnown: false, cost: 0 };

/** What has no counting code. Where it matters, the request isn't counted. */
export const UNCOUNTED: Value = { code: "R.giveUp()", kind: "any", isKnown: true, cost: 100 };

export const isOpen = (value: Value): boolean => value === OPEN;

export const isConstant = (value: Value): value is Value & { constant: Constant } =>
  value.constant !== undefined;

export const createBool = (code: string, cost: number, isKnown = false): Value => ({
  code,
  kind: "bool",
  isKnown,
  cost,
});

const KINDS = { boolean: "bool", string: "text", number: "number", object: "list" } as const;

export const createConstant = (constant: Constant, code: string): Value => ({
  code,
  kind: KINDS[typeof constant as keyof typeof KINDS],
  isKnown: true,
  cost: 0,
  constant,
});

export const TRUE = createConstant(true, "true");
export const FALSE = createConstant(false, "false");

export const constantFromBool = (value: boolean): Value => (value ? TRUE : FALSE);

export const sumCosts = (values: readonly Value[]): number =>
  values.reduce((total, { cost }) => total + cost, 0);

/** A value that is true, false or open. */
export const isBool = ({ kind }: Value): boolean => kind === "bool";

/** True or false: its code can stand where JavaScript tests a condition. */
export const isDecided = (value: Value): boolean => isBool(value) && value.isKnown;
