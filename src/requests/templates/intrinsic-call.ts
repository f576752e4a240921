import type { Unknown } from "../../documents/document.ts";
import type { DocumentPart } from "./part.ts";

/**
 * CloudFormation's intrinsic functions that produce text (CloudFormation user guide, "Intrinsic function
 * reference"). Whatever depends on parameters or resources is a placeholder, since a parameter's default need
 * not be its value.
 */
export interface IntrinsicCall {
  /** `Fn::Sub`, also if written as `!Sub`. */
  name: string;
  argument: DocumentPart;
  /** As the template writes it, or its short form in place of JSON. */
  source: string;
  /** What it is called in a text: `${Name}`. */
  label: string;
}

/** The function call that a value represents; undefined for a plain value. */
export function parseIntrinsicCall(part: DocumentPart): IntrinsicCall | undefined {
  const tagged = part.tagged();
  if (tagged) {
    const short = tagged.tag.slice(1);
    const name = short === "Ref" || short === "Condition" ? short : `Fn::${short}`;
    const { source } = part.value as Unknown;
    return { name, argument: tagged.part, source, label: describeCall(name, tagged.part) ?? source };
  }
  const [member, ...others] = part.members();
  if (!member || others.length > 0) return undefined;
  const [name, argument] = member;
  if (!/^(?:Ref|Fn::\w+)$/.test(name)) return undefined;
  const label = describeCall(name, argument) ?? `!${name.replace("Fn::", "")} …`;
  return { name, argument, source: label, label };
}

/** References are called by the name that `Fn::Sub` has for them; of other functions only the short form is. */
function describeCall(name: string, argument: DocumentPart): string | undefined {
  const { value } = argument;
  const names = Array.isArray(value) ? value : [value];
  if (!names.every((one) => typeof one === "string")) return undefined;
  if (name === "Ref" || name === "Fn::GetAtt") return `\${${names.join(".")}}`;
  return names.length === 1 ? `!${name.replace("Fn::", "")} ${names[0]}` : undefined;
}
