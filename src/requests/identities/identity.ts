import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";

/** A policy document in a template; what the template leaves open in it is unknown. */
export interface TemplateDocument {
  /** What messages call it: "inline policy `Export`". */
  name: string;
  value: unknown;
  /** The file that it stands in, if that isn't the one that the principal does. */
  file?: string;
  /** The position of a part of the document. */
  span(path: Path, at: "key" | "value"): Span;
  /** Set if it may not belong to the principal: what that depends on. */
  condition?: string;
}

/** A policy by ARN, of which only the name stands in the template; or something that can be any policy. */
export type NamedPolicy = { arn: string } | { open: string };

/** A role, a user or a group that a template defines. */
export interface TemplateIdentity {
  kind: "role" | "user" | "group";
  /** How the template refers to it: `ExportRole`, `aws_iam_role.export`. */
  reference: string;
  /** Its name in IAM, if the template gives one. */
  name?: string;
  span: Span;
  file?: string;
  documents: TemplateDocument[];
  named: NamedPolicy[];
  /** The permissions boundary: a document of the template, or named. */
  boundary?: TemplateDocument | NamedPolicy;
  trust?: TemplateDocument;
  /** References or names of the groups that a user is in. */
  groups: string[];
}

/** The policy of a bucket or a key that a template defines, by the reference or the name of that resource. */
export interface TemplateResourcePolicy {
  kind: "bucket" | "key";
  of: string;
  document: TemplateDocument;
}

/** What one file defines. */
export interface TemplateIdentities {
  identities: TemplateIdentity[];
  resourcePolicies: TemplateResourcePolicy[];
}

/** Whether a reference, or `name:NAME`, is that of the principal. */
export const isReferredTo = ({ reference, name }: TemplateIdentity, by: string): boolean =>
  by === reference || (name !== undefined && by === `name:${name}`);
