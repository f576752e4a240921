import type { Type } from "../types.ts";

/** The part of the data that an expression denotes, for example `request.Tags[…].Key`. */
export interface Place {
  root: string;
  /** Member names from the root; `*` stands for any item of a list. */
  path: readonly string[];
}

/** A part of the data that a rule depends on. */
export interface Reference {
  root: string;
  path: string[];
  /** Whether the rule uses the value as a whole, and so depends on everything below it. */
  isWhole?: boolean;
  /** For each name of the path, whether the schema requires it. */
  required: boolean[];
}

/** Static information on a value. */
export interface Info {
  type: Type;
  place?: Place;
  /** For each name of the place's path, whether the schema requires it. */
  required?: readonly boolean[];
  /** Its key in the set of present members. Unlike places, keys distinguish the items of different loops. */
  key?: string;
  /** For a list: members (`.Key`) that a filter has established for each item. */
  itemsHave?: readonly string[];
}

/** The variables in scope by name, and the keys of the optional members known to be present. */
export interface Scope {
  variables: ReadonlyMap<string, Info>;
  present: ReadonlySet<string>;
}

export const withPresent = (scope: Scope, present: ReadonlySet<string>): Scope =>
  present.size === 0 ? scope : { ...scope, present: new Set([...scope.present, ...present]) };

export const withVariable = (scope: Scope, name: string, variable: Info): Scope => ({
  ...scope,
  variables: new Map(scope.variables).set(name, variable),
});
