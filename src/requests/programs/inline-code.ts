import type { Document, Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { readOwnRole } from "../identities/functions.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources } from "../templates/resources.ts";
import type { TextSegment } from "../templates/segments.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";

/** A program that stands in a property of a template. */
export interface InlineProgram {
  language: LanguageReader;
  /** Undefined where something is filled into the code. */
  within: EmbeddedText | undefined;
  part: DocumentPart;
  /** The role of the function, which makes the calls of its code. */
  caller?: string | Unknown;
}

/** Where the code of a function stands in its resource. */
const CODE: Readonly<Record<string, readonly string[]>> = {
  "AWS::Lambda::Function": ["Code", "ZipFile"],
  "AWS::Serverless::Function": ["InlineCode"],
};

/** Code of Lambda functions in templates: `ZipFile` and `InlineCode`. */
export function inlinePrograms(document: Document, text: string): InlineProgram[] {
  return findResources(new DocumentPart(document, text)).flatMap((resource) => {
    const path = Object.hasOwn(CODE, resource.type) ? CODE[resource.type]! : [];
    const part = path.reduce<DocumentPart | undefined>(
      (outer, key) => outer?.member(key),
      resource.properties,
    );
    const language = part && path.length > 0 ? languageOf(resource) : undefined;
    if (!part || !language) return [];
    const caller = readOwnRole(resource, "Role");
    return listAlternatives(part).map((one) => ({
      language,
      within: codeIn(resource.readText(one)),
      part: one,
      ...(caller !== undefined && { caller }),
    }));
  });
}

/** By the runtime; one that isn't known is Python, which most code in templates is. */
function languageOf({ properties }: TemplateResource): LanguageReader | undefined {
  const part = properties.member("Runtime");
  const runtime = part && resolveIntrinsics(part);
  const name = typeof runtime === "string" ? /^(?:python|nodejs)/.exec(runtime)?.[0] : "python";
  return name === undefined ? undefined : languageNamed(name === "nodejs" ? "javascript" : name);
}

function codeIn(pieces: readonly TextSegment[] | undefined): EmbeddedText | undefined {
  const [only] = pieces ?? [];
  if (pieces?.length === 1 && only && "embedded" in only) return only.embedded;
  const all = new DecodedTextBuilder(0);
  for (const piece of pieces ?? []) {
    if ("source" in piece) return undefined;
    const { embedded } = piece;
    for (let at = 0; at < embedded.text.length; at++) {
      const { start, end } = embedded.span({ start: at, end: at + 1 });
      all.add(embedded.text[at]!, start, end);
    }
  }
  return pieces && embedDecoded(all);
}
