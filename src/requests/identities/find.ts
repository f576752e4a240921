import type { Document } from "../../documents/document.ts";
import { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources } from "../templates/resources.ts";
import { findTemplateIdentities } from "./cloudformation.ts";
import type { TemplateIdentities } from "./identity.ts";
import { findTerraformIdentities } from "./terraform.ts";

/** Words of which a file has one that defines principals or policies. */
const WORDS = /AWS::(?:IAM|S3::BucketPolicy|KMS::Key|Serverless)|aws(?:cc)?_(?:iam|s3_bucket_policy|kms)_/;

export const mayDefineIdentities = (text: string): boolean => WORDS.test(text);

/** The principals and policies that a document defines. */
export const findIdentities = (document: Document, text: string): TemplateIdentities =>
  findResourceIdentities(findResources(new DocumentPart(document, text)));

/** Those that resources of CloudFormation, of a plan or of Terraform's language define. */
export const findResourceIdentities = (resources: readonly TemplateResource[]): TemplateIdentities =>
  resources.some(({ type }) => type.includes("::"))
    ? findTemplateIdentities(resources)
    : findTerraformIdentities(resources);
