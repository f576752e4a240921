import type { PolicyPlace } from "../iam/policy.ts";
import type { TemplateBucket } from "../requests/identities/buckets.ts";
import type { TemplateDocument } from "../requests/identities/identity.ts";

/** A bucket that a template of the run defines. */
export interface DefinedBucket {
  bucket: TemplateBucket;
  /** It is in another template than the request. */
  isElsewhere: boolean;
  place(document: TemplateDocument, path: readonly (string | number)[], at: "key" | "value"): PolicyPlace;
}

/** The bucket as a record of the context. */
export const toBucketRecord = (defined: DefinedBucket | undefined): Record<string, unknown> =>
  defined ? { bucket: defined.bucket.key === undefined ? {} : { kmsKeyArn: defined.bucket.key } } : {};
