import type { ContextName } from "../context/context.ts";
import { isContextName } from "../context/context.ts";
import { findRequestSubjects } from "../context/lookups.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Thing } from "./things.ts";
import { findThing } from "./things.ts";

/** A thing that AWS can be asked about, and which checks wait for it. */
export interface Need {
  /** Its ARN or id, safe as a word of a command. */
  subject: string;
  /** By record: the undecided findings that it decides. */
  records: Map<ContextName, Set<Diagnostic>>;
}

/** What the undecided findings of a run lack. */
export interface Needs {
  shares: Map<string, Need>;
  gateways: Map<string, Need>;
  fileSystems: Map<string, Need>;
  buckets: Map<string, Need>;
  /** Associations, tasks, volumes and the like, by their names. */
  things: Map<string, Thing>;
  /** Roles and users whose policies are missing. */
  principals: Map<string, Set<Diagnostic>>;
  /** Records that no command prints: they are written by hand. */
  byHand: Map<ContextName, Set<Diagnostic>>;
  /** Findings about things whose names only the run knows, or that have a form which no name of AWS has. */
  unnamed: Set<Diagnostic>;
}

/**
 * The forms of names that go into commands, from the schemas of the operations that take them. None of them begins with
 * `-`, which would be an option, or holds `://`, which the AWS CLI would load.
 */
const SHARE_ARN = /^arn:aws[a-z-]{0,20}:storagegateway:[a-z0-9-]{5,30}:\d{12}:share\/share-[0-9A-F]{8}$/;
const GATEWAY_ARN = /^arn:aws[a-z-]{0,20}:storagegateway:[a-z0-9-]{5,30}:\d{12}:gateway\/sgw-[0-9A-F]{8}$/;
const FILE_SYSTEM_ID = /^fs-[0-9a-f]{8,40}$/;
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PRINCIPAL_ARN =
  /^arn:aws[a-z-]{0,20}:(?:iam|sts)::\d{12}:(?:role|user|assumed-role)(?:\/[\w+=,.@][\w+=,.@-]{0,600}){1,20}$/;

export const isGatewayArn = (text: string): boolean => GATEWAY_ARN.test(text);

/** Records that no command prints. */
const BY_HAND: ReadonlySet<ContextName> = new Set(["mountPoint", "conditionKeys"]);

/** Which things the records of a request belong to, by the record that is missing. */
const SUBJECT_OF: Partial<Record<ContextName, "fileShare" | "fileSystem" | "bucket">> = {
  bucket: "bucket",
  fileShare: "fileShare",
  gateway: "fileShare",
  cacheReports: "fileShare",
  metrics: "fileShare",
  fileSystem: "fileSystem",
  dataRepositoryAssociations: "fileSystem",
  dataRepositoryTasks: "fileSystem",
};

/** A check, and the context that it was made with. */
interface CheckedRun {
  report: { diagnostics: readonly Diagnostic[] };
  payloads: ReadonlyMap<Diagnostic, unknown>;
  engine: { context: { findBucket(name: string): unknown } };
}

/** Collects what the undecided findings lack, by the things that AWS can be asked about. */
export function collectNeeds({ report: { diagnostics }, payloads, engine }: CheckedRun): Needs {
  const needs: Needs = {
    shares: new Map(),
    gateways: new Map(),
    fileSystems: new Map(),
    buckets: new Map(),
    things: new Map(),
    principals: new Map(),
    byHand: new Map(),
    unnamed: new Set(),
  };
  for (const diagnostic of diagnostics) {
    if (diagnostic.status !== "undecided") continue;
    for (const { kind, name } of diagnostic.missing ?? []) {
      if (kind === "fact") addFact(needs, name, diagnostic, payloads.get(diagnostic));
      if (kind !== "policy") continue;
      addPrincipal(needs, name, diagnostic);
      const { bucket } = findRequestSubjects(diagnostic.operation ?? "", payloads.get(diagnostic));
      // Once the policies are known, they are compared with the bucket's.
      if (bucket !== undefined && engine.context.findBucket(bucket) === undefined)
        addFact(needs, "context.bucket", diagnostic, payloads.get(diagnostic));
    }
  }
  return needs;
}

function addPrincipal(needs: Needs, arn: string, diagnostic: Diagnostic): void {
  if (PRINCIPAL_ARN.test(arn)) addTo(needs.principals, arn, diagnostic);
  else needs.unnamed.add(diagnostic);
}

function addFact(needs: Needs, fact: string, diagnostic: Diagnostic, payload: unknown): void {
  // A member of a record comes with the record.
  const [root, record = ""] = fact.split(".");
  if (root !== "context" || !isContextName(record)) return;
  const kind = SUBJECT_OF[record];
  const subjects = findRequestSubjects(diagnostic.operation ?? "", payload);
  const { fileShare, fileSystem, gateway, bucket } = subjects;
  const thing = findThing(record, subjects);
  if (thing) {
    const known = needs.things.get(thing.id) ?? { ...thing, records: new Map() };
    needs.things.set(thing.id, known);
    addTo(known.records, record, diagnostic);
  } else if (BY_HAND.has(record)) addTo(needs.byHand, record, diagnostic);
  else if (
    (record === "gateway" || record === "metrics") &&
    gateway !== undefined &&
    GATEWAY_ARN.test(gateway)
  )
    addNeed(needs.gateways, gateway, record, diagnostic);
  else if (kind === "fileShare" && fileShare !== undefined && SHARE_ARN.test(fileShare))
    addNeed(needs.shares, fileShare, record, diagnostic);
  else if (kind === "fileSystem" && fileSystem !== undefined && FILE_SYSTEM_ID.test(fileSystem))
    addNeed(needs.fileSystems, fileSystem, record, diagnostic);
  else if (kind === "bucket" && bucket !== undefined && BUCKET_NAME.test(bucket))
    addNeed(needs.buckets, bucket, record, diagnostic);
  else needs.unnamed.add(diagnostic);
}

/** Whether there is something that AWS can be asked. */
export const hasNeeds = ({ shares, gateways, fileSystems, buckets, things, principals }: Needs): boolean =>
  [shares, gateways, fileSystems, buckets, things, principals].some(({ size }) => size > 0);

function addNeed(
  needs: Map<string, Need>,
  subject: string,
  record: ContextName,
  diagnostic: Diagnostic,
): void {
  const need = needs.get(subject) ?? { subject, records: new Map() };
  needs.set(subject, need);
  addTo(need.records, record, diagnostic);
}

function addTo<K>(groups: Map<K, Set<Diagnostic>>, key: K, diagnostic: Diagnostic): void {
  const group = groups.get(key) ?? new Set();
  groups.set(key, group);
  group.add(diagnostic);
}
