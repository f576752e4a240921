/** A value that the user gives for a placeholder. */
export interface GivenValue {
  readonly value: unknown;
  /** As it is written in the file; undefined for lists and objects. Keeps the leading zeros of an account. */
  readonly text?: string;
}

/** Values by the names of placeholders. */
export type GivenValues = ReadonlyMap<string, GivenValue>;

/** What placeholders are filled with. */
export interface Filling {
  readonly values: GivenValues;
  /** Whether a placeholder without a value has the default that stands beside it, or in the template. */
  readonly assumesDefaults: boolean;
  /** Gathers the names of the placeholders that were met, and those of the values that were used. */
  readonly met: Set<string>;
  readonly used: Set<string>;
}

export const createFilling = (values: GivenValues, assumesDefaults: boolean): Filling => ({
  values,
  assumesDefaults,
  met: new Set(),
  used: new Set(),
});
