import { arn, arnsIn, partitionsIn, regionIn, s3uri } from "./aws.ts";
import { takesAssociations } from "./file-systems.ts";
import { howToJustify } from "./how-to-justify.ts";
import { common, distinct, duplicates, firstIndex, partsOf } from "./lists.ts";
import { mountPointIn } from "./mount-points.ts";
import { arnInPart, arnsInPart, partitionsInPart, regionInPart, s3uriInPart } from "./partial-aws.ts";
import { commonInPart, distinctInPart, duplicatesInPart, firstIndexInPart } from "./partial-lists.ts";
import {
  isInsideInPart,
  nestedPathsInPart,
  normalPathInPart,
  overlappingInPart,
  overlapsInPart,
  relativeToInPart,
  segmentsInPart,
} from "./partial-paths.ts";
import { samePaths, samePathsInPart } from "./path-sets.ts";
import { isInside, nestedPaths, normalPath, overlapping, overlaps, relativeTo, segments } from "./paths.ts";
import { isPlaceholderText } from "./placeholder-text.ts";
import { hoursBetween } from "./times.ts";

/** A type name as it appears in signatures and in the documentation. */
export type TypeName =
  | "string"
  | "bool"
  | "int"
  | "number"
  | "dyn"
  | "list(string)"
  | "list(dyn)"
  | "arn"
  | "s3uri";

/** A function that rules can call in addition to those of CEL. It takes and returns plain data. */
export interface RuleFunction {
  name: string;
  parameters: readonly (readonly [name: string, type: TypeName])[];
  result: TypeName;
  doc: string;
  call(...values: never[]): unknown;
  /**
   * The same where some of the texts have holes, which are `PartialText`s. What it returns may have holes, too;
   * undefined if that depends on what is filled in.
   */
  partial?(...values: never[]): unknown;
}

const STRING = "string";
const PATHS = ["paths", "list(string)"] as const;
const PATH = ["path", STRING] as const;
const LIST = ["list", "list(dyn)"] as const;

/** Our own functions. Adding one takes only an entry here; docs/rules.md is generated from the table. */
export const FUNCTIONS: readonly RuleFunction[] = [
  {
    name: "arn",
    parameters: [["text", STRING]],
    result: "arn",
    doc: "The parts of an ARN: `partition`, `service`, `region`, `account`, `resource`, and for S3 buckets and objects `bucket`, `bucketArn` and `key`. A part that the ARN doesn't have is `''`, as is every part of a text that is no ARN.",
    call: arn,
    partial: arnInPart,
  },
  {
    name: "arnsIn",
    parameters: [["value", "dyn"]],
    result: "list(string)",
    doc: "Every ARN in a value, however deep.",
    call: arnsIn,
    partial: arnsInPart,
  },
  {
    name: "partitionsIn",
    parameters: [
      ["value", "dyn"],
      ["except", "list(string)"],
    ],
    result: "list(string)",
    doc: "The partitions of the ARNs in a value, however deep, each once; without those in its members named `except`. Values that aren't known don't count.",
    call: partitionsIn,
    partial: partitionsInPart,
  },
  {
    name: "s3uri",
    parameters: [["text", STRING]],
    result: "s3uri",
    doc: "The `bucket` and the `key` of `s3://bucket/key`; both are `''` for another text.",
    call: s3uri,
    partial: s3uriInPart,
  },
  {
    name: "regionIn",
    parameters: [["name", STRING]],
    result: STRING,
    doc: "The region that a DNS name has among its labels; `''` where it has none.",
    call: regionIn,
    partial: regionInPart,
  },
  {
    name: "segments",
    parameters: [PATH],
    result: "list(string)",
    doc: "The names along a path, without empty ones and `.`. The scheme of a URI is its first: `segments('s3://b/x')` is `['s3://', 'b', 'x']`.",
    call: segments,
    partial: segmentsInPart,
  },
  {
    name: "normalPath",
    parameters: [PATH],
    result: STRING,
    doc: "The path without slashes at its ends, empty segments and `.`.",
    call: normalPath,
    partial: normalPathInPart,
  },
  {
    name: "isInside",
    parameters: [PATH, ["directory", STRING]],
    result: "bool",
    doc: "Is the path the directory itself, or in it at any depth? By segments: `s3://b/export` isn't inside `s3://b/exp`. Everything is inside `/`.",
    call: isInside,
    partial: isInsideInPart,
  },
  {
    name: "overlaps",
    parameters: [
      ["a", STRING],
      ["b", STRING],
    ],
    result: "bool",
    doc: "Is one of the paths inside the other?",
    call: overlaps,
    partial: overlapsInPart,
  },
  {
    name: "overlapping",
    parameters: [PATHS, ["others", "list(string)"]],
    result: "list(string)",
    doc: "Those of `paths` that overlap one of `others`.",
    call: overlapping,
    partial: overlappingInPart,
  },
  {
    name: "nestedPaths",
    parameters: [PATHS],
    result: "list(string)",
    doc: "Those paths of a list that stand in it twice or are inside of another one of the list.",
    call: nestedPaths,
    partial: nestedPathsInPart,
  },
  {
    name: "relativeTo",
    parameters: [PATH, ["directory", STRING]],
    result: STRING,
    doc: "What of the path is below the directory; the path as it is where it isn't inside.",
    call: relativeTo,
    partial: relativeToInPart,
  },
  {
    name: "partsOf",
    parameters: [
      ["text", STRING],
      ["separator", STRING],
    ],
    result: "list(string)",
    doc: "The parts of a text between separators, without white space around them and without empty ones.",
    call: partsOf,
  },
  {
    name: "samePaths",
    parameters: [PATHS, ["others", "list(string)"]],
    result: "bool",
    doc: "Do two lists name the same paths, in any order? An empty list is the same as `/`: everything.",
    call: samePaths,
    partial: samePathsInPart,
  },
  {
    name: "mountPointIn",
    parameters: [PATH, ["mountPoint", STRING], ["linked", "list(string)"], ["guesses", "list(string)"]],
    result: STRING,
    doc: "The mount point that a path begins with: the given one, one of the guesses for an absolute path, or what has to be left out of an absolute path to arrive in or above one of the `linked` directories; `''` if there is none, or if the path is in or above a linked directory as it is.",
    call: mountPointIn,
    partial: mountPointIn,
  },
  {
    name: "takesAssociations",
    parameters: [["fileSystem", "dyn"]],
    result: "bool",
    doc: "Can a file system, as `aws fsx describe-file-systems` prints it, have data repository associations?",
    call: takesAssociations,
    partial: takesAssociations,
  },
  {
    name: "distinct",
    parameters: [LIST],
    result: "list(dyn)",
    doc: "The values of a list, each once.",
    call: distinct,
    partial: distinctInPart,
  },
  {
    name: "duplicates",
    parameters: [LIST],
    result: "list(dyn)",
    doc: "The values that a list has more than once, each once.",
    call: duplicates,
    partial: duplicatesInPart,
  },
  {
    name: "common",
    parameters: [
      ["a", "list(dyn)"],
      ["b", "list(dyn)"],
    ],
    result: "list(dyn)",
    doc: "The values of `a` that `b` has too, each once.",
    call: common,
    partial: commonInPart,
  },
  {
    name: "firstIndex",
    parameters: [LIST, ["value", "dyn"]],
    result: "int",
    doc: "Where a value first stands in a list, from 0; -1 where it doesn't.",
    call: firstIndex,
    partial: firstIndexInPart,
  },
  {
    name: "hoursBetween",
    parameters: [
      ["earlier", "dyn"],
      ["later", "dyn"],
    ],
    result: "number",
    doc: "The hours from one time to another, each a timestamp or a time as the AWS CLI prints it: ISO 8601 or seconds since 1970. Where one is no time, the result is neither more nor less than any number.",
    call: hoursBetween,
  },
  {
    name: "howToJustify",
    parameters: [["container", STRING]],
    result: STRING,
    doc: "Where a justification goes, in words for a help line.",
    call: howToJustify,
  },
  {
    name: "isPlaceholderText",
    parameters: [["text", STRING]],
    result: "bool",
    doc: "Is the text blank, or written only to have written something: `TODO`, `n/a`, `test`, one character over and over?",
    call: isPlaceholderText,
  },
];

/** Special forms: they look like functions but are part of the language, like `has` in CEL. */
export const SPECIAL_FORMS: readonly { signature: string; doc: string }[] = [
  {
    signature: "known(context.name) -> bool",
    doc: "Is that part of the context given? Lets a rule do without it; a rule that just uses it is undecided where it isn't given.",
  },
  {
    signature: "orElse(path, value) -> the path's type",
    doc: "What stands at a path such as `request.Paths`, or `value` where there is nothing.",
  },
  {
    signature: "placeholders(value) -> list(string)",
    doc: "The placeholders in a value, as the document writes them: `<aws.scheduler.execution-id>`, `$.token`. Empty for a value that is known.",
  },
  {
    signature: "undecided(reason: string, help?: string) -> bool",
    doc: "Makes the rule undecided, unless what stands around it decides it without; the reason says what can't be told, the help what to do.",
  },
];

export const formatSignature = ({ name, parameters, result }: RuleFunction): string =>
  `${name}(${parameters.map(([parameter, type]) => `${parameter}: ${type}`).join(", ")}) -> ${result}`;
