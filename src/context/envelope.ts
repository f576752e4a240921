import type { Finding } from "../diagnostics/diagnostic.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import { formatCount, formatList, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import { checkPayload } from "../schema/check.ts";
import type { ContextName, ContextRequest } from "./context.ts";
import { CONTEXT_NAMES, isContextName, readTextMember } from "./context.ts";
import type { RecordKindName } from "./kinds.ts";
import { RECORD_KINDS } from "./kinds.ts";
import { CONTEXT_FORMS } from "./load/forms.ts";
import type { ContextSchemas } from "./load/schemas.ts";
import { exceedsRecordLimit, MAX_RECORD_PARTS } from "./load/validate.ts";
import type { RequestSubjects } from "./lookups.ts";
import { findRequestSubjects } from "./lookups.ts";
import { SINGLE_RECORDS } from "./subjects.ts";

/** Checks the `context` of a request's envelope. Paths of findings are relative to the context. */
export function checkContext(input: ContextRequest, schemas: ContextSchemas): Finding[] {
  const context = input.context ?? {};
  const subjects = findRequestSubjects(input.operation, input.request);
  return Object.entries(context).flatMap(([name, value]) => {
    if (!isContextName(name)) return [createUnknownNameFinding(name, context)];
    // A placeholder is not an error: checks that need its value are undecided.
    if (value instanceof Unknown) return [];
    if (exceedsRecordLimit(value)) return [createTooLargeFinding(name)];
    const findings = checkPayload(value, schemas.forName(name), quoted(name));
    return [
      ...findings.flatMap((finding) => toEnvelopeFindings(finding, name)),
      ...findForeignRecord(name, value, subjects),
    ];
  });
}

const createTooLargeFinding = (name: ContextName): Finding => ({
  code: "document/envelope",
  path: [name],
  message: `${quoted(name)} has more than ${formatCount(MAX_RECORD_PARTS, "part")}`,
  help: "give only what belongs to the request",
});

/** AWS output may come from an API newer than the schemas, so these are warnings, as they are for files. */
const WARNING_CODES = new Set(["schema/unknown-field", "schema/enum"]);

/** Records in formats of our own, which have no newer API. */
const OWN_FORMATS = new Set<ContextName>(["metrics", "mountPoint", "bucket", "conditionKeys"]);

function toEnvelopeFindings(finding: Finding, name: ContextName): Finding[] {
  if (finding.status === "undecided" || finding.code === "schema/documented-value") return [];
  const isWarned = WARNING_CODES.has(finding.code) && !OWN_FORMATS.has(name);
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
const ENVELOPE_NAMES: Partial<Record<RecordKindName, ContextName>> = {
  fileShare: "fileShare",
  gateway: "gateway",
  gatewayDisk: "gateway",
  cacheReport: "cacheReports",
  fileSystem: "fileSystem",
  association: "dataRepositoryAssociations",
  task: "dataRepositoryTasks",
  fileSystemAssociation: "fileSystemAssociation",
  volume: "volume",
  snapshot: "snapshots",
  backup: "backup",
  fileCache: "fileCache",
  tape: "tape",
  cache: "metrics",
  metric: "metrics",
  metrics: "metrics",
  mountPoint: "mountPoint",
  bucket: "bucket",
  conditionKey: "conditionKeys",
};

function createUnknownNameFinding(name: string, context: Readonly<Record<string, unknown>>): Finding {
  const form = CONTEXT_FORMS.find(({ key }) => key === name);
  const envelopeName = form && ENVELOPE_NAMES[form.kind];
  const near = findNearest(
    name,
    CONTEXT_NAMES.filter((known) => !Object.hasOwn(context, known)),
  );
  const help = envelopeName
    ? `a request takes what belongs to it, under ${quoted(envelopeName)}; the whole output goes into a context file`
    : near
      ? `did you mean ${quoted(near)}?`
      : `the names are ${formatList(CONTEXT_NAMES, "and")}`;
  return {
    code: "document/envelope",
    path: [name],
    at: "key",
    message: `${quoted(name)} is not a name of context`,
    help,
  };
}

/** The records whose id must match the corresponding name in the request. */
const IDENTIFIED_RECORDS = [...SINGLE_RECORDS, { name: "gateway", kind: "gateway", of: "gateway" }] as const;

/** Reports a record that describes another resource than the request refers to. */
function findForeignRecord(name: ContextName, value: unknown, subjects: RequestSubjects): Finding[] {
  const row = IDENTIFIED_RECORDS.find((each) => each.name === name);
  const wanted = row && subjects[row.of];
  const { id = [], noun = "" } = row ? RECORD_KINDS[row.kind] : {};
  const given = readTextMember(value, id);
  if (wanted === undefined || given === undefined || given === wanted) return [];
  return [
    {
      code: "document/envelope",
      path: [name, id.find((key) => readTextMember(value, [key]) === given)!],
      message: `the context describes the ${noun} ${quoted(given)}, but the request is about ${quoted(wanted)}`,
      help: "give the record that belongs to the request, or leave it out",
    },
  ];
}
