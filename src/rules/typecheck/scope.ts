import type { Type } from "../types.ts";

/** The part of the data that an expression denotes, for example `request.Tags[…].Key`. */
export interface DataPath {
  root: string;
  /** Member names from the root; `*` stands for any item of a list. */
  path: readonly string[];
}

/** A part of the data that a rule depends on. */
export interface DataReference {
  root: string;
  path: string[];
  /** Whether the rule uses the value as a whole, and so depends on everything below it. */
  isWhole?: boolean;
  /** For each name of the path, whether the schema requires it. */
  required: boolean[];
}

/** Static information on a value. */
export interface ExpressionInfo {
  type: Type;
  place?: DataPath;
  /** For each name of the place's path, whether the schema requires it. */
  required?: readonly boolean[];
  /** Its key in the set of present members. Unlike places, keys distinguish the items of different loops. */
  key?: string;
  /** For a list: members (`.Key`) that a filter has established for each item. */
  itemsHave?: readonly string[];
}

/** The variables in scope by name, and the keys of the optional members known to be present. */
export interface TypeScope {
  variables: ReadonlyMap<string, ExpressionInfo>;
  present: ReadonlySet<string>;
}

export const withPresent = (scope: TypeScope, present: ReadonlySet<string>): TypeScope =>
  present.size === 0 ? scope : { ...scope, present: new Set([...scope.present, ...present]) };

export const withVariable = (scope: TypeScope, name: string, variable: ExpressionInfo): TypeScope => ({
  ...scope,
  variables: new Map(scope.variables).set(name, variable),
});
