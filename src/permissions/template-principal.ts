import type { Path } from "../diagnostics/pointer.ts";
import type { PartialText } from "../documents/partial.ts";
import type { PolicyPlace } from "../iam/policy.ts";
import type { TemplateDocument, TemplateIdentity } from "../requests/identities/identity.ts";

/** A principal that a template of the run defines. */
export interface TemplatePrincipal {
  identity: TemplateIdentity;
  /** It is in another template than the request, which may be deployed in another Region. */
  isElsewhere?: boolean;
  /** The groups of a user that the template defines; undefined for one that it doesn't. */
  groups: readonly (TemplateIdentity | undefined)[];
  /** Its ARN, as far as it is known. */
  arn: string | PartialText;
  /** What messages call it: "role `ExportRole` of `template.yaml`". */
  name: string;
  /** Where it is declared. */
  location: PolicyPlace & { text: string };
  place(document: TemplateDocument, path: Path, at: "key" | "value"): PolicyPlace;
}
