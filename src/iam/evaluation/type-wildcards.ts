import { hasResourceTypes } from "../actions/index.ts";

/**
 * Whether a value of `Resource` has a wildcard within the type of the resource (`sh*re/x`). IAM user guide, "IAM ARNs": it
 * can't have one, and what AWS makes of it isn't documented. A resource that is `*` alone is of any type, and the
 * resources of some services have no type.
 */
export function hasWildcardInType(value: string, requested: string): boolean {
  const resource = value
    .replaceAll(/\$\{[^{}]*\}/g, "")
    .split(":")
    .slice(5)
    .join(":");
  const [type = ""] = resource.split(/[/:]/, 1);
  return /[*?]/.test(type) && !/^\*+$/.test(resource) && hasResourceTypes(requested.split(":")[2] ?? "");
}
