import { hasResourceTypes } from "../actions/index.ts";
import { keepResults } from "../match/keep-results.ts";

/**
 * Whether a value of `Resource` has a wildcard within the type of the resource (`sh*re/x`). IAM user guide, "IAM ARNs": it
 * can't have one, and what AWS makes of it isn't documented. A resource that is `*` alone is of any type, and the
 * resources of some services have no type.
 */
export const hasWildcardInType = (value: string, requested: string): boolean =>
  mayHaveWildcardInType(value) && isOfTypedService(requested);

/** Whether the resources of the service all have a type before their name. */
export const isOfTypedService = (requested: string): boolean =>
  hasResourceTypes(requested.split(":", 3)[2] ?? "");

/** Whether a value has a wildcard in the type of its resource, if that has one. */
export const mayHaveWildcardInType = keepResults((value) => {
  const resource = value
    .replaceAll(/\$\{[^{}]*\}/g, "")
    .split(":")
    .slice(5)
    .join(":");
  const [type = ""] = resource.split(/[/:]/, 1);
  return /[*?]/.test(type) && !/^\*+$/.test(resource);
});
