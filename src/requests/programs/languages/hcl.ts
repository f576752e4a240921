import { findTerraformScripts } from "../commands/terraform-scripts.ts";
import type { LanguageReader } from "../language.ts";
import type { KnownCall } from "../model/evaluator.ts";
import { jsonText } from "../model/json-text.ts";
import type { CallExpression } from "../model/node.ts";
import { findTerraformResources } from "../sdks/terraform.ts";
import { HclReader } from "./hcl-reader.ts";

/** Functions of Terraform whose results are known from their arguments. */
const hclCall: KnownCall = ({ callee, args, span }: CallExpression, evaluator) => {
  const [first] = args;
  if (callee.kind !== "name" || !first) return undefined;
  switch (callee.name) {
    case "jsonencode":
      return jsonText(evaluator.valueOf(first), span, evaluator.sourceOf(span), JSON_STYLE);
    case "merge":
      return evaluator.objectOf(
        args.map((value) => ({ kind: "spread", span: value.span, hasError: value.hasError, value })),
        { span, overrides: true },
      );
    case "tolist":
    case "tomap":
      return evaluator.valueOf(first);
    default:
      return undefined;
  }
};

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
  finders: [findTerraformResources, findTerraformScripts],
};
