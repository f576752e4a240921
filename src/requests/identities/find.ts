import type { Document } from "../../documents/document.ts";
import { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources } from "../templates/resources.ts";
import type { TemplateBucket } from "./buckets.ts";
import { findBuckets } from "./buckets.ts";
import { findTemplateIdentities } from "./cloudformation.ts";
import type { TemplateFunction } from "./functions.ts";
import { findFunctions } from "./functions.ts";
import type { TemplateIdentities } from "./identity.ts";
import { findTerraformIdentities } from "./terraform.ts";

/** Words of which a file has one that defines principals or policies. */
const WORDS =
  /AWS::(?:IAM|S3::Bucket|KMS::Key|Serverless|Lambda::Function)|aws(?:cc)?_(?:iam|s3_bucket|kms|lambda_function|fsx|storagegateway)|archive_file/;

export const mayDefineIdentities = (text: string): boolean => WORDS.test(text);

/** What one template defines, or the files of one directory in Terraform's language. */
export interface TemplateDefinitions extends TemplateIdentities {
  functions: readonly TemplateFunction[];
  buckets: readonly TemplateBucket[];
}

/** The principals, policies and functions that a document defines. */
export const findTemplateDefinitions = (document: Document, text: string): TemplateDefinitions =>
  findResourceDefinitions(findResources(new DocumentPart(document, text)));

/** Those that resources of CloudFormation, of a plan or of Terraform's language define. */
export function findResourceDefinitions(resources: readonly TemplateResource[]): TemplateDefinitions {
  const isTemplate = resources.some(({ type }) => type.includes("::"));
  const found = isTemplate ? findTemplateIdentities(resources) : findTerraformIdentities(resources);
  return {
    ...found,
    functions: findFunctions(resources),
    buckets: findBuckets(resources, found.resourcePolicies),
  };
}
