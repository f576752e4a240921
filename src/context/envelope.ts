import type { Finding } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import { counted, listed, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import { checkPayload } from "../schema/check.ts";
import type { ContextName, ContextRequest } from "./context.ts";
import { CONTEXT_NAMES, isContextName, textOf } from "./context.ts";
import type { KindName } from "./kinds.ts";
import { KINDS } from "./kinds.ts";
import { FORMS } from "./load/formats.ts";
import type { ContextSchemas } from "./load/schemas.ts";
import { isVast, MOST_PARTS } from "./load/validate.ts";
import type { Subjects } from "./lookups.ts";
import { subjectsOf } from "./lookups.ts";

/** Checks the `context` of a request's envelope. Paths of findings are relative to the context. */
export function checkContext(input: ContextRequest, schemas: ContextSchemas): Finding[] {
  const context = input.context ?? {};
  const subjects = subjectsOf(input.operation, input.request);
  return Object.entries(context).flatMap(([name, value]) => {
    if (!isContextName(name)) return [unknownName(name, context)];
    // A placeholder is not an error: checks that need its value are undecided.
    if (value instanceof Unknown) return [];
    if (isVast(value)) return [vast(name)];
    const findings = checkPayload(value, schemas.named(name), quoted(name));
    return [...findings.flatMap((finding) => inContext(finding, name)), ...foreign(name, value, subjects)];
  });
}

const vast = (name: ContextName): Finding => ({
  code: "document/envelope",
  path: [name],
  message: `${quoted(name)} has more than ${counted(MOST_PARTS, "part")}`,
  help: "give only what belongs to the request",
});

/** AWS output may come from an API newer than the schemas, so these are warnings, as they are for files. */
const WARNED = new Set(["schema/unknown-field", "schema/enum"]);

/** Records in formats of our own, which have no newer API. */
const OURS = new Set<ContextName>(["mountPoint", "bucket", "conditionKeys"]);

function inContext(finding: Finding, name: ContextName): Finding[] {
  if (finding.status === "undecided" || finding.code === "schema/documented-value") return [];
  const isWarned = WARNED.has(finding.code) && !OURS.has(name);
  return [
    {
      ...finding,
      code: "document/envelope",
      path: [name, ...finding.path],
      ...(isWarned && { severity: "warning" as const }),
    },
  ];
}

/** The name under which a request's context takes the records of each form. */
const ENVELOPE_NAMES: Partial<Record<KindName, ContextName>> = {
  fileShare: "fileShare",
  gateway: "gateway",
  gatewayDisk: "gateway",
  cacheReport: "cacheReports",
  fileSystem: "fileSystem",
  association: "dataRepositoryAssociations",
  task: "dataRepositoryTasks",
  mountPoint: "mountPoint",
  bucket: "bucket",
  conditionKey: "conditionKeys",
};

function unknownName(name: string, context: Readonly<Record<string, unknown>>): Finding {
  const form = FORMS.find(({ key }) => key === name);
  const envelopeName = form && ENVELOPE_NAMES[form.kind];
  const near = nearest(
    name,
    CONTEXT_NAMES.filter((known) => !Object.hasOwn(context, known)),
  );
  const help = envelopeName
    ? `a request takes what belongs to it, under ${quoted(envelopeName)}; the whole output goes into a context file`
    : near
      ? `did you mean ${quoted(near)}?`
      : `the names are ${listed(CONTEXT_NAMES, "and")}`;
  return {
    code: "document/envelope",
    path: [name],
    at: "key",
    message: `${quoted(name)} is not a name of context`,
    help,
  };
}

/** The records whose id must match the corresponding name in the request. */
const IDENTIFIED: Partial<Record<ContextName, { kind: KindName; of: keyof Subjects }>> = {
  fileShare: { kind: "fileShare", of: "fileShare" },
  fileSystem: { kind: "fileSystem", of: "fileSystem" },
  gateway: { kind: "gateway", of: "gateway" },
};

/** Reports a record that describes another resource than the request refers to. */
function foreign(name: ContextName, value: unknown, subjects: Subjects): Finding[] {
  const row = IDENTIFIED[name];
  const wanted = row && subjects[row.of];
  const { id = [], noun = "" } = row ? KINDS[row.kind] : {};
  const given = textOf(value, id);
  if (wanted === undefined || given === undefined || given === wanted) return [];
  return [
    {
      code: "document/envelope",
      path: [name, id.find((key) => textOf(value, [key]) === given)!],
      message: `the context describes the ${noun} ${quoted(given)}, but the request is about ${quoted(wanted)}`,
      help: "give the record that belongs to the request, or leave it out",
    },
  ];
}
