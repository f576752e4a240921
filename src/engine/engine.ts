import type { ContextSchemas } from "../context/load/schemas.ts";
import type { ContextStore } from "../context/store.ts";
import type { ParsedText, Unknown } from "../documents/document.ts";
import type { Filling } from "../documents/given-values.ts";
import type { OpenTexts } from "../files/source.ts";
import type { DefinedBucket } from "../permissions/defined-bucket.ts";
import type { PermissionEvaluator } from "../permissions/evaluator.ts";
import type { TemplatePrincipal } from "../permissions/template-principal.ts";
import type { OperationNames } from "../requests/operations.ts";
import type { SeenEvents } from "../requests/request.ts";
import type { CommandLine } from "../requests/shell/command-line.ts";
import type { RuleOptions } from "../rules/input.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { SchemaStore } from "../schema/store.ts";
import type { PastChecks } from "./trail/past-checks.ts";

/**
 * Finds principals that the templates of a run define. An interface, so that the library, which reads no templates, has
 * no part in how they are read.
 */
export interface TemplatePrincipals {
  /** The principal that a template refers to in this way, in the same file or one beside it. */
  find(file: string, reference: string): Promise<TemplatePrincipal | undefined>;
  /** The bucket that a `LocationARN` names in that file. */
  findBucket(file: string, location: unknown): Promise<FoundBucket | undefined>;
  /** What a directory in Terraform's language says of the resources that a payload refers to, as records of the context. */
  findRecords(file: string, payload: unknown): Promise<Record<string, unknown>>;
  /** The role that the code in a file has as a function of Lambda. */
  findRoleOfCode(file: string): Promise<CodeRole | undefined>;
}

export interface FoundBucket extends DefinedBucket {
  /** The ARN as far as it is known. */
  location: unknown;
}

export interface CodeRole {
  role: string | Unknown;
  /** The template, or the directory of one, that the role is written in. */
  template: string;
}

/** Everything that requests are checked with. Loaded once, shared by all requests of a run. */
export interface Engine {
  schemas: SchemaStore;
  /** Operation names as tools spell them, built on first use. */
  operationNames?: OperationNames;
  rules?: RuleSet;
  /**
   * Loads the rules once the first request is found, so that a run without requests does not pay for them.
   */
  loadRules?: () => Promise<RuleSet>;
  ruleOptions?: RuleOptions;
  /** Facts from context files. */
  context: ContextStore;
  /** Decides permissions by the policies in the context. Absent if there are none, and until first needed. */
  permissionEvaluator?: PermissionEvaluator;
  /** ARN of the principal that makes the calls, for requests that name no caller. */
  caller?: string;
  /** Decides permissions of principals that templates define, whether or not the context has policies. */
  templateEvaluator?: PermissionEvaluator;
  /** Principals that the templates of the run define. */
  templates?: TemplatePrincipals;
  /** The version of the AWS CLI that runs commands in scripts, if it is known. */
  cliVersion?: 1 | 2;
  /** What placeholders are filled with. Absent if no values are given. */
  filling?: Filling;
  /** Ids of the events of CloudTrail that the run has read: several files may tell of one. */
  seenEvents?: SeenEvents;
  /** Whether records of reads are requests, too. */
  includesReads?: boolean;
  /** Present if past calls are checked, of which facts of today say nothing. */
  past?: PastChecks;
  /** Set if what is checked is a command that is about to run. */
  commandLine?: CommandLine;
  /** What an editor has open. */
  openTexts?: OpenTexts;
  /** Parses the YAML of a file that is edited. Absent outside of editors: each file is parsed once. */
  parseEdited?: (file: string, text: string) => ParsedText;
  /** Schemas that the context of a request is validated against. */
  contextSchemas?: ContextSchemas;
}
