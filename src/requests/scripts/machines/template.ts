import type { Document } from "../../../documents/document.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import { parseEmbedded } from "../../../documents/embedded.ts";
import { parseYaml } from "../../../documents/yaml/yaml.ts";
import { SHEBANG } from "../../../files/file-kinds.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import { listAlternatives, readTemplateText } from "../../templates/intrinsics.ts";
import { DocumentPart } from "../../templates/part.ts";
import { readBuildspec } from "../ci/buildspec.ts";
import type { AddedLine } from "../joined.ts";
import { joinTexts, UNKNOWN_LINE } from "../joined.ts";
import type { Script } from "../kind.ts";
import { readTaskContainers } from "./container-images.ts";
import { embedSegments } from "./segments-text.ts";
import { readUserData } from "./user-data.ts";

/** The shell commands in a template, a Terraform plan, or a document of Systems Manager. */
export const readTemplate = (text: string, document: Document): Script[] =>
  [...readParts(new DocumentPart(document, text)), ...readTaskContainers(text, document)].map((script) => ({
    ...MACHINE_SITE,
    ...script,
  }));

/** Reads what a member holds, given the object that it is in. */
type MemberReader = (part: DocumentPart, around: DocumentPart) => Script[];

const MEMBERS: Readonly<Record<string, MemberReader>> = {
  UserData: (part) => readText(part).flatMap(readUserData),
  user_data: (part) => readText(part).flatMap(readUserData),
  user_data_base64: (part) => readText(part).flatMap(readUserData),
  BuildSpec: readInlineBuildspec,
  buildspec: readInlineBuildspec,
  // Systems Manager: the lines of `aws:runShellScript`, and those that are given to `AWS-RunShellScript`.
  runCommand: (part, around) => (isPowerShell(around) ? [] : readLines(part)),
  commands: (part, around) => (Array.isArray(part.value) && !isPowerShell(around) ? readLines(part) : []),
  Content: readDocumentText,
  content: readDocumentText,
  "AWS::CloudFormation::Init": readInit,
};

function readParts(root: DocumentPart): Script[] {
  const scripts: Script[] = [];
  const waiting: { part: DocumentPart; around: DocumentPart }[] = [{ part: root, around: root }];
  const seen = new Set<unknown>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const part = next.part.tagged()?.part ?? next.part;
    // Aliases may share a value any number of times.
    if (typeof part.value !== "object" || seen.has(part.value)) continue;
    seen.add(part.value);
    for (const item of part.items()) waiting.push({ part: item, around: next.part });
    for (const [key, member] of part.members()) {
      if (Object.hasOwn(MEMBERS, key)) scripts.push(...MEMBERS[key]!(member, next.around));
      waiting.push({ part: member, around: part });
    }
  }
  return scripts;
}

/** The texts that a value can be, also under `Fn::Base64`. */
function readText(part: DocumentPart): EmbeddedText[] {
  return listAlternatives(part).flatMap((one) => {
    const tagged = one.tagged();
    const inner = tagged?.tag === "!Base64" ? tagged.part : one.member("Fn::Base64");
    if (inner) return readText(inner);
    const segments = readTemplateText(one);
    return segments ? [embedSegments(segments)] : [];
  });
}

function readInlineBuildspec(part: DocumentPart): Script[] {
  return readText(part).flatMap((inside) => {
    if (!/\bphases\b/.test(inside.text)) return [];
    const { documents } = parseEmbedded(inside, parseYaml);
    return documents.flatMap((document) => readBuildspec("", document));
  });
}

/** A document of Systems Manager as a text in a template. */
function readDocumentText(part: DocumentPart): Script[] {
  return readText(part).flatMap((inside) => {
    if (!/aws:run(?:Command|ShellScript)/.test(inside.text)) return [];
    const { documents } = parseEmbedded(inside, parseYaml);
    return documents.flatMap((document) => readParts(new DocumentPart(document, "")));
  });
}

/** The lines of one script; a line that is only a placeholder may do anything. */
function readLines(part: DocumentPart): Script[] {
  const lines = (Array.isArray(part.value) ? part.items() : [part]).flatMap(
    (item): (EmbeddedText | AddedLine)[] => {
      const segments = readTemplateText(item);
      if (!segments) return [];
      return segments.every((segment) => "source" in segment)
        ? [{ text: UNKNOWN_LINE, at: item.span().start }]
        : [embedSegments(segments)];
    },
  );
  const hasText = lines.some((line) => "span" in line);
  return hasText ? [{ shell: toShellText(joinTexts(lines)) }] : [];
}

const isPowerShell = (around: DocumentPart): boolean =>
  /powershell/i.test(
    `${around.textMember("action")} ${around.textMember("DocumentName")} ${around.textMember("document_name")} ${around.textMember("name")}`,
  );

/** The commands and files of cfn-init, in the metadata of a resource. */
function readInit(init: DocumentPart): Script[] {
  return init.members().flatMap(([, config]) => [
    ...(config.member("commands")?.members() ?? []).flatMap(([, command]) => {
      const given = command.member("command");
      if (!given) return [];
      return Array.isArray(given.value) ? [] : readLines(given);
    }),
    ...(config.member("files")?.members() ?? []).flatMap(([, file]) => {
      const content = file.member("content");
      const texts = content ? readText(content) : [];
      return texts.filter(({ text }) => SHEBANG.test(text)).map((inside) => ({ shell: toShellText(inside) }));
    }),
  ]);
}
