import type { Path } from "../diagnostics/pointer.ts";
import { restoreApiNames } from "../requests/dialects/restore-names.ts";
import type { LocatedRequest } from "../requests/find.ts";
import type { Container, ContainerFinding } from "../requests/request.ts";
import { findSchemaAt, type JsonSchema } from "../schema/json-schema.ts";

/** Whose names members have. Others take the API's names beside their own, so that none is wrong. */
const READERS: Partial<Record<Container, string>> = {
  scheduler: "EventBridge Scheduler",
  "step-functions": "Step Functions",
};

export interface GivenMembers {
  value: unknown;
  /** Members with the API's name where the container has another. */
  findings: ContainerFinding[];
}

/** A value that is given for a placeholder has the names of the placeholder's container: restores the API's. */
export function restoreGivenMembers(
  value: unknown,
  path: Path,
  { container, dialect, document, payloadDocument, payloadPath }: LocatedRequest,
  schema: JsonSchema | undefined,
): GivenMembers {
  const reader = READERS[container];
  if (!dialect || reader === undefined || !schema) return { value, findings: [] };
  const span = () => (payloadDocument ?? document).span([...payloadPath, ...path], "value");
  const { payload, findings } = restoreApiNames(
    { value, document: { value, span }, path: [] },
    { reader, toContainerName: dialect.toContainerName },
    (inner) => Object.keys(findSchemaAt(schema, [...path, ...inner])?.properties ?? {}),
  );
  const outer = dialect.toContainerPath(path);
  return {
    value: payload.value,
    findings: findings.map((finding) => ({ ...finding, path: [...outer, ...finding.path] })),
  };
}
