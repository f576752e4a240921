import type { Type } from "../types.ts";

/** Where in the data an expression leads: `request.Tags[…].Key`. */
export interface Place {
  root: string;
  /** Names from the root on; `*` for an item of a list, whichever it is. */
  path: readonly string[];
}

/** A part of the data that a rule depends on. */
export interface Reference {
  root: string;
  path: string[];
  /** Everything below counts too: the rule uses the value as a whole. */
  isWhole?: boolean;
  /** Which names of the path the schema requires to be there. */
  required: boolean[];
}

/** What is known of a value. */
export interface Info {
  type: Type;
  place?: Place;
  /** Whether each name of the place's path is required. */
  required?: readonly boolean[];
  /** What it is called among what is present; unlike places, it tells the items of different loops apart. */
  key?: string;
  /** Of a list: which members each of its items has (`.Key`), as it was filtered by that. */
  itemsHave?: readonly string[];
}

/** What an expression sees: variables by name, and which optional members are known to be there. */
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
