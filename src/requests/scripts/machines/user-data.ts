import type { EmbeddedText } from "../../../documents/embedded.ts";
import { composeEmbedded, embedSlice, opaqueText, parseEmbedded } from "../../../documents/embedded.ts";
import { parseYaml } from "../../../documents/yaml/yaml.ts";
import { SHEBANG } from "../../../files/file-kinds.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import type { Script } from "../kind.ts";
import { CLOUD_CONFIG, readCloudConfig } from "./cloud-init.ts";

/** The user data of a machine: a script, a configuration of cloud-init, or parts of a message, also in base64. */
export function readUserData(given: EmbeddedText): Script[] {
  const inside = decodeBase64(given) ?? given;
  const { text } = inside;
  if (SHEBANG.test(text.trimStart())) return [{ shell: toShellText(inside) }];
  if (CLOUD_CONFIG.test(text)) {
    const { documents } = parseEmbedded(inside, parseYaml);
    return documents.flatMap((document) => readCloudConfig("", document));
  }
  return splitMessage(inside).flatMap(readUserData);
}

const BASE64 = /^[A-Za-z0-9+/=\s]{16,}$/;

/** A text in base64, as the API takes it; of what is decoded, only the position of the whole is known. */
function decodeBase64(inside: EmbeddedText): EmbeddedText | undefined {
  const { text } = inside;
  if (!BASE64.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return opaqueText(decoded, inside.span({ start: 0, end: text.length }));
}

const BOUNDARY = /^content-type:[ \t]*multipart\/[^\n]*?boundary="?([\w'()+,./:=?-]{1,70})"?/im;

/** The parts of a message in MIME's format, without their headers. */
function splitMessage(inside: EmbeddedText): EmbeddedText[] {
  const { text } = inside;
  const boundary = BOUNDARY.exec(text)?.[1];
  if (boundary === undefined) return [];
  const parts: EmbeddedText[] = [];
  const mark = `\n--${boundary}`;
  for (let at = text.indexOf(mark); at >= 0; ) {
    const next = text.indexOf(mark, at + mark.length);
    const body = /\n[ \t]*\r?\n/g;
    body.lastIndex = at + mark.length;
    const end = next < 0 ? text.length : next + 1;
    if (body.test(text) && body.lastIndex < end)
      parts.push(composeEmbedded(inside, embedSlice(text, { start: body.lastIndex, end })));
    at = next;
  }
  return parts;
}
