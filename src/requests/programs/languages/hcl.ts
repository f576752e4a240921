import { replaceText } from "../../../documents/embedded.ts";
import { embedSegments } from "../../scripts/machines/segments-text.ts";
import { findTerraformScripts } from "../commands/terraform-scripts.ts";
import type { LanguageReader } from "../language.ts";
import type { KnownCall } from "../model/evaluator.ts";
import { percentText } from "../model/format-text.ts";
import { jsonText } from "../model/json-text.ts";
import type { CallExpression } from "../model/node.ts";
import { parsedJson } from "../model/parsed-json.ts";
import type { ProgramValue } from "../model/value.ts";
import { joinedText } from "../model/value.ts";
import { findTerraformResources } from "../sdks/terraform.ts";
import { overridesBeside } from "../terraform-overrides.ts";
import { HclReader } from "./hcl-reader.ts";

/** Functions of Terraform whose results are known from their arguments. */
const hclCall: KnownCall = (call: CallExpression, evaluator) => {
  const { callee, args, span } = call;
  const [first, second] = args;
  if (callee.kind !== "name" || !first) return undefined;
  const value = evaluator.valueOf(first);
  switch (callee.name) {
    case "jsonencode":
      return jsonText(value, span, evaluator.sourceOf(span), JSON_STYLE);
    case "jsondecode":
      return parsedJson(value);
    case "format":
      return percentText(first, args.slice(1), call, evaluator);
    case "join":
      return args.length === 2
        ? joinedText(value, evaluator.valueOf(second!), span, evaluator.sourceOf)
        : undefined;
    case "upper":
      return withCase(value, (text) => text.toUpperCase());
    case "lower":
      return withCase(value, (text) => text.toLowerCase());
    case "merge":
      return evaluator.objectOf(
        args.map((part) => ({ kind: "spread", span: part.span, hasError: part.hasError, value: part })),
        { span, overrides: true },
      );
    default:
      return AS_IT_IS.has(callee.name) && args.length === 1 ? value : undefined;
  }
};

/** Functions that only say what a value is, or whether it may be shown. */
const AS_IT_IS = new Set(["tolist", "tomap", "sensitive", "nonsensitive"]);

/** A text of ASCII has as many characters in capitals as in small letters, so that each keeps its place. */
function withCase(placed: ProgramValue, change: (text: string) => string): ProgramValue | undefined {
  const { value, pieces } = placed;
  if (typeof value !== "string" || !pieces || !/^[ -~\s]*$/.test(value)) return undefined;
  const within = embedSegments(pieces);
  const text = change(within.text);
  return { value: text, span: placed.span, pieces: [{ embedded: replaceText(within, text) }] };
}

/** Terraform sorts the members. */
const JSON_STYLE = { comma: ",", colon: ":", isAscii: false, isExact: false };

export const hcl: LanguageReader = {
  name: "terraform",
  names: ["hcl", "terraform", "tf", "tofu"],
  isOf: (path) => /\.(?:tf|tofu|hcl)$/i.test(path),
  grammar: "hcl",
  read: (root, text) => new HclReader(text).module(root),
  hidesClasses: false,
  mentions: {
    isDeclarative: true,
    membersAreKeys: true,
    isHarmlessCall: () => true,
    harmlessMethods: new Set(),
  },
  knownCall: hclCall,
  overridesBeside,
  finders: [findTerraformResources, findTerraformScripts],
};
